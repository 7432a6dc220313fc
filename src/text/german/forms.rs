//! The names and explanations of parameters, options and steps.

/// In English, and in German.
pub static FORMS: &[(&str, &str)] = &[
    ("Tag", "Tag"),
    ("Tagged resource", "Ressource mit Tags"),
    (
        "The devices an instance gets: the root device with the imported snapshot, and any others.",
        "Die Geräte einer Instanz: das Root-Gerät mit dem importierten Snapshot und weitere.",
    ),
    ("The EBS volume behind the device.", "Das EBS-Volume hinter dem Gerät."),
    (
        "Empty text takes the device away that the image would otherwise have.",
        "Leerer Text nimmt das Gerät weg, das das AMI sonst hätte.",
    ),
    ("The device's name, such as /dev/xvda.", "Der Gerätename, etwa /dev/xvda."),
    (
        "An instance-store volume, ephemeral0 and so on; NVMe ones are there without it.",
        "Ein Instance-Store-Volume, ephemeral0 und so weiter; NVMe-Volumes sind ohne Angabe da.",
    ),
    ("Whether the volume is deleted with its instance.", "Ob das Volume mit seiner Instanz gelöscht wird."),
    (
        "I/O operations a second: 3,000 to 80,000 for gp3, 100 to 64,000 for io1, 100 to 256,000 for io2; not for other types.",
        "E/A-Operationen pro Sekunde: 3.000 bis 80.000 für gp3, 100 bis 64.000 für io1, 100 bis 256.000 für io2; für andere Typen nicht.",
    ),
    (
        "The snapshot the volume is made of: snap- and 8 or 17 hexadecimal digits.",
        "Der Snapshot, aus dem das Volume entsteht: snap- und 8 oder 17 hexadezimale Ziffern.",
    ),
    (
        "The volume's size in GiB, at least that of its snapshot, which is what it is when left out.",
        "Die Größe des Volumes in GiB, mindestens die des Snapshots; diese gilt auch ohne Angabe.",
    ),
    ("The kind of volume: gp3 for most purposes.", "Die Art des Volumes: für die meisten Zwecke gp3."),
    (
        "A key to encrypt with; EC2 takes it when an instance is launched, not when an image is registered.",
        "Ein Schlüssel zum Verschlüsseln; EC2 nimmt ihn beim Start einer Instanz, nicht beim Registrieren eines AMI.",
    ),
    (
        "The throughput of a gp3 volume: 125 to 2,000 MiB a second.",
        "Der Durchsatz eines gp3-Volumes: 125 bis 2.000 MiB pro Sekunde.",
    ),
    ("The Outpost the snapshot is stored on.", "Der Outpost, auf dem der Snapshot liegt."),
    (
        "The zone of the volume, by its name; not together with AvailabilityZoneId.",
        "Die Zone des Volumes, nach ihrem Namen; nicht zusammen mit AvailabilityZoneId.",
    ),
    (
        "Whether an empty volume is encrypted; one made of a snapshot is as the snapshot is, and takes no such setting.",
        "Ob ein leeres Volume verschlüsselt wird; eines aus einem Snapshot ist wie der Snapshot und nimmt keine solche Angabe.",
    ),
    (
        "The rate at which the snapshot is loaded into a new volume, in MiB a second, at a price.",
        "Die Rate, mit der der Snapshot in ein neues Volume geladen wird, in MiB pro Sekunde, gegen Aufpreis.",
    ),
    (
        "The zone of the volume, by its ID; not together with AvailabilityZone.",
        "Die Zone des Volumes, nach ihrer ID; nicht zusammen mit AvailabilityZone.",
    ),
    (
        "Which EBS card of the instance serves the volume, counted from 0.",
        "Welche EBS-Karte der Instanz das Volume bedient, gezählt ab 0.",
    ),
    (
        "Gives up an import, of a snapshot or an image, that is still under way.",
        "Bricht einen laufenden Import ab, ob Snapshot oder AMI.",
    ),
    ("Why it is given up; kept with the task.", "Warum er abgebrochen wird; bleibt bei der Aufgabe."),
    (
        "The task: import-snap- or import-ami- and 8 or 17 digits and letters.",
        "Die Aufgabe: import-snap- oder import-ami- und 8 oder 17 Ziffern und Buchstaben.",
    ),
    (
        "What you want to remember about the upload; AWS keeps it with the task and does not act on it.",
        "Was vom Upload festgehalten werden soll; AWS bewahrt es bei der Aufgabe auf und wertet es nicht aus.",
    ),
    ("A remark of yours about the upload.", "Eine eigene Bemerkung zum Upload."),
    (
        "When the upload ended: ISO 8601 with an offset or Z, or seconds since 1970.",
        "Wann der Upload endete: ISO 8601 mit Offset oder Z, oder Sekunden seit 1970.",
    ),
    (
        "The size of the uploaded image, in GiB (1,073,741,824 bytes).",
        "Die Größe des hochgeladenen Abbilds in GiB (1.073.741.824 Byte).",
    ),
    (
        "When the upload began: ISO 8601 with an offset or Z, or seconds since 1970.",
        "Wann der Upload begann: ISO 8601 mit Offset oder Z, oder Sekunden seit 1970.",
    ),
    (
        "Copies a snapshot into the Region that the call is sent to, or to an Outpost or Local Zone of that Region. The call has no client token: repeating it makes a second copy.",
        "Kopiert einen Snapshot in die Region, an die der Aufruf geht, oder in einen Outpost oder eine Local Zone dieser Region. Der Aufruf kennt kein Client-Token: wiederholt macht er eine zweite Kopie.",
    ),
    ("A description of the new snapshot.", "Eine Beschreibung des neuen Snapshots."),
    (
        "The Outpost to copy to, which must belong to the Region the snapshot is in. Nothing is copied from an Outpost.",
        "Der Outpost, in den kopiert wird; er muss zur Region des Snapshots gehören. Aus einem Outpost wird nichts kopiert.",
    ),
    (
        "AWS no longer needs it: the copy is made in the Region the call is sent to.",
        "AWS braucht es nicht mehr: die Kopie entsteht in der Region, an die der Aufruf geht.",
    ),
    (
        "The Region of the copy as the PresignedUrl names it; of no use without one.",
        "Die Region der Kopie, wie die PresignedUrl sie nennt; ohne diese nutzlos.",
    ),
    (
        "True, to encrypt the copy of an unencrypted snapshot; a copy of an encrypted one is encrypted anyway. It cannot be false.",
        "true, um die Kopie eines unverschlüsselten Snapshots zu verschlüsseln; die eines verschlüsselten ist es ohnehin. false ist nicht möglich.",
    ),
    (
        "The AWS clients sign one by themselves, and AWS no longer needs it.",
        "Die AWS-Clients signieren selbst eine, und AWS braucht sie nicht mehr.",
    ),
    (
        "A CopySnapshot call to the source Region with SourceRegion, SourceSnapshotId and DestinationRegion, signed in its query (SigV4); formerly needed to copy an encrypted snapshot by the Query API.",
        "Ein CopySnapshot-Aufruf an die Quellregion mit SourceRegion, SourceSnapshotId und DestinationRegion, im Query signiert (SigV4); früher nötig, um einen verschlüsselten Snapshot über die Query-API zu kopieren.",
    ),
    ("The Region the snapshot is in.", "Die Region, in der der Snapshot liegt."),
    (
        "The snapshot to copy: snap- and 8 or 17 hexadecimal digits.",
        "Der zu kopierende Snapshot: snap- und 8 oder 17 hexadezimale Ziffern.",
    ),
    (
        "The time within which the copy must be complete: 15 to 2,880 minutes in steps of 15, at a price. One copy moves at most 500 MiB a second. Not for Outposts and Local Zones.",
        "Die Zeit, in der die Kopie fertig sein muss: 15 bis 2.880 Minuten in Schritten von 15, gegen Aufpreis. Eine Kopie bewegt höchstens 500 MiB pro Sekunde. Nicht für Outposts und Local Zones.",
    ),
    (
        "The Local Zone to copy to, such as us-west-2-lax-1a, of the Region the call is sent to.",
        "Die Local Zone, in die kopiert wird, etwa us-west-2-lax-1a, aus der Region, an die der Aufruf geht.",
    ),
    (
        "Says how far the tasks of ImportImage are. Ask within a week: older ones are no longer listed.",
        "Sagt, wie weit die Aufgaben von ImportImage sind. Innerhalb einer Woche fragen: ältere werden nicht mehr aufgeführt.",
    ),
    (
        "Which tasks to list, such as those whose task-state is active.",
        "Welche Aufgaben aufgeführt werden, etwa die mit task-state active.",
    ),
    (
        "The tasks asked for: import-ami- and 8 or 17 digits and letters; all, if left out.",
        "Die gefragten Aufgaben: import-ami- und 8 oder 17 Ziffern und Buchstaben; ohne Angabe alle.",
    ),
    (
        "Says how far the tasks of ImportSnapshot are. Ask within a week: older ones are no longer listed.",
        "Sagt, wie weit die Aufgaben von ImportSnapshot sind. Innerhalb einer Woche fragen: ältere werden nicht mehr aufgeführt.",
    ),
    (
        "The tasks asked for: import-snap- and 8 or 17 digits and letters; all, if left out.",
        "Die gefragten Aufgaben: import-snap- und 8 oder 17 Ziffern und Buchstaben; ohne Angabe alle.",
    ),
    (
        "Lists snapshots, and says whether they are complete.",
        "Führt Snapshots auf und sagt, ob sie fertig sind.",
    ),
    (
        "The most snapshots in one answer, at least 5; AWS gives no more than 1,000 at once.",
        "Höchstzahl der Snapshots in einer Antwort, mindestens 5; AWS gibt nie mehr als 1.000 auf einmal.",
    ),
    (
        "Whose snapshots: self, amazon, or the twelve digits of an account. Without it every public snapshot is listed.",
        "Wessen Snapshots: self, amazon, oder die zwölf Ziffern eines Kontos. Ohne Angabe werden alle öffentlichen aufgeführt.",
    ),
    (
        "The accounts that may make volumes of the snapshots.",
        "Die Konten, die aus den Snapshots Volumes machen dürfen.",
    ),
    (
        "The snapshots asked for: snap- and 8 or 17 hexadecimal digits.",
        "Die gefragten Snapshots: snap- und 8 oder 17 hexadezimale Ziffern.",
    ),
    (
        "Which snapshots to list, such as those whose status is completed.",
        "Welche Snapshots aufgeführt werden, etwa die mit status completed.",
    ),
    ("A description of this disk.", "Eine Beschreibung dieses Datenträgers."),
    (
        "The image's address in S3, instead of UserBucket: s3://bucket/key, or a https URL, which must be signed unless the object is public.",
        "Die Adresse des Abbilds in S3, statt UserBucket: s3://bucket/key, oder eine https-URL, die signiert sein muss, wenn das Objekt nicht öffentlich ist.",
    ),
    (
        "The bucket and key of the image in S3; the bucket must be in the Region of the call.",
        "Bucket und Schlüssel des Abbilds in S3; der Bucket muss in der Region des Aufrufs liegen.",
    ),
    (
        "The bucket's name: 3 to 63 small letters, digits, dots and hyphens.",
        "Der Name des Buckets: 3 bis 63 Kleinbuchstaben, Ziffern, Punkte und Bindestriche.",
    ),
    (
        "The object's key, folders included: at most 1,024 bytes in UTF-8.",
        "Der Schlüssel des Objekts mit allen Ordnern: höchstens 1.024 Byte in UTF-8.",
    ),
    (
        "Whether what is made is encrypted; with the account's default key for EBS, unless KmsKeyId names another.",
        "Ob das Ergebnis verschlüsselt wird; mit dem Standardschlüssel des Kontos für EBS, wenn KmsKeyId keinen anderen nennt.",
    ),
    (
        "The symmetric KMS key to encrypt with: its ID, alias/name, or the ARN of either; it must be in the Region of the call. AWS looks at it only later, so that a wrong key fails after the call has succeeded.",
        "Der symmetrische KMS-Schlüssel zum Verschlüsseln: ID, alias/Name, oder der ARN von beiden; er muss in der Region des Aufrufs liegen. AWS prüft ihn erst später: ein falscher Schlüssel scheitert nach dem erfolgreichen Aufruf.",
    ),
    (
        "Makes an image (AMI) of a machine's disks in S3 or of a snapshot, and changes the system on them so that it runs on EC2.",
        "Macht aus den Datenträgern einer Maschine in S3 oder aus einem Snapshot ein AMI und passt das System darauf an EC2 an.",
    ),
    (
        "The machine's architecture: x86_64, or the i386 that is being withdrawn.",
        "Die Architektur der Maschine: x86_64, oder i386, das gerade eingestellt wird.",
    ),
    ("A description of the import task.", "Eine Beschreibung der Importaufgabe."),
    (
        "The machine's disks, at most 21, the one it starts from first; or one OVA, which holds them all.",
        "Die Datenträger der Maschine, höchstens 21, zuerst der, von dem sie startet; oder eine OVA, die alle enthält.",
    ),
    (
        "The hypervisor to prepare for; xen is the only value, and stands for today's instances too.",
        "Der Hypervisor, für den vorbereitet wird; xen ist der einzige Wert und gilt auch für heutige Instanzen.",
    ),
    (
        "Whose licence the system runs under: AWS, or BYOL for your own. Left out, it is AWS for Windows Server and BYOL for all else. Not together with UsageOperation.",
        "Unter wessen Lizenz das System läuft: AWS, oder BYOL für eine eigene. Ohne Angabe AWS für Windows Server und BYOL für alles andere. Nicht zusammen mit UsageOperation.",
    ),
    (
        "The operating system: Windows or Linux; needed for a UEFI system that is imported from a snapshot.",
        "Das Betriebssystem: Windows oder Linux; nötig für ein UEFI-System, das aus einem Snapshot importiert wird.",
    ),
    (
        "The License Manager configurations to count the image against.",
        "Die Konfigurationen des License Manager, auf die das AMI angerechnet wird.",
    ),
    (
        "The billing code of the licences wanted, such as RunInstances:0002 for Windows Server. Not together with LicenseType.",
        "Der Abrechnungscode der gewünschten Lizenzen, etwa RunInstances:0002 für Windows Server. Nicht zusammen mit LicenseType.",
    ),
    (
        "How the system starts: legacy-bios or uefi. Left out, EC2 finds out, and may turn a GPT disk of Windows into an MBR disk.",
        "Wie das System startet: legacy-bios oder uefi. Ohne Angabe findet EC2 es heraus und macht aus einem GPT-Datenträger von Windows womöglich einen mit MBR.",
    ),
    (
        "ImportImage refuses arm64: import the disk with ImportSnapshot, then register it with RegisterImage as arm64.",
        "ImportImage lehnt arm64 ab: den Datenträger mit ImportSnapshot importieren und dann mit RegisterImage als arm64 registrieren.",
    ),
    (
        "Since 2026 AWS has been withdrawing the import of 32-bit systems: this may be refused.",
        "Seit 2026 stellt AWS den Import von 32-Bit-Systemen ein: das kann abgelehnt werden.",
    ),
    (
        "An import takes legacy-bios or uefi; uefi-preferred can be set with RegisterImage only.",
        "Ein Import nimmt legacy-bios oder uefi; uefi-preferred gibt es nur bei RegisterImage.",
    ),
    (
        "The device the disk becomes, such as /dev/sda1 for the one the system starts from.",
        "Das Gerät, zu dem der Datenträger wird, etwa /dev/sda1 für den, von dem das System startet.",
    ),
    (
        "The image's format: OVA, VHD, VHDX, VMDK (stream-optimized) or RAW.",
        "Das Format des Abbilds: OVA, VHD, VHDX, VMDK (streamOptimized) oder RAW.",
    ),
    (
        "A snapshot to take the disk from, instead of an image in S3: snap- and 8 or 17 hexadecimal digits.",
        "Ein Snapshot, aus dem der Datenträger genommen wird, statt eines Abbilds in S3: snap- und 8 oder 17 hexadezimale Ziffern.",
    ),
    ("The ARN of a License Manager configuration.", "Der ARN einer Konfiguration des License Manager."),
    (
        "Makes an EBS snapshot of one disk image in S3, without looking at what is on the disk.",
        "Macht aus einem Abbild in S3 einen EBS-Snapshot, ohne auf den Inhalt zu schauen.",
    ),
    (
        "A description of the import task, which the snapshot takes over.",
        "Eine Beschreibung der Importaufgabe, die der Snapshot übernimmt.",
    ),
    (
        "The disk image: its format, and where it lies in S3 (UserBucket or Url, one of the two).",
        "Das Abbild: sein Format und wo es in S3 liegt (UserBucket oder Url, eines von beiden).",
    ),
    (
        "The image's format: VHD, VMDK (stream-optimized) or RAW.",
        "Das Format des Abbilds: VHD, VMDK (streamOptimized) oder RAW.",
    ),
    (
        "AWS's pages disagree: the user guide takes VHDX here, the API's own list does not. If it is refused, convert the image to RAW or VMDK.",
        "Die AWS-Seiten sind uneins: das Benutzerhandbuch nimmt hier VHDX, die Liste der API nicht. Wird es abgelehnt, das Abbild in RAW oder VMDK umwandeln.",
    ),
    (
        "ImportSnapshot takes a single disk, not an OVA: take the disk out of it, or use ImportImage.",
        "ImportSnapshot nimmt einen einzelnen Datenträger, keine OVA: den Datenträger herausnehmen, oder ImportImage verwenden.",
    ),
    ("What to filter by.", "Wonach gefiltert wird."),
    (
        "The values that pass, upper and lower case told apart; any one of them is enough.",
        "Die Werte, die durchkommen; Groß- und Kleinschreibung zählt; einer davon genügt.",
    ),
    (
        "The most items in one answer; the rest is asked for with NextToken.",
        "Höchstzahl der Einträge in einer Antwort; der Rest wird mit NextToken erfragt.",
    ),
    (
        "The token in the answer before, to go on where it ended.",
        "Das Token der vorigen Antwort, um dort fortzufahren.",
    ),
    (
        "Makes an image (AMI) of a snapshot, without changing what is on it. Windows, RHEL, SUSE and SQL Server may be billed wrongly when registered in this way.",
        "Macht aus einem Snapshot ein AMI, ohne seinen Inhalt zu ändern. Windows, RHEL, SUSE und SQL Server können so falsch abgerechnet werden.",
    ),
    (
        "The manifest in S3 of an image on instance store; not for an imported snapshot.",
        "Das Manifest eines Instance-Store-AMI in S3; nicht für einen importierten Snapshot.",
    ),
    (
        "Billing product codes, which only accounts authorised for them can give.",
        "Billing-Product-Codes, die nur dafür berechtigte Konten angeben können.",
    ),
    (
        "How the system starts: legacy-bios, uefi, or uefi-preferred for one that can do both.",
        "Wie das System startet: legacy-bios, uefi, oder uefi-preferred für eines, das beides kann.",
    ),
    (
        "v2.0 gives instances a trusted platform module (NitroTPM); needs UEFI.",
        "v2.0 gibt Instanzen ein Trusted Platform Module (NitroTPM); braucht UEFI.",
    ),
    (
        "The store of UEFI variables in base64, at most 64,000 characters, as GetInstanceUefiData gives it; with it Secure Boot can be on.",
        "Der Speicher der UEFI-Variablen in Base64, höchstens 64.000 Zeichen, wie GetInstanceUefiData ihn gibt; damit kann Secure Boot an sein.",
    ),
    (
        "v2.0 makes instances demand version 2 of the metadata service; the system must be able to use it.",
        "v2.0 lässt Instanzen Version 2 des Metadatendienstes verlangen; das System muss damit umgehen können.",
    ),
    (
        "The image's name: 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _, once in an account and Region.",
        "Der Name des AMI: 3 bis 128 Buchstaben, Ziffern, Leerzeichen und ( ) [ ] . / - ' @ _, einmalig je Konto und Region.",
    ),
    (
        "A description of the image, at most 255 characters.",
        "Eine Beschreibung des AMI, höchstens 255 Zeichen.",
    ),
    (
        "The architecture of the system. Left out, EC2 takes i386.",
        "Die Architektur des Systems. Ohne Angabe nimmt EC2 i386.",
    ),
    (
        "The kernel of a paravirtual image; not for hvm.",
        "Der Kernel eines paravirtuellen AMI; nicht für hvm.",
    ),
    (
        "The RAM disk of a paravirtual image; not for hvm.",
        "Die RAM-Disk eines paravirtuellen AMI; nicht für hvm.",
    ),
    (
        "The device the system starts from, as one of the mappings names it.",
        "Das Gerät, von dem das System startet, wie eine der Zuordnungen es nennt.",
    ),
    (
        "hvm for every current instance type. Left out, EC2 takes paravirtual.",
        "hvm für jeden heutigen Instanztyp. Ohne Angabe nimmt EC2 paravirtual.",
    ),
    (
        "simple turns on the network interface of older instance types (Intel 82599), for ever.",
        "simple schaltet die Netzwerkschnittstelle älterer Instanztypen (Intel 82599) ein, und zwar endgültig.",
    ),
    (
        "Whether the system has the driver of the Elastic Network Adapter, which every current instance type needs.",
        "Ob das System den Treiber des Elastic Network Adapter hat, den jeder heutige Instanztyp braucht.",
    ),
    ("The tags, at most 50.", "Die Tags, höchstens 50."),
    (
        "The tag's key: 1 to 127 Unicode characters, not beginning with aws:, upper and lower case told apart.",
        "Der Schlüssel des Tags: 1 bis 127 Unicode-Zeichen, nicht mit aws: beginnend; Groß- und Kleinschreibung zählt.",
    ),
    (
        "The tag's value: up to 256 Unicode characters, upper and lower case told apart; it may be empty or left out.",
        "Der Wert des Tags: bis zu 256 Unicode-Zeichen; Groß- und Kleinschreibung zählt; er darf leer sein oder fehlen.",
    ),
    ("What the tags are for.", "Wofür die Tags sind."),
    (
        "Tags for the import task (ResourceType import-snapshot-task); the snapshot itself is tagged when it is there.",
        "Tags für die Importaufgabe (ResourceType import-snapshot-task); der Snapshot selbst wird getaggt, wenn er da ist.",
    ),
    (
        "Tags for the import task (ResourceType import-image-task); the image itself is tagged when it is there.",
        "Tags für die Importaufgabe (ResourceType import-image-task); das AMI selbst wird getaggt, wenn es da ist.",
    ),
    (
        "Tags for the new snapshot (ResourceType snapshot); those of the source are not copied.",
        "Tags für den neuen Snapshot (ResourceType snapshot); die der Quelle werden nicht kopiert.",
    ),
    ("Tags for the image (ResourceType image).", "Tags für das AMI (ResourceType image)."),
    (
        "A word of yours, at most 64 ASCII characters, by which AWS recognises a repeated request and starts no second task.",
        "Ein eigenes Wort aus höchstens 64 ASCII-Zeichen, an dem AWS eine wiederholte Anfrage erkennt und keine zweite Aufgabe startet.",
    ),
    (
        "Only ask whether you may: the answer is the error DryRunOperation if so, and UnauthorizedOperation if not.",
        "Nur fragen, ob es erlaubt ist: die Antwort ist dann der Fehler DryRunOperation, sonst UnauthorizedOperation.",
    ),
    (
        "The name of the IAM role by which VM Import/Export reads the image; vmimport unless another is named.",
        "Der Name der IAM-Rolle, mit der VM Import/Export das Abbild liest; ohne Angabe vmimport.",
    ),
    ("{name} is given twice: keep one.", "{name} ist doppelt angegeben: nur eine Angabe behalten."),
    ("{names} exclude each other: keep one.", "{names} schließen einander aus: nur eines behalten."),
    (
        "The Region the call is sent to, instead of the configured one.",
        "Die Region, an die der Aufruf geht, statt der eingestellten.",
    ),
    (
        "The profile whose credentials and settings are used.",
        "Das Profil, dessen Zugangsdaten und Einstellungen gelten.",
    ),
    ("How the answer is written.", "Wie die Antwort geschrieben wird."),
    (
        "A JMESPath expression that picks parts of the answer.",
        "Ein JMESPath-Ausdruck, der Teile der Antwort herausgreift.",
    ),
    (
        "The address the call is sent to, instead of the Region's own.",
        "Die Adresse, an die der Aufruf geht, statt der der Region.",
    ),
    ("Fetches the first page of a long answer only.", "Holt von einer langen Antwort nur die erste Seite."),
    (
        "Writes a log of everything that happens to standard error.",
        "Schreibt ein Protokoll von allem, was geschieht, auf die Standardfehlerausgabe.",
    ),
    (
        "Does not check the server's certificate: for tests only.",
        "Prüft das Zertifikat des Servers nicht: nur für Tests.",
    ),
    ("Sends the call unsigned, which EC2 refuses.", "Sendet den Aufruf unsigniert, was EC2 ablehnt."),
    (
        "A file of certificates to trust, as a proxy may need it.",
        "Eine Datei mit vertrauenswürdigen Zertifikaten, wie ein Proxy sie brauchen kann.",
    ),
    (
        "Seconds to wait for an answer; 60 unless told, 0 for ever.",
        "Sekunden, die auf eine Antwort gewartet wird; ohne Angabe 60, 0 für unbegrenzt.",
    ),
    (
        "Seconds to wait for a connection; 60 unless told, 0 for ever.",
        "Sekunden, die auf eine Verbindung gewartet wird; ohne Angabe 60, 0 für unbegrenzt.",
    ),
    ("Whether the output is coloured.", "Ob die Ausgabe farbig ist."),
    (
        "Prints the version of the AWS CLI and does nothing else.",
        "Gibt die Version der AWS CLI aus und tut sonst nichts.",
    ),
    (
        "How binary parameters are read; none of these calls has one.",
        "Wie binäre Parameter gelesen werden; keiner dieser Aufrufe hat einen.",
    ),
    ("Prints the answer at once, without a pager.", "Gibt die Antwort sofort aus, ohne Pager."),
    ("Asks for parameters as they are typed.", "Fragt beim Tippen nach Parametern."),
    (
        "Never asks for parameters, whatever is configured.",
        "Fragt nie nach Parametern, was immer eingestellt ist.",
    ),
    ("Warns where version 2 would act differently.", "Warnt, wo Version 2 anders handeln würde."),
    ("Description of the task", "Beschreibung der Aufgabe"),
    ("Description of the copy", "Beschreibung der Kopie"),
    ("Tags on the import task", "Tags der Importaufgabe"),
    ("Tags on the new snapshot", "Tags des neuen Snapshots"),
    ("Tags on the image", "Tags des AMI"),
    ("Encrypt the snapshot", "Snapshot verschlüsseln"),
    ("Encrypt the image's snapshots", "Snapshots des AMI verschlüsseln"),
    ("Encrypt the copy", "Kopie verschlüsseln"),
    ("Name of the image", "Name des AMI"),
    ("The image in S3", "Das Abbild in S3"),
    ("Disks", "Datenträger"),
    ("Description of the disk", "Beschreibung des Datenträgers"),
    ("Filters", "Filter"),
    ("Bucket and key", "Bucket und Schlüssel"),
    ("Bucket", "Bucket"),
    ("Key", "Schlüssel"),
    ("Address", "Adresse"),
    ("Snapshot", "Snapshot"),
    ("Snapshots", "Snapshots"),
    ("Device", "Gerät"),
    ("KMS key", "KMS-Schlüssel"),
    ("Role", "Rolle"),
    ("Client token", "Client-Token"),
    ("Dry run: only check the permissions", "Probelauf: nur die Rechte prüfen"),
    ("About the upload", "Zum Upload"),
    ("Comment on the upload", "Bemerkung zum Upload"),
    ("Upload began", "Beginn des Uploads"),
    ("Upload ended", "Ende des Uploads"),
    ("Uploaded size, in GiB", "Hochgeladene Größe in GiB"),
    ("Architecture", "Architektur"),
    ("Boot mode", "Bootmodus"),
    ("Licence", "Lizenz"),
    ("License Manager configurations", "Konfigurationen des License Manager"),
    ("Configuration", "Konfiguration"),
    ("Usage operation", "Usage Operation"),
    ("Region of the source", "Region der Quelle"),
    ("Snapshot to copy", "Zu kopierender Snapshot"),
    ("Destination Region", "Zielregion"),
    ("Destination Outpost", "Ziel-Outpost"),
    ("Destination Availability Zone", "Ziel-Availability-Zone"),
    ("Complete within, in minutes", "Fertig innerhalb von (Minuten)"),
    ("Presigned URL", "Vorsignierte URL"),
    ("Import task", "Importaufgabe"),
    ("Import tasks", "Importaufgaben"),
    ("Reason", "Grund"),
    ("Block devices", "Blockgeräte"),
    ("Root device", "Root-Gerät"),
    ("Enhanced networking (ENA)", "Erweitertes Netzwerk (ENA)"),
    ("Virtualisation", "Virtualisierung"),
    ("Enhanced networking (Intel 82599 VF)", "Erweitertes Netzwerk (Intel 82599 VF)"),
    ("TPM", "TPM"),
    ("Instance metadata service", "Instanz-Metadatendienst"),
    ("UEFI variables", "UEFI-Variablen"),
    ("Results a page", "Einträge je Seite"),
    ("Token of the next page", "Token der nächsten Seite"),
    ("Disk", "Datenträger"),
    ("Filter", "Filter"),
    ("Value", "Wert"),
    ("License Manager configuration", "Konfiguration des License Manager"),
    ("Block device", "Blockgerät"),
    ("Owner", "Eigentümer"),
    ("Account", "Konto"),
    ("Billing product", "Billing-Produkt"),
    ("Ask whether the import is allowed", "Fragen, ob der Import erlaubt ist"),
    (
        "A dry run starts nothing. EC2 answers it by an error in either case: DryRunOperation says that the call would have been made.",
        "Ein Probelauf startet nichts. EC2 beantwortet ihn in jedem Fall mit einem Fehler: DryRunOperation heißt, dass der Aufruf ausgeführt worden wäre.",
    ),
    (
        "Have a private bucket in the Region of the import",
        "Einen privaten Bucket in der Region des Imports bereitstellen",
    ),
    (
        "VM Import/Export reads from a bucket in its own Region alone. A new bucket is closed to the public, and a rule removes the parts of uploads that were given up, which cost as much as objects. A bucket that exists is checked and otherwise left as it is.",
        "VM Import/Export liest nur aus einem Bucket in der eigenen Region. Ein neuer Bucket ist für die Öffentlichkeit gesperrt, und eine Regel entfernt Teile abgebrochener Uploads, die so viel kosten wie Objekte. Ein vorhandener Bucket wird geprüft und sonst gelassen, wie er ist.",
    ),
    ("Let the page upload to the bucket", "Der Seite den Upload in den Bucket erlauben"),
    (
        "A browser uploads only where the bucket's CORS rules name the page's origin. Rules that the bucket has already stay.",
        "Ein Browser lädt nur dorthin hoch, wo die CORS-Regeln des Buckets den Ursprung der Seite nennen. Vorhandene Regeln bleiben.",
    ),
    (
        "Give VM Import/Export a role that may read the image",
        "VM Import/Export eine Rolle geben, die das Abbild lesen darf",
    ),
    (
        "The service takes on this role: it may read what is imported and nothing else in S3. The permissions are an inline policy of their own, so that a role which exists keeps what it has.",
        "Der Dienst übernimmt diese Rolle: sie darf lesen, was importiert wird, und sonst nichts in S3. Die Rechte stehen in einer eigenen Inline-Richtlinie, sodass eine vorhandene Rolle behält, was sie hat.",
    ),
    ("Sign an address for the upload by the page", "Eine Adresse für den Upload durch die Seite signieren"),
    (
        "An address lets its bearer put one object for twelve hours, or until the credentials that signed it end. The AWS CLI signs downloads alone (aws s3 presign), so boto3 does it.",
        "Wer eine Adresse hat, darf zwölf Stunden lang ein Objekt schreiben, oder bis die signierenden Zugangsdaten ablaufen. Die AWS CLI signiert nur Downloads (aws s3 presign), daher übernimmt es boto3.",
    ),
    ("Upload the image", "Das Abbild hochladen"),
    (
        "The upload goes in parts, several at a time, each checked. A file whose object is there with the file's size is left out; one that has changed since then may be another image, so it stops the script.",
        "Der Upload läuft in Teilen, mehrere zugleich, jeder geprüft. Eine Datei, deren Objekt schon in ihrer Größe da ist, entfällt; hat sie sich seither geändert, kann sie ein anderes Abbild sein, und das Skript hält an.",
    ),
    ("Start the import", "Den Import starten"),
    (
        "The client token makes the call safe to repeat: one token never starts two tasks. After a task that failed, the next one gets a new token.",
        "Das Client-Token macht den Aufruf gefahrlos wiederholbar: ein Token startet nie zwei Aufgaben. Nach einer gescheiterten Aufgabe bekommt die nächste ein neues.",
    ),
    ("Wait until the import has ended", "Warten, bis der Import beendet ist"),
    (
        "A task that fails ends as deleting or deleted with a message, which the AWS CLI's own waiter for snapshots does not know as a failure; it also gives up after ten minutes, and for images there is none. So this asks itself.",
        "Eine gescheiterte Aufgabe endet als deleting oder deleted mit einer Meldung; der Waiter der AWS CLI für Snapshots erkennt das nicht als Fehler, gibt nach zehn Minuten auf, und für AMIs gibt es keinen. Daher fragt das Skript selbst.",
    ),
    ("Tag what the import has made", "Taggen, was der Import erzeugt hat"),
    (
        "Tags of the import's task are not passed on, so they are put on the snapshots and the image. One of them is the tag by which the steps find again what they have made.",
        "Die Tags der Importaufgabe werden nicht weitergegeben; daher kommen sie an die Snapshots und das AMI. An einem davon finden die Schritte wieder, was sie erzeugt haben.",
    ),
    ("Register an image of the snapshot", "Aus dem Snapshot ein AMI registrieren"),
    (
        "The image says how instances start: architecture, boot mode, hvm and the enhanced network adapter. What is left out there falls back to types of instances that are no longer sold.",
        "Das AMI bestimmt, wie Instanzen starten: Architektur, Bootmodus, hvm und der erweiterte Netzwerkadapter. Was dort fehlt, fällt auf Instanztypen zurück, die nicht mehr angeboten werden.",
    ),
    ("Copy the snapshot to other Regions", "Den Snapshot in andere Regionen kopieren"),
    (
        "CopySnapshot knows no client token, so a copy is made only where none with this runbook's tag is under way or there. All copies run at the same time; then they are waited for.",
        "CopySnapshot kennt kein Client-Token; eine Kopie entsteht daher nur, wo noch keine mit dem Tag dieses Runbooks läuft oder liegt. Alle Kopien laufen zugleich; danach wird auf sie gewartet.",
    ),
    ("Remove what is no longer needed", "Entfernen, was nicht mehr gebraucht wird"),
    (
        "Once the import has ended, what was uploaded and this runbook's policy of the role go. The bucket and the role stay.",
        "Ist der Import beendet, werden das Hochgeladene und die Richtlinie dieses Runbooks in der Rolle entfernt. Bucket und Rolle bleiben.",
    ),
];
