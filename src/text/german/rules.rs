//! What is wrong with a request.

/// In English, and in German.
pub static RULES: &[(&str, &str)] = &[
    (
        "The text has {length} bytes; a request has at most {most}.",
        "Der Text hat {length} Byte; eine Anfrage hat höchstens {most}.",
    ),
    (
        "The parameters of {call} are a JSON object: put them in braces.",
        "Die Parameter von {call} sind ein JSON-Objekt: in geschweifte Klammern setzen.",
    ),
    (
        "This is not JSON: line {line}, column {column}: {error}.",
        "Das ist kein JSON: Zeile {line}, Spalte {column}: {error}.",
    ),
    ("Did you mean {meant}?", "Ist {meant} gemeint?"),
    (
        "{region} is a zone and no Region: its Region is {region_of_zone}.",
        "{region} ist eine Zone und keine Region: ihre Region ist {region_of_zone}.",
    ),
    (
        "{region} is not among the Regions known in {as_of}. {advice}",
        "{region} gehört nicht zu den Regionen, die bis {as_of} bekannt waren. {advice}",
    ),
    ("If it is newer, nothing is wrong.", "Ist sie neuer, ist alles in Ordnung."),
    (
        "A Region is written like us-east-1: small letters, hyphens and a number. {advice}",
        "Eine Region schreibt sich wie us-east-1: Kleinbuchstaben, Bindestriche und eine Zahl. {advice}",
    ),
    ("Take its code, not its name.", "Den Code angeben, nicht den Namen."),
    ("{reason} Write it like {example}.", "{reason} Schreibweise: {example}."),
    (
        "This is not a whole ARN, which has six parts joined by colons.",
        "Das ist kein ganzer ARN: er hat sechs Teile, durch Doppelpunkte verbunden.",
    ),
    (
        "This ARN does not name a resource of the service {service}.",
        "Dieser ARN nennt keine Ressource des Dienstes {service}.",
    ),
    (
        "The second part of an ARN is a partition: {names}.",
        "Der zweite Teil eines ARN ist eine Partition: {names}.",
    ),
    ("The Region in the ARN: {message}", "Zur Region im ARN: {message}"),
    (
        "{region} lies in the partition {actual}, not in {partition}.",
        "{region} liegt in der Partition {actual}, nicht in {partition}.",
    ),
    ("The account in the ARN is not twelve digits.", "Das Konto im ARN besteht nicht aus zwölf Ziffern."),
    (
        "A system that starts by UEFI and is imported from a snapshot needs Platform: Windows or Linux.",
        "Ein System, das über UEFI startet und aus einem Snapshot importiert wird, braucht Platform: Windows oder Linux.",
    ),
    (
        "If the system in the snapshot starts by UEFI, Platform is needed: Windows or Linux.",
        "Startet das System im Snapshot über UEFI, ist Platform nötig: Windows oder Linux.",
    ),
    (
        "Instances with ARM processors start by UEFI only: choose uefi.",
        "Instanzen mit ARM-Prozessor starten nur über UEFI: uefi wählen.",
    ),
    ("32-bit systems start by legacy-bios on EC2.", "32-Bit-Systeme starten auf EC2 mit legacy-bios."),
    ("A trusted platform module", "Ein Trusted Platform Module"),
    ("A store of UEFI variables", "Ein Speicher für UEFI-Variablen"),
    (
        "{what} is of use only with UEFI: set BootMode to uefi.",
        "{what} nützt nur mit UEFI: BootMode auf uefi setzen.",
    ),
    (
        "Without Architecture EC2 takes i386, which hardly an instance runs: set x86_64 or arm64.",
        "Ohne Architecture nimmt EC2 i386, das kaum eine Instanz ausführt: x86_64 oder arm64 setzen.",
    ),
    (
        "Without VirtualizationType EC2 takes paravirtual, which no current instance runs: set hvm.",
        "Ohne VirtualizationType nimmt EC2 paravirtual, das keine heutige Instanz ausführt: hvm setzen.",
    ),
    (
        "Without EnaSupport no current instance type can be chosen: set it to true if the system has the driver.",
        "Ohne EnaSupport lässt sich kein heutiger Instanztyp wählen: auf true setzen, wenn das System den Treiber hat.",
    ),
    (
        "Without BootMode the instance type decides how the system starts: set legacy-bios, uefi or uefi-preferred.",
        "Ohne BootMode bestimmt der Instanztyp, wie das System startet: legacy-bios, uefi oder uefi-preferred setzen.",
    ),
    (
        "Enhanced networking is for hvm only; a paravirtual instance may become unreachable.",
        "Das erweiterte Netzwerk gibt es nur mit hvm; eine paravirtuelle Instanz kann unerreichbar werden.",
    ),
    ("The bucket's name is empty.", "Der Name des Buckets ist leer."),
    (
        "Give the bucket's name alone, without {prefix}: {bucket}.",
        "Nur den Namen des Buckets angeben, ohne {prefix}: {bucket}.",
    ),
    (
        "This is a URL. Give the bucket's name alone, or put the URL into Url instead.",
        "Das ist eine URL. Nur den Namen des Buckets angeben, oder die URL unter Url eintragen.",
    ),
    (
        "A bucket's name has no slash: the bucket is {bucket}, and {key} belongs into S3Key.",
        "Ein Bucketname hat keinen Schrägstrich: der Bucket ist {bucket}, und {key} gehört in S3Key.",
    ),
    (
        "A bucket's name has small letters, digits, dots and hyphens, and no {wrong}.",
        "Ein Bucketname hat Kleinbuchstaben, Ziffern, Punkte und Bindestriche, aber kein {wrong}.",
    ),
    (
        "A bucket's name has 3 to 63 characters; this one has {length}.",
        "Ein Bucketname hat 3 bis 63 Zeichen; dieser hat {length}.",
    ),
    (
        "A bucket's name cannot have the form of an IP address.",
        "Ein Bucketname kann nicht die Form einer IP-Adresse haben.",
    ),
    (
        "Only buckets made in us-east-1 before March 2018 may have capitals, underscores or more than 63 characters in their names. Check the spelling.",
        "Nur Buckets, die vor März 2018 in us-east-1 angelegt wurden, dürfen Großbuchstaben, Unterstriche oder mehr als 63 Zeichen im Namen haben. Die Schreibweise prüfen.",
    ),
    (
        "A bucket's name begins and ends with a letter or digit and has no two dots in a row. Check the spelling.",
        "Ein Bucketname beginnt und endet mit einem Buchstaben oder einer Ziffer und hat keine zwei Punkte hintereinander. Die Schreibweise prüfen.",
    ),
    (
        "Names that begin with {beginning} are reserved by S3: this can hardly be a bucket of yours.",
        "Namen, die mit {beginning} beginnen, sind für S3 reserviert: ein eigener Bucket kann das kaum sein.",
    ),
    (
        "A name that ends in {ending} is no general-purpose bucket's; an import reads from those only.",
        "Ein Name, der auf {ending} endet, gehört zu keinem Allzweck-Bucket; ein Import liest nur aus solchen.",
    ),
    (
        "The key is empty: give the object's whole name, folders included.",
        "Der Schlüssel ist leer: den ganzen Namen des Objekts mit allen Ordnern angeben.",
    ),
    (
        "The key has {length} bytes in UTF-8 and may have {most}: shorten it.",
        "Der Schlüssel hat {length} Byte in UTF-8 und darf {most} haben: kürzen.",
    ),
    (
        "This looks like a URL. A key is the object's name in the bucket: put a URL into Url instead.",
        "Das sieht nach einer URL aus. Ein Schlüssel ist der Name des Objekts im Bucket: eine URL gehört unter Url.",
    ),
    (
        "S3 counts the slash at the beginning as part of the key, which is seldom meant: leave it out.",
        "S3 zählt den Schrägstrich am Anfang zum Schlüssel, was selten gemeint ist: weglassen.",
    ),
    (
        "A key that ends in a slash names a folder: name the image in it.",
        "Ein Schlüssel, der auf einen Schrägstrich endet, nennt einen Ordner: das Abbild darin angeben.",
    ),
    (
        "Many clients resolve . and .. in a path, and then miss this key: rename the object.",
        "Viele Clients lösen . und .. in einem Pfad auf und verfehlen dann diesen Schlüssel: das Objekt umbenennen.",
    ),
    (
        "The key holds control characters, which many clients cannot send: rename the object.",
        "Der Schlüssel enthält Steuerzeichen, die viele Clients nicht senden können: das Objekt umbenennen.",
    ),
    (
        "The key begins or ends with a space, which is seldom meant.",
        "Der Schlüssel beginnt oder endet mit einem Leerzeichen, was selten gemeint ist.",
    ),
    (
        "The upload ends before it starts: check the two times and their offsets.",
        "Der Upload endet vor seinem Beginn: die beiden Zeiten und ihre Offsets prüfen.",
    ),
    (
        "The size is in GiB, and this is more than any disk has: divide a number of bytes by 1,073,741,824.",
        "Die Größe ist in GiB, und das ist mehr, als ein Datenträger hat: eine Anzahl von Bytes durch 1.073.741.824 teilen.",
    ),
    (
        "This ARN does not name an Outpost. Write it like {example}.",
        "Dieser ARN nennt keinen Outpost. Schreibweise: {example}.",
    ),
    (
        "{zone} is not a Local Zone: for a copy in the Region {region} leave this out and send the call there.",
        "{zone} ist keine Local Zone: für eine Kopie in der Region {region} dies weglassen und den Aufruf dorthin senden.",
    ),
    ("A Local Zone is written like us-west-2-lax-1a.", "Eine Local Zone schreibt sich wie us-west-2-lax-1a."),
    (
        "The presigned URL begins with https:// and the source Region's EC2 endpoint.",
        "Die vorsignierte URL beginnt mit https:// und dem EC2-Endpunkt der Quellregion.",
    ),
    (
        "The signature was not kept with the draft: paste the signed URL again, or leave it out.",
        "Die Signatur wurde nicht mit dem Entwurf aufbewahrt: die signierte URL erneut einfügen, oder weglassen.",
    ),
    (
        "This URL is not signed: leave PresignedUrl out, and the client signs one itself.",
        "Diese URL ist nicht signiert: PresignedUrl weglassen, dann signiert der Client selbst eine.",
    ),
    (
        "The presigned URL must be signed with Signature Version 4.",
        "Die vorsignierte URL muss mit Signature Version 4 signiert sein.",
    ),
    (
        "The presigned URL must be signed for the service ec2.",
        "Die vorsignierte URL muss für den Dienst ec2 signiert sein.",
    ),
    (
        "A copy cannot be told to be unencrypted: set true, or leave Encrypted out.",
        "Eine Kopie kann nicht unverschlüsselt verlangt werden: true setzen, oder Encrypted weglassen.",
    ),
    (
        "A copy goes to an Outpost or to a Local Zone: keep one of the two.",
        "Eine Kopie geht in einen Outpost oder in eine Local Zone: nur eines behalten.",
    ),
    (
        "A copy to an Outpost takes no duration: leave it out.",
        "Eine Kopie in einen Outpost nimmt keine Dauer: weglassen.",
    ),
    (
        "The Outpost belongs to {region} and the snapshot lies in {source}: copy it to {region} first.",
        "Der Outpost gehört zu {region}, der Snapshot liegt in {source}: zuerst nach {region} kopieren.",
    ),
    (
        "The Outpost belongs to {region} and the call goes to {called}: send it to {region}.",
        "Der Outpost gehört zu {region}, der Aufruf geht an {called}: an {region} senden.",
    ),
    (
        "A copy to a Local Zone takes no duration: leave it out.",
        "Eine Kopie in eine Local Zone nimmt keine Dauer: weglassen.",
    ),
    (
        "The zone belongs to {region} and the call goes to {called}: send it to {region}.",
        "Die Zone gehört zu {region}, der Aufruf geht an {called}: an {region} senden.",
    ),
    (
        "A Local Zone takes snapshots of its own Region only: copy from {source} to {region} first.",
        "Eine Local Zone nimmt nur Snapshots der eigenen Region: zuerst von {source} nach {region} kopieren.",
    ),
    (
        "The duration goes in steps of 15 minutes: write {below} or {step}.",
        "Die Dauer geht in Schritten von 15 Minuten: {below} oder {step} angeben.",
    ),
    (
        "At 500 MiB/s a full disk of this size is not copied within 48 hours: leave the duration out.",
        "Bei 500 MiB/s ist ein voller Datenträger dieser Größe nicht in 48 Stunden kopiert: die Dauer weglassen.",
    ),
    (
        "At 500 MiB/s a full disk of this size takes longer: {shortest} minutes are enough.",
        "Bei 500 MiB/s dauert ein voller Datenträger dieser Größe länger: {shortest} Minuten reichen.",
    ),
    (
        "Snapshots are not copied from the partition {source} to {destination}: download the disk and import it there.",
        "Snapshots werden nicht von der Partition {source} nach {destination} kopiert: den Datenträger herunterladen und dort importieren.",
    ),
    (
        "The copy is made where the call goes, and that is {called}, not {destination}: make them agree.",
        "Die Kopie entsteht dort, wohin der Aufruf geht, und das ist {called}, nicht {destination}: beides in Einklang bringen.",
    ),
    (
        "DestinationRegion counts only together with PresignedUrl; the copy is made in the Region the call goes to. Leave it out.",
        "DestinationRegion zählt nur zusammen mit PresignedUrl; die Kopie entsteht in der Region, an die der Aufruf geht. Weglassen.",
    ),
    (
        "The presigned URL lacks {name}: sign it with that parameter in it.",
        "Der vorsignierten URL fehlt {name}: mit diesem Parameter signieren.",
    ),
    (
        "In the presigned URL {name} is {value}, not as in the request: sign it again.",
        "In der vorsignierten URL ist {name} {value}, anders als in der Anfrage: erneut signieren.",
    ),
    (
        "The presigned URL is not signed for {source}, where the snapshot lies.",
        "Die vorsignierte URL ist nicht für {source} signiert, wo der Snapshot liegt.",
    ),
    (
        "The presigned URL's host is not the EC2 endpoint of {source}.",
        "Der Host der vorsignierten URL ist nicht der EC2-Endpunkt von {source}.",
    ),
    (
        "The presigned URL has expired: sign it again, or leave it out.",
        "Die vorsignierte URL ist abgelaufen: erneut signieren, oder weglassen.",
    ),
    (
        "The disk has no source: give UserBucket, Url or SnapshotId.",
        "Der Datenträger hat keine Quelle: UserBucket, Url oder SnapshotId angeben.",
    ),
    (
        "The disk has no source: give UserBucket or Url.",
        "Der Datenträger hat keine Quelle: UserBucket oder Url angeben.",
    ),
    (
        "The disk has {count} sources, {names}: keep one.",
        "Der Datenträger hat {count} Quellen, {names}: nur eine behalten.",
    ),
    ("A snapshot has no format: leave Format out.", "Ein Snapshot hat kein Format: Format weglassen."),
    (
        "Without Format AWS may not recognise the image: say which it is.",
        "Ohne Format erkennt AWS das Abbild möglicherweise nicht: angeben, welches es ist.",
    ),
    (
        "Format is {format}, and the object's name says {named}: check which it is.",
        "Format ist {format}, der Name des Objekts sagt {named}: prüfen, welches stimmt.",
    ),
    (
        "An OVA holds all disks of a machine and is imported alone: remove the other disks, or give each disk as a file of its own.",
        "Eine OVA enthält alle Datenträger einer Maschine und wird allein importiert: die anderen entfernen, oder jeden Datenträger als eigene Datei angeben.",
    ),
    (
        "There is no disk in the list: add the one the system starts from.",
        "Die Liste enthält keinen Datenträger: den hinzufügen, von dem das System startet.",
    ),
    (
        "There are {number} disks, and ImportImage takes {most}: import the others with ImportSnapshot.",
        "Es sind {number} Datenträger, und ImportImage nimmt {most}: die übrigen mit ImportSnapshot importieren.",
    ),
    (
        "Another disk has this device name already: give each its own, or leave them out.",
        "Ein anderer Datenträger hat diesen Gerätenamen schon: jedem einen eigenen geben, oder alle weglassen.",
    ),
    ("A snapshot's ID", "Die ID eines Snapshots"),
    ("An image's ID", "Die ID eines AMI"),
    ("A kernel's ID", "Die ID eines Kernels"),
    ("A RAM disk's ID", "Die ID einer RAM-Disk"),
    (
        "This is the task of an ImportImage: ask DescribeImportImageTasks for it.",
        "Das ist die Aufgabe eines ImportImage: DescribeImportImageTasks danach fragen.",
    ),
    ("The ID of an ImportSnapshot's task", "Die ID der Aufgabe eines ImportSnapshot"),
    (
        "This is the task of an ImportSnapshot: ask DescribeImportSnapshotTasks for it.",
        "Das ist die Aufgabe eines ImportSnapshot: DescribeImportSnapshotTasks danach fragen.",
    ),
    ("The ID of an ImportImage's task", "Die ID der Aufgabe eines ImportImage"),
    ("An account is twelve digits, without hyphens.", "Ein Konto sind zwölf Ziffern ohne Bindestriche."),
    (
        "An owner is self, amazon, or an account's twelve digits.",
        "Ein Eigentümer ist self, amazon, oder die zwölf Ziffern eines Kontos.",
    ),
    (
        "{what} is {prefix} and 8 or 17 hexadecimal digits in small letters; check that it was copied whole.",
        "{what} ist {prefix} und 8 oder 17 hexadezimale Ziffern in Kleinbuchstaben; prüfen, ob alles kopiert wurde.",
    ),
    (
        "{what} is {prefix} and 8 or 17 digits and small letters; check that it was copied whole.",
        "{what} ist {prefix} und 8 oder 17 Ziffern und Kleinbuchstaben; prüfen, ob alles kopiert wurde.",
    ),
    (
        "A KMS key is named, so Encrypted must be true; or leave KmsKeyId out.",
        "Ein KMS-Schlüssel ist angegeben, also muss Encrypted true sein; oder KmsKeyId weglassen.",
    ),
    (
        "A KMS key is named: set Encrypted to true, unless the source is encrypted already or the copy goes to an Outpost.",
        "Ein KMS-Schlüssel ist angegeben: Encrypted auf true setzen, außer die Quelle ist schon verschlüsselt oder die Kopie geht in einen Outpost.",
    ),
    (
        "Write the key's ID without key/ before it: {id}.",
        "Die ID des Schlüssels ohne key/ davor angeben: {id}.",
    ),
    (
        "A key is named by its ID, its alias or an ARN. If this is an alias, write alias/{text}.",
        "Ein Schlüssel wird mit ID, Alias oder ARN angegeben. Ist das ein Alias: alias/{text}.",
    ),
    (
        "A key is named by its ID (1234abcd-12ab-34cd-56ef-1234567890ab, or mrk- and 32 hexadecimal digits), by alias/name, or by the ARN of either.",
        "Ein Schlüssel wird mit seiner ID (1234abcd-12ab-34cd-56ef-1234567890ab, oder mrk- und 32 hexadezimale Ziffern), mit alias/Name, oder mit dem ARN von beiden angegeben.",
    ),
    (
        "What follows key/ is no key ID: that is 1234abcd-12ab-34cd-56ef-1234567890ab, or mrk- and 32 hexadecimal digits.",
        "Was auf key/ folgt, ist keine Schlüssel-ID: 1234abcd-12ab-34cd-56ef-1234567890ab, oder mrk- und 32 hexadezimale Ziffern.",
    ),
    (
        "alias/aws/ebs is what encryption takes anyway; naming it has made imports fail. Leave KmsKeyId out.",
        "alias/aws/ebs nimmt die Verschlüsselung ohnehin; ihn anzugeben, hat Importe scheitern lassen. KmsKeyId weglassen.",
    ),
    (
        "An alias is alias/ and a name of letters, digits, hyphens, underscores and slashes, 256 characters in all.",
        "Ein Alias ist alias/ und ein Name aus Buchstaben, Ziffern, Bindestrichen, Unterstrichen und Schrägstrichen, zusammen bis 256 Zeichen.",
    ),
    (
        "The ARN of a key ends in key/ and its ID, or in alias/ and its name.",
        "Der ARN eines Schlüssels endet auf key/ und seine ID, oder auf alias/ und seinen Namen.",
    ),
    ("Name a key in {region}.", "Einen Schlüssel in {region} angeben."),
    (
        "If this key has a replica there, name it: arn:{partition}:kms:{region}:{account}:{resource}.",
        "Hat dieser Schlüssel dort ein Replikat, dieses angeben: arn:{partition}:kms:{region}:{account}:{resource}.",
    ),
    (
        "Name a key in {region}, or send the call to {key_region}.",
        "Einen Schlüssel in {region} angeben, oder den Aufruf an {key_region} senden.",
    ),
    (
        "The key lives in {key_region} and the call goes to {region}. {advice}",
        "Der Schlüssel liegt in {key_region}, der Aufruf geht an {region}. {advice}",
    ),
    (
        "This usage operation is not among those that imports are documented to take.",
        "Diese Usage Operation gehört nicht zu denen, die für Importe dokumentiert sind.",
    ),
    (
        "A usage operation is RunInstances, or RunInstances: and four characters, such as RunInstances:0002 for Windows Server.",
        "Eine Usage Operation ist RunInstances, oder RunInstances: und vier Zeichen, etwa RunInstances:0002 für Windows Server.",
    ),
    (
        "This ARN does not name a license configuration. Write it like {example}.",
        "Dieser ARN nennt keine Lizenzkonfiguration. Schreibweise: {example}.",
    ),
    (
        "LicenseType and UsageOperation exclude each other: keep one.",
        "LicenseType und UsageOperation schließen einander aus: nur eines behalten.",
    ),
    (
        "AWS replaces licences of Windows only; for Linux choose BYOL, or leave it out.",
        "AWS ersetzt nur Lizenzen von Windows; für Linux BYOL wählen, oder weglassen.",
    ),
    (
        "{operation} is for {system}, and Platform is {platform}.",
        "{operation} ist für {system}, und Platform ist {platform}.",
    ),
    ("Give the role's name, not its ARN: {role}.", "Den Namen der Rolle angeben, nicht ihren ARN: {role}."),
    (
        "A role's name has letters, digits and + = , . @ _ -, and no {wrong}.",
        "Ein Rollenname hat Buchstaben, Ziffern und + = , . @ _ -, aber kein {wrong}.",
    ),
    (
        "A role's name has 1 to 64 characters; leave it out for vmimport.",
        "Ein Rollenname hat 1 bis 64 Zeichen; für vmimport weglassen.",
    ),
    (
        "A client token has up to 64 ASCII characters; a random UUID does well.",
        "Ein Client-Token hat bis zu 64 ASCII-Zeichen; eine zufällige UUID eignet sich gut.",
    ),
    (
        "An empty client token protects from nothing: leave it out, or fill in a random UUID.",
        "Ein leeres Client-Token schützt vor nichts: weglassen, oder eine zufällige UUID eintragen.",
    ),
    (
        "An image's name has letters, digits, spaces and ( ) [ ] . / - ' @ _, and no {wrong}.",
        "Ein AMI-Name hat Buchstaben, Ziffern, Leerzeichen und ( ) [ ] . / - ' @ _, aber kein {wrong}.",
    ),
    (
        "An image's name has 3 to 128 characters; this one has {length}.",
        "Ein AMI-Name hat 3 bis 128 Zeichen; dieser hat {length}.",
    ),
    ("A tag's key has at least one character.", "Der Schlüssel eines Tags hat mindestens ein Zeichen."),
    (
        "Keys that begin with aws: are AWS's own: choose another.",
        "Schlüssel, die mit aws: beginnen, gehören AWS: einen anderen wählen.",
    ),
    (
        "AWS keeps aws: in any mixture of capitals for itself; this may be refused.",
        "AWS behält sich aws: in jeder Groß- und Kleinschreibung vor; das kann abgelehnt werden.",
    ),
    (
        "Write {wanted}, which is what this call tags; a {found} is real, but not tagged by this call.",
        "{wanted} angeben, denn das taggt dieser Aufruf; {found} gibt es zwar, wird von ihm aber nicht getaggt.",
    ),
    (
        "Did you mean {meant}? This call can tag its {wanted} only.",
        "Ist {meant} gemeint? Dieser Aufruf kann nur {wanted} taggen.",
    ),
    ("Write {wanted}, which is what this call can tag.", "{wanted} angeben: das kann dieser Aufruf taggen."),
    ("EC2 knows no resource type {found}. {advice}", "EC2 kennt keinen Ressourcentyp {found}. {advice}"),
    (
        "There is already a tag with the key {key}: give each key once.",
        "Es gibt schon ein Tag mit dem Schlüssel {key}: jeden Schlüssel nur einmal angeben.",
    ),
    (
        "There are {number} tags and a resource can have {most}: remove {excess}.",
        "Es sind {number} Tags, und eine Ressource kann {most} haben: {excess} entfernen.",
    ),
    (
        "A list without tags may be refused: add one, or remove the list.",
        "Eine Liste ohne Tags kann abgelehnt werden: eines hinzufügen, oder die Liste entfernen.",
    ),
    (
        "This type has a list already: put all its tags into one.",
        "Dieser Typ hat schon eine Liste: alle seine Tags in eine setzen.",
    ),
    ("A URL begins with s3:// or https://.", "Eine URL beginnt mit s3:// oder https://."),
    (
        "The URL has spaces around it or line breaks inside it: paste it again without them.",
        "Die URL hat Leerzeichen um sich oder Zeilenumbrüche in sich: ohne diese erneut einfügen.",
    ),
    (
        "The URL names no bucket: write s3://bucket/key, or https:// and the whole address.",
        "Die URL nennt keinen Bucket: s3://bucket/key angeben, oder https:// und die ganze Adresse.",
    ),
    (
        "The URL has a space inside it: write %20 instead, or paste it again.",
        "Die URL enthält ein Leerzeichen: stattdessen %20 schreiben, oder erneut einfügen.",
    ),
    (
        "AWS takes https:// and s3:// URLs, not http://.",
        "AWS nimmt URLs mit https:// und s3://, nicht mit http://.",
    ),
    ("AWS takes https:// and s3:// URLs only.", "AWS nimmt nur URLs mit https:// und s3://."),
    (
        "The URL names a bucket and no object in it: add the image's key.",
        "Die URL nennt einen Bucket, aber kein Objekt darin: den Schlüssel des Abbilds anfügen.",
    ),
    (
        "The signature was not kept with the draft: paste the signed URL again.",
        "Die Signatur wurde nicht mit dem Entwurf aufbewahrt: die signierte URL erneut einfügen.",
    ),
    (
        "The URL is signed for {lifetime} seconds, and a signature holds for 1 to {most} (7 days): sign it again.",
        "Die URL ist für {lifetime} Sekunden signiert; eine Signatur gilt 1 bis {most} (7 Tage): erneut signieren.",
    ),
    (
        "The URL's host is in {host} and its signature is made for {signed}: S3 refuses it. Sign it again for the bucket's own Region.",
        "Der Host der URL liegt in {host}, ihre Signatur ist für {signed}: S3 lehnt sie ab. Für die Region des Buckets erneut signieren.",
    ),
    (
        "The signature covers more than the host ({headers}), and whoever reads the image sends no such headers: S3 would refuse it. Sign a plain GET.",
        "Die Signatur umfasst mehr als den Host ({headers}), und wer das Abbild liest, sendet keine solchen Header: S3 würde sie ablehnen. Ein einfaches GET signieren.",
    ),
    (
        "A filter without a name is refused: give the name of what to filter by.",
        "Ein Filter ohne Namen wird abgelehnt: den Namen dessen angeben, wonach gefiltert wird.",
    ),
    (
        "No task has the state “{value}”: the filter knows {states}, in small letters. A failed task is deleted.",
        "Keine Aufgabe hat den Zustand „{value}“: der Filter kennt {states}, in Kleinbuchstaben. Eine gescheiterte Aufgabe ist deleted.",
    ),
    (
        "Tasks are filtered by {name} alone, as far as AWS documents it, and not by “{other}”.",
        "Aufgaben werden nur nach {name} gefiltert, soweit AWS es dokumentiert, nicht nach „{other}“.",
    ),
    (
        "{host} is not a host of S3, where AWS expects the image to be.",
        "{host} ist kein Host von S3, wo AWS das Abbild erwartet.",
    ),
    (
        "An https:// URL without a signature works only for a public object: sign it, or give the bucket and key instead.",
        "Eine https://-URL ohne Signatur funktioniert nur bei einem öffentlichen Objekt: signieren, oder Bucket und Schlüssel angeben.",
    ),
    (
        "The image lies in {region} and the call goes to {wanted}: send it to {region}, or copy the image into a bucket in {wanted}.",
        "Das Abbild liegt in {region}, der Aufruf geht an {wanted}: an {region} senden, oder das Abbild in einen Bucket in {wanted} kopieren.",
    ),
    (
        "The URL's signature ended at {end}: sign it again, for some hours more than the import takes.",
        "Die Signatur der URL ist {end} abgelaufen: erneut signieren, für einige Stunden länger, als der Import dauert.",
    ),
    (
        "An image on EBS needs its root device: name the one the system starts from, such as /dev/xvda.",
        "Ein AMI auf EBS braucht sein Root-Gerät: das angeben, von dem das System startet, etwa /dev/xvda.",
    ),
    (
        "No mapping has the root device's name: map it to the imported snapshot.",
        "Keine Zuordnung hat den Namen des Root-Geräts: es dem importierten Snapshot zuordnen.",
    ),
    (
        "This device is mapped already: give each mapping a name of its own.",
        "Dieses Gerät ist schon zugeordnet: jeder Zuordnung einen eigenen Namen geben.",
    ),
    (
        "A volume needs a SnapshotId or a VolumeSize.",
        "Ein Volume braucht eine SnapshotId oder eine VolumeSize.",
    ),
    (
        "A volume of the type {name} has {least} to {most} GiB, not {size}.",
        "Ein Volume vom Typ {name} hat {least} bis {most} GiB, nicht {size}.",
    ),
    (
        "The disk has {needed} GiB and the volume {size}: a volume is at least as large as its snapshot.",
        "Der Datenträger hat {needed} GiB, das Volume {size}: ein Volume ist mindestens so groß wie sein Snapshot.",
    ),
    (
        "A volume of the type {kind} has {least} to {most} IOPS, not {speed}.",
        "Ein Volume vom Typ {kind} hat {least} bis {most} IOPS, nicht {speed}.",
    ),
    (
        "The IOPS of a volume of the type {kind} cannot be chosen: leave Iops out.",
        "Die IOPS eines Volumes vom Typ {kind} sind nicht wählbar: Iops weglassen.",
    ),
    ("A volume of the type {kind} needs its IOPS.", "Ein Volume vom Typ {kind} braucht seine IOPS."),
    (
        "Only volumes of the type gp3 have a throughput that can be chosen: leave it out.",
        "Nur Volumes vom Typ gp3 haben einen wählbaren Durchsatz: weglassen.",
    ),
    (
        "The snapshot decides whether the volume is encrypted: leave this out, and copy the snapshot with encryption if it should be.",
        "Der Snapshot bestimmt, ob das Volume verschlüsselt ist: weglassen, und bei Bedarf den Snapshot mit Verschlüsselung kopieren.",
    ),
    (
        "A key can be named when an instance is launched, not when an image is registered: leave it out.",
        "Ein Schlüssel lässt sich beim Start einer Instanz angeben, nicht beim Registrieren eines AMI: weglassen.",
    ),
    (
        "The zone is named twice: keep its name or its ID.",
        "Die Zone ist doppelt angegeben: Name oder ID behalten.",
    ),
    (
        "write it like 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00",
        "Schreibweise: 2026-01-31T12:00:00Z oder 2026-01-31T13:00:00+01:00",
    ),
    ("it is neither text nor a number; {example}.", "weder Text noch Zahl; {example}."),
    (
        "a number counts the seconds since 1970 and ends with the year 9999; {example}.",
        "eine Zahl zählt die Sekunden seit 1970 und endet mit dem Jahr 9999; {example}.",
    ),
    ("the year", "das Jahr"),
    ("the month", "der Monat"),
    ("the day", "der Tag"),
    ("in UTC it lies outside the years 1 to 9999.", "in UTC liegt er nicht in den Jahren 1 bis 9999."),
    (
        "The ID of a task begins with import-snap- or import-ami-.",
        "Die ID eines Tasks beginnt mit import-snap- oder import-ami-.",
    ),
    ("there is no {year}-{month}-{day} in the calendar.", "{year}-{month}-{day} steht nicht im Kalender."),
    ("the time of day is missing; {example}.", "die Uhrzeit fehlt; {example}."),
    ("the hour", "die Stunde"),
    ("the minute", "die Minute"),
    ("the second", "die Sekunde"),
    ("there is no {hour}:{minute}:{second} in a day.", "{hour}:{minute}:{second} gibt es an keinem Tag."),
    ("{what} is missing; {example}.", "{what} fehlt; {example}."),
    ("{what} is not {count} digits; {example}.", "{what} hat nicht {count} Ziffern; {example}."),
    ("the fraction of the second has no digits.", "der Bruchteil der Sekunde hat keine Ziffern."),
    ("it does not say in which time zone; {example}.", "die Zeitzone fehlt; {example}."),
    (
        "what follows the time is not an offset; {example}.",
        "was auf die Zeit folgt, ist kein Offset; {example}.",
    ),
    ("the hour of the offset", "die Stunde des Offsets"),
    ("the minute of the offset", "die Minute des Offsets"),
    ("the offset is not one; {example}.", "der Offset ist keiner; {example}."),
    ("It is missing. {help}", "Angabe fehlt. {help}"),
    ("true or false", "true oder false"),
    ("{name} is not a moment that can be read: {reason}", "{name} ist kein lesbarer Zeitpunkt: {reason}"),
    ("a structure in braces", "eine Struktur in geschweiften Klammern"),
    ("a list in square brackets", "eine Liste in eckigen Klammern"),
    ("text in quotation marks", "Text in Anführungszeichen"),
    ("a moment such as \"2026-01-31T12:00:00Z\"", "ein Zeitpunkt wie \"2026-01-31T12:00:00Z\""),
    (
        "{name} has {length} characters and may have {maximum}: shorten it by {excess}.",
        "{name} hat {length} Zeichen und darf {maximum} haben: um {excess} kürzen.",
    ),
    (
        "AWS writes this value {allowed}; in another case it may be refused.",
        "AWS schreibt diesen Wert {allowed}; anders geschrieben kann er abgelehnt werden.",
    ),
    (" Did you mean {meant}?", " Ist {meant} gemeint?"),
    (
        "{name} can only be {list}, not {value}.{advice}",
        "{name} kann nur {list} sein, nicht {value}.{advice}",
    ),
    (
        "{name} cannot be {value}: choose one of {list}.{advice}",
        "{name} kann nicht {value} sein: einen Wert wählen aus {list}.{advice}",
    ),
    ("a whole number", "eine ganze Zahl"),
    ("{name} is {number}; the least is {minimum}.", "{name} ist {number}; der kleinste Wert ist {minimum}."),
    (
        "{name} is {number}; choose a number from {minimum} to {maximum}.",
        "{name} ist {number}; eine Zahl von {minimum} bis {maximum} wählen.",
    ),
    ("a number", "eine Zahl"),
    ("{name} is {number}; it cannot be negative.", "{name} ist {number}; negativ ist nicht möglich."),
    ("The request", "Die Anfrage"),
    ("did you mean {meant}?", "ist {meant} gemeint?"),
    ("remove it.", "entfernen."),
    ("{place} has no member {value}: {advice}", "{place} hat kein Element {value}: {advice}"),
    ("{name} is null; leave it out instead.", "{name} ist null; stattdessen weglassen."),
    ("the number {number}", "die Zahl {number}"),
    ("the text {text}", "der Text {text}"),
    ("a list", "eine Liste"),
    ("a structure", "eine Struktur"),
    ("{name} must be {wanted}, and is {found}.", "{name} muss {wanted} sein, ist aber {found}."),
];
