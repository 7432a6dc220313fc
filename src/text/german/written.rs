//! What is said while a request or a runbook is written or read.

/// In English, and in German.
pub static WRITTEN: &[(&str, &str)] = &[
    ("the command would be too long", "der Befehl zu lang würde"),
    (
        "The parameters are in the file {name}, because {reason}. Save it in the folder in which you run the command.",
        "Die Parameter stehen in der Datei {name}, weil {reason}. Sie in dem Ordner speichern, in dem der Befehl läuft.",
    ),
    (
        "This version of the AWS CLI has no option {name}.",
        "Diese Version der AWS CLI hat keine Option {name}.",
    ),
    ("{name} takes no value.", "{name} nimmt keinen Wert."),
    ("{name} needs a value.", "{name} braucht einen Wert."),
    ("{name} needs a whole number of seconds.", "{name} braucht eine ganze Zahl von Sekunden."),
    ("{name} is one of: {values}.", "{name} ist eines von: {values}."),
    (
        "version 1 of the AWS CLI for Windows can be a batch file, which acts upon such signs",
        "Version 1 der AWS CLI für Windows eine Batchdatei sein kann, die auf solche Zeichen reagiert",
    ),
    (
        "the AWS CLI would read a value that begins with file:// from that file",
        "die AWS CLI einen Wert, der mit file:// beginnt, aus dieser Datei läse",
    ),
    (
        "version 1 of the AWS CLI would fetch a value that begins with http:// or https://",
        "Version 1 der AWS CLI einen Wert, der mit http:// oder https:// beginnt, abriefe",
    ),
    (
        "This value cannot be written for {shell}, because {reason}. Change the value, or choose another shell.",
        "Dieser Wert lässt sich für {shell} nicht schreiben, weil {reason}. Den Wert ändern, oder eine andere Shell wählen.",
    ),
    (
        "The keys are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws configure export-credentials --format env` of the AWS CLI version 2 prints them for a profile.",
        "Die Schlüssel werden aus AWS_ACCESS_KEY_ID und AWS_SECRET_ACCESS_KEY gelesen; `aws configure export-credentials --format env` der AWS CLI Version 2 gibt sie für ein Profil aus.",
    ),
    (
        "Temporary credentials need --header with x-amz-security-token and their token as well.",
        "Temporäre Zugangsdaten brauchen außerdem --header mit x-amz-security-token und ihrem Token.",
    ),
    (
        "Give the Region that the call is sent to, such as eu-west-1: curl needs it for the address and the signature.",
        "Die Region angeben, an die der Aufruf geht, etwa eu-west-1: curl braucht sie für Adresse und Signatur.",
    ),
    (
        "“{name}” is not a parameter here. Remove it, or check its spelling.",
        "„{name}“ ist hier kein Parameter. Entfernen, oder die Schreibweise prüfen.",
    ),
    ("This lies too deep inside the request.", "Das liegt zu tief in der Anfrage."),
    ("This must be {shape}.", "Das muss {shape} sein."),
    (
        "a moment with its offset from UTC, such as 2026-01-02T03:04:05Z, or seconds since 1970",
        "ein Zeitpunkt mit Offset zu UTC, etwa 2026-01-02T03:04:05Z, oder Sekunden seit 1970",
    ),
    (
        "The body lies in a file: paste the file's text.",
        "Der Rumpf liegt in einer Datei: den Text der Datei einfügen.",
    ),
    ("This word belongs to no option.", "Dieses Wort gehört zu keiner Option."),
    ("A skeleton is no request.", "Ein Gerüst ist keine Anfrage."),
    ("The call has no such option.", "Der Aufruf hat keine solche Option."),
    ("This option needs a value.", "Diese Option braucht einen Wert."),
    (
        "The value lies in a file: paste the file's text.",
        "Der Wert liegt in einer Datei: deren Text einfügen.",
    ),
    ("This is no shorthand from “{rest}” on.", "Ab „{rest}“ ist das keine Kurzschreibweise."),
    ("This is not JSON: {error}.", "Das ist kein JSON: {error}."),
    (
        "The AWS CLI takes one input, JSON or YAML: the first is read.",
        "Die AWS CLI nimmt eine Eingabe, JSON oder YAML: die erste wird gelesen.",
    ),
    (
        "The parameters lie in a file: paste the file's text.",
        "Die Parameter liegen in einer Datei: deren Text einfügen.",
    ),
    (
        "The text is longer than 1 MiB, and no request is.",
        "Der Text ist länger als 1 MiB, und das ist keine Anfrage.",
    ),
    ("There is no text.", "Es gibt keinen Text."),
    (
        "The call is not one of those known here: {known}.",
        "Der Aufruf gehört nicht zu den hier bekannten: {known}.",
    ),
    (
        "The parameters of a call are a JSON object, in braces.",
        "Die Parameter eines Aufrufs sind ein JSON-Objekt, in geschweiften Klammern.",
    ),
    (
        "No call has any of these members: paste the parameters of a call in the API's own names, such as DiskContainer.",
        "Kein Aufruf hat eines dieser Elemente: die Parameter eines Aufrufs mit den Namen der API einfügen, etwa DiskContainer.",
    ),
    ("This is not percent-encoded UTF-8.", "Das ist kein prozentkodiertes UTF-8."),
    ("This name has too many parts.", "Dieser Name hat zu viele Teile."),
    ("The call has no parameter of this name.", "Der Aufruf hat keinen Parameter dieses Namens."),
    ("A list's items have numbers here.", "Einträge einer Liste haben hier Nummern."),
    ("This parameter has no parts.", "Dieser Parameter hat keine Teile."),
    (
        "The shell would put something else here; the text is taken as it stands.",
        "Die Shell setzte hier etwas anderes ein; der Text wird genommen, wie er ist.",
    ),
    ("Only the first command is read.", "Nur der erste Befehl wird gelesen."),
    ("This quotation mark is never closed.", "Dieses Anführungszeichen wird nie geschlossen."),
    (
        "PowerShell reads this sign itself; put the value into single quotes.",
        "PowerShell liest dieses Zeichen selbst; den Wert in einfache Anführungszeichen setzen.",
    ),
    (
        "This is no request: a request in YAML has its members one to a line, such as “DryRun: true”. Pasted can be a command of the AWS CLI, its JSON or YAML input, a Query body or a call of boto3.",
        "Das ist keine Anfrage: in YAML hat sie je Zeile ein Element, etwa „DryRun: true“. Einfügen lassen sich ein Befehl der AWS CLI, ihre Eingabe als JSON oder YAML, ein Query-Rumpf oder ein Aufruf von boto3.",
    ),
    ("This is not YAML: {error}.", "Das ist kein YAML: {error}."),
    ("The YAML ends in the middle.", "Das YAML endet mittendrin."),
    ("A member's name must be plain text.", "Der Name eines Elements muss einfacher Text sein."),
    (
        "This member is given twice; the last is taken.",
        "Dieses Element ist doppelt angegeben; das letzte gilt.",
    ),
    ("Structures lie too deep within each other here.", "Die Strukturen sind hier zu tief verschachtelt."),
    (
        "References to anchors are not followed: write the value out.",
        "Verweisen auf Anker wird nicht gefolgt: den Wert ausschreiben.",
    ),
    ("A value is missing here.", "Hier fehlt ein Wert."),
    (
        "The AWS CLI and boto3 add PresignedUrl, the same call signed for the source Region, and DestinationRegion. A raw request needs both when the source snapshot is encrypted.",
        "Die AWS CLI und boto3 ergänzen PresignedUrl, denselben Aufruf für die Quellregion signiert, und DestinationRegion. Eine rohe Anfrage braucht beide, wenn der Quellsnapshot verschlüsselt ist.",
    ),
    ("curl cannot send this, because {reason}.", "curl kann das nicht senden, weil {reason}."),
    (
        "Version 1 of the AWS CLI has no {option}: use version 2.",
        "Version 1 der AWS CLI hat kein {option}: Version 2 verwenden.",
    ),
    ("cmd.exe ends the command at a line break", "cmd.exe den Befehl an einem Zeilenumbruch beendet"),
    (
        "a control character cannot be pasted into a terminal safely",
        "sich ein Steuerzeichen nicht gefahrlos in ein Terminal einfügen lässt",
    ),
    (
        "cmd.exe replaces what stands between percent signs",
        "cmd.exe ersetzt, was zwischen Prozentzeichen steht",
    ),
    (
        "cmd.exe may replace what stands between exclamation marks",
        "cmd.exe ersetzen kann, was zwischen Ausrufezeichen steht",
    ),
    ("cmd.exe takes no command longer than 8191 characters", "cmd.exe keinen Befehl über 8191 Zeichen nimmt"),
    ("Windows PowerShell 5 drops an empty argument", "Windows PowerShell 5 ein leeres Argument weglässt"),
    (
        "Windows PowerShell 5 loses double quotes inside an argument",
        "Windows PowerShell 5 doppelte Anführungszeichen in einem Argument verliert",
    ),
    (
        "Windows PowerShell 5 takes a backslash at the end for the escape of a quote",
        "Windows PowerShell 5 einen umgekehrten Schrägstrich am Ende für den Schutz eines Anführungszeichens hält",
    ),
    ("the snapshot as well as the import task", "den Snapshot und an die Importaufgabe"),
    (
        "{kind} demands the format ({formats}): without it Terraform refuses this configuration.",
        "{kind} verlangt das Format ({formats}): ohne es lehnt Terraform diese Konfiguration ab.",
    ),
    (
        "{kind} takes the formats {formats} alone: Terraform refuses this configuration with {format}. Convert the image, or use the AWS CLI.",
        "{kind} nimmt nur die Formate {formats}: mit {format} lehnt Terraform diese Konfiguration ab. Das Abbild umwandeln, oder die AWS CLI verwenden.",
    ),
    (
        "Without UploadStart, {kind} sends 0001-01-01 as the time at which the upload began: give it, or leave ClientData out.",
        "Ohne UploadStart sendet {kind} 0001-01-01 als Beginn des Uploads: ihn angeben, oder ClientData weglassen.",
    ),
    (
        "{kind} has no argument for {member}: it is left out.",
        "{kind} hat kein Argument für {member}: es wird weggelassen.",
    ),
    ("{kind} puts its tags on {what}.", "{kind} setzt seine Tags an {what}."),
    (
        "The AWS CLI would read a key that begins so from there: choose another key, or the Python runbook.",
        "Die AWS CLI läse einen Schlüssel, der so beginnt, von dort: einen anderen Schlüssel wählen, oder das Python-Runbook.",
    ),
    (
        "This value cannot be written for bash, because {reason}. Change the value, or choose the Python runbook.",
        "Dieser Wert lässt sich für bash nicht schreiben, weil {reason}. Den Wert ändern, oder das Python-Runbook wählen.",
    ),
    (
        " A disk whose size is not known is taken to be as large as its file.",
        " Ein Datenträger, dessen Größe unbekannt ist, wird für so groß gehalten wie seine Datei.",
    ),
    (
        "A line of 1000 down to 100 Mbit/s, nine tenths of it used; data into S3 is free.",
        "Eine Leitung von 1000 bis hinab zu 100 Mbit/s, zu neun Zehnteln genutzt; Daten nach S3 kosten nichts.",
    ),
    ("What was uploaded, until it is deleted", "Das Hochgeladene, bis es gelöscht wird"),
    (
        "S3 Standard in us-east-1, {as_of}; other Regions cost up to about twice as much.",
        "S3 Standard in us-east-1, {as_of}; andere Regionen kosten bis zu etwa das Doppelte.",
    ),
    (
        "AWS charges nothing for the import itself and publishes no speed. Assumed, not measured: 5 to 20 minutes whatever the size, and 20 to 100 MB of the disk a second.{disk_words}",
        "AWS berechnet den Import selbst nicht und veröffentlicht keine Geschwindigkeit. Angenommen, nicht gemessen: 5 bis 20 Minuten unabhängig von der Größe, und 20 bis 100 MB des Datenträgers pro Sekunde.{disk_words}",
    ),
    ("Snapshots", "Snapshots"),
    (
        "EBS snapshots, standard tier, in us-east-1, {as_of}: from the bytes of the file to the whole disk, since only written blocks are stored.{disk_words}",
        "EBS-Snapshots, Standardstufe, in us-east-1, {as_of}: von den Bytes der Datei bis zum ganzen Datenträger, da nur geschriebene Blöcke gespeichert werden.{disk_words}",
    ),
    ("Copies in other Regions", "Kopien in anderen Regionen"),
    (
        "0.02 to 0.15 dollars a GB between Regions and the price of a snapshot in each, {as_of}; assumed are 50 to 500 MiB a second, all copies at the same time.{disk_words}",
        "0,02 bis 0,15 Dollar je GB zwischen Regionen und in jeder der Preis eines Snapshots, {as_of}; angenommen sind 50 bis 500 MiB pro Sekunde, alle Kopien zugleich.{disk_words}",
    ),
    (
        "The journey begins with ImportSnapshot or ImportImage: choose one of them.",
        "Der Ablauf beginnt mit ImportSnapshot oder ImportImage: eines davon wählen.",
    ),
    (
        "Name the image's file as the script shall find it.",
        "Die Datei des Abbilds so nennen, wie das Skript sie finden soll.",
    ),
    (
        "The size of {file} is not known, and the script uploads no file of another size: read the file on this page, or put its size into the script.",
        "Die Größe von {file} ist nicht bekannt, und das Skript lädt keine Datei anderer Größe hoch: die Datei auf dieser Seite lesen, oder ihre Größe in das Skript eintragen.",
    ),
    (
        "Two disks would be uploaded to s3://{bucket}/{key}: give each a key of its own.",
        "Zwei Datenträger würden nach s3://{bucket}/{key} hochgeladen: jedem einen eigenen Schlüssel geben.",
    ),
    (
        "A key that ends with / is taken for a folder, into which the file goes under its own name: put the name of the object behind it.",
        "Ein Schlüssel, der mit / endet, gilt als Ordner, in den die Datei unter ihrem eigenen Namen kommt: den Namen des Objekts dahinter schreiben.",
    ),
    (
        "The import reads no disk from a bucket: switch the step off.",
        "Der Import liest keinen Datenträger aus einem Bucket: den Schritt abschalten.",
    ),
    (
        "Name each Region once, and not that of the import: there the snapshot is already.",
        "Jede Region einmal nennen, und nicht die des Imports: dort ist der Snapshot schon.",
    ),
    (
        "An origin is scheme, host and port without a path, such as https://planner.example.",
        "Ein Ursprung ist Schema, Host und Port ohne Pfad, etwa https://planner.example.",
    ),
    (
        "The CORS rule is for a page: give the page's origin, or switch the step off.",
        "Die CORS-Regel ist für eine Seite: deren Ursprung angeben, oder den Schritt abschalten.",
    ),
    (
        "One presigned PUT carries at most 5 GiB: switch the step presign off and let the step upload do it.",
        "Ein vorsigniertes PUT fasst höchstens 5 GiB: den Schritt presign abschalten und den Schritt upload hochladen lassen.",
    ),
    (
        "ImportImage registers its image itself: switch the step register off.",
        "ImportImage registriert sein AMI selbst: den Schritt register abschalten.",
    ),
    (
        "Give the parameters of RegisterImage, or switch the step register off.",
        "Die Parameter von RegisterImage angeben, oder den Schritt register abschalten.",
    ),
    (
        "CopySnapshot copies a snapshot, and ImportImage makes an image: switch the step copy off and copy the image with aws ec2 copy-image.",
        "CopySnapshot kopiert einen Snapshot, ImportImage macht ein AMI: den Schritt copy abschalten und das AMI mit aws ec2 copy-image kopieren.",
    ),
    (
        "Name the Regions to copy to, or switch the step copy off.",
        "Die Regionen nennen, in die kopiert wird, oder den Schritt copy abschalten.",
    ),
    ("Every step is switched off: switch one on.", "Alle Schritte sind abgeschaltet: einen einschalten."),
    (
        "A runbook puts the number of the attempt behind the client token: take at most 60 letters, digits and - _ ., or leave it out.",
        "Ein Runbook hängt die Nummer des Versuchs an das Client-Token: höchstens 60 Buchstaben, Ziffern und - _ . nehmen, oder es weglassen.",
    ),
    (
        "The request does not import s3://{bucket}/{key}, which the runbook uploads: make the two agree.",
        "Die Anfrage importiert nicht s3://{bucket}/{key}, das das Runbook hochlädt: beides in Einklang bringen.",
    ),
    (
        "The request says {said} here, the runbook {wish}: make the two agree.",
        "Die Anfrage nennt hier {said}, das Runbook {wish}: beides in Einklang bringen.",
    ),
    (
        "This cannot be uploaded from PowerShell, because {reason}. Change the name, or choose the Python runbook.",
        "Das lässt sich aus PowerShell nicht hochladen, weil {reason}. Den Namen ändern, oder das Python-Runbook wählen.",
    ),
    ("Upload", "Upload"),
    ("Import", "Import"),
    ("The call's parenthesis is never closed.", "Die Klammer des Aufrufs wird nie geschlossen."),
    (
        "Only keyword arguments are read, such as DryRun=True.",
        "Gelesen werden nur benannte Argumente, etwa DryRun=True.",
    ),
    (
        "Only literals are read: text, numbers, True, False, None, lists and dictionaries.",
        "Gelesen werden nur Literale: Text, Zahlen, True, False, None, Listen und Dictionarys.",
    ),
    ("The call has no such parameter.", "Der Aufruf hat keinen solchen Parameter."),
    ("It is no JSON: {reason}.", "Das ist kein JSON: {reason}."),
    (
        "Its {member} must be a whole number, such as {version}.",
        "{member} muss eine ganze Zahl sein, etwa {version}.",
    ),
    (
        "It is of version {version}, and this page reads up to version {newest}: reload the page, or have the plan saved by this version.",
        "Er hat Version {version}, und diese Seite liest bis Version {newest}: die Seite neu laden, oder den Plan von dieser Version speichern lassen.",
    ),
    ("It has not the shape of a plan: {reason}.", "Er hat nicht die Form eines Plans: {reason}."),
    (
        "It names the call {name}, which this page does not know.",
        "Er nennt den Aufruf {name}, den diese Seite nicht kennt.",
    ),
    (
        "It is larger than any plan: at most {most} values.",
        "Er ist größer als jeder Plan: höchstens {most} Werte.",
    ),
    (
        "It was made by another version of this page: reload the page, or ask for the plan as a file.",
        "Er stammt von einer anderen Version dieser Seite: die Seite neu laden, oder um den Plan als Datei bitten.",
    ),
    (
        "Part of it is missing or was changed: copy the whole link, or ask for the plan as a file.",
        "Ein Teil davon fehlt oder wurde geändert: den ganzen Link kopieren, oder um den Plan als Datei bitten.",
    ),
];
