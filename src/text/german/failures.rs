//! What AWS answered: causes, cures, next steps.

/// In English, and in German.
pub static FAILURES: &[(&str, &str)] = &[
    (
        "EC2 cannot assume the role, or the role may not read the object or use the KMS key: it is missing, its trust policy does not name vmie.amazonaws.com with the external ID vmimport, it was made less than a minute ago, or you may not pass it on.",
        "EC2 kann die Rolle nicht übernehmen, oder die Rolle darf das Objekt nicht lesen oder den KMS-Schlüssel nicht verwenden: sie fehlt, ihre Vertrauensrichtlinie nennt nicht vmie.amazonaws.com mit der externen ID vmimport, sie ist weniger als eine Minute alt, oder sie darf nicht weitergegeben werden.",
    ),
    (
        "Create the role with its two policies: the step “role” of the script for the whole journey, which this page writes for every import, does that. Then wait half a minute, and let yourself do iam:PassRole on it; for an object encrypted with KMS the role needs kms:Decrypt.",
        "Die Rolle mit ihren beiden Richtlinien anlegen: das erledigt der Schritt „role“ des Skripts für den ganzen Weg, das diese Seite für jeden Import schreibt. Dann eine halbe Minute warten und sich selbst iam:PassRole darauf erlauben; bei einem mit KMS verschlüsselten Objekt braucht die Rolle kms:Decrypt.",
    ),
    (
        "The policy is no JSON. Mostly the command names a file without file:// before it, so that the name itself is taken for the policy.",
        "Die Richtlinie ist kein JSON. Meist nennt der Befehl eine Datei ohne file:// davor, sodass der Name selbst für die Richtlinie gehalten wird.",
    ),
    (
        "Write file:// before the name: --policy-document file://role-policy.json.",
        "file:// vor den Namen schreiben: --policy-document file://role-policy.json.",
    ),
    (
        "EC2 may not read the object: the key is misspelt, the role's policy does not cover it, the signed URL has expired, or the object is encrypted with a key the role cannot use.",
        "EC2 darf das Objekt nicht lesen: der Schlüssel ist falsch geschrieben, die Richtlinie der Rolle deckt ihn nicht ab, die signierte URL ist abgelaufen, oder das Objekt ist mit einem Schlüssel verschlüsselt, den die Rolle nicht verwenden darf.",
    ),
    (
        "Compare bucket and key letter by letter, and let the role read this bucket (s3:GetObject, s3:GetBucketLocation, s3:ListBucket). Never make the bucket public for it.",
        "Bucket und Schlüssel Buchstabe für Buchstabe vergleichen und die Rolle diesen Bucket lesen lassen (s3:GetObject, s3:GetBucketLocation, s3:ListBucket). Den Bucket dafür nie öffentlich machen.",
    ),
    (
        "The bucket lies in another Region than the one the call was sent to.",
        "Der Bucket liegt in einer anderen Region als der, an die der Aufruf ging.",
    ),
    (
        "Send the call to the bucket's Region, or copy the object into a bucket in the Region of the call; a finished snapshot can be copied to other Regions.",
        "Den Aufruf an die Region des Buckets senden, oder das Objekt in einen Bucket der Region des Aufrufs kopieren; ein fertiger Snapshot lässt sich in andere Regionen kopieren.",
    ),
    (
        "There is no such object: bucket or key is misspelt, or the upload was not completed or has been deleted.",
        "Ein solches Objekt gibt es nicht: Bucket oder Schlüssel ist falsch geschrieben, oder der Upload wurde nicht abgeschlossen, oder es wurde gelöscht.",
    ),
    (
        "Look with aws s3 ls whether the object is there, and keep it until the task has ended.",
        "Mit aws s3 ls nachsehen, ob das Objekt da ist, und es behalten, bis die Aufgabe beendet ist.",
    ),
    (
        "The role may not use the key, the key lies in another Region or is disabled, or it is the default key aws/ebs, which must not be named.",
        "Die Rolle darf den Schlüssel nicht verwenden, er liegt in einer anderen Region oder ist deaktiviert, oder es ist der Standardschlüssel aws/ebs, der nicht angegeben werden darf.",
    ),
    (
        "Let the role use the key in the key's policy, take a symmetric key of the call's Region, and for the default key give Encrypted alone.",
        "Der Rolle den Schlüssel in dessen Richtlinie erlauben, einen symmetrischen Schlüssel aus der Region des Aufrufs nehmen, und für den Standardschlüssel nur Encrypted angeben.",
    ),
    (
        "ImportImage did not recognise an operating system: it is not on AWS's list, its root lies on a file system EC2 does not read, or files it looks for are missing.",
        "ImportImage hat kein Betriebssystem erkannt: es steht nicht auf der Liste von AWS, seine Wurzel liegt auf einem Dateisystem, das EC2 nicht liest, oder gesuchte Dateien fehlen.",
    ),
    (
        "Import the disk with ImportSnapshot and register the snapshot as an image, which needs no known system; or import a system that AWS lists.",
        "Den Datenträger mit ImportSnapshot importieren und den Snapshot als AMI registrieren, was kein bekanntes System braucht; oder ein System importieren, das AWS aufführt.",
    ),
    (
        "ImportImage takes only kernels on AWS's list, and this one is not on it.",
        "ImportImage nimmt nur Kernel von der Liste von AWS, und dieser steht nicht darauf.",
    ),
    (
        "Install and boot a listed kernel and remove the others; or use ImportSnapshot and RegisterImage, which do not look at the kernel.",
        "Einen aufgeführten Kernel installieren und starten und die anderen entfernen; oder ImportSnapshot und RegisterImage verwenden, die nicht auf den Kernel schauen.",
    ),
    (
        "ImportImage did not find the kernel: /boot is not where it looks, or names kernels in an unusual way.",
        "ImportImage hat den Kernel nicht gefunden: /boot liegt nicht dort, wo es sucht, oder nennt Kernel auf ungewöhnliche Weise.",
    ),
    (
        "Keep kernel and initramfs in /boot under the distribution's own names; or use ImportSnapshot and RegisterImage.",
        "Kernel und initramfs unter den Namen der Distribution in /boot lassen; oder ImportSnapshot und RegisterImage verwenden.",
    ),
    (
        "There is more than one configuration of the boot loader, as on a machine with several systems.",
        "Es gibt mehr als eine Konfiguration des Bootloaders, wie auf einer Maschine mit mehreren Systemen.",
    ),
    (
        "Remove the configurations that are not used, and every other system from the disk.",
        "Die ungenutzten Konfigurationen und jedes andere System vom Datenträger entfernen.",
    ),
    (
        "A directory that must be there once was found several times, as on a disk with several systems.",
        "Ein Verzeichnis, das es einmal geben muss, wurde mehrfach gefunden, wie auf einem Datenträger mit mehreren Systemen.",
    ),
    (
        "Leave one system on the disk: remove the other installations or their partitions.",
        "Nur ein System auf dem Datenträger lassen: die anderen Installationen oder ihre Partitionen entfernen.",
    ),
    (
        "GRUB takes its entries from /boot/loader/entries, and none of them is named as the default.",
        "GRUB nimmt seine Einträge aus /boot/loader/entries, und keiner davon ist als Standard genannt.",
    ),
    (
        "Set the default with grubby --set-default, look at grub2-editenv list, shut down and export again.",
        "Den Standard mit grubby --set-default setzen, mit grub2-editenv list nachsehen, herunterfahren und erneut exportieren.",
    ),
    (
        "ImportImage could not open the initramfs: it is damaged, or packed in a way it does not know.",
        "ImportImage konnte das initramfs nicht öffnen: es ist beschädigt, oder auf unbekannte Weise gepackt.",
    ),
    (
        "Make it anew (dracut --force or update-initramfs -u) with gzip and the drivers nvme, ena and xen-blkfront, and export again.",
        "Neu erzeugen (dracut --force oder update-initramfs -u), mit gzip und den Treibern nvme, ena und xen-blkfront, und erneut exportieren.",
    ),
    (
        "ImportImage did not find /etc/fstab on the root, or cannot read it.",
        "ImportImage hat auf der Wurzel keine /etc/fstab gefunden, oder kann sie nicht lesen.",
    ),
    (
        "Put a readable /etc/fstab on the root file system which names partitions by UUID or label.",
        "Auf das Wurzeldateisystem eine lesbare /etc/fstab legen, die Partitionen nach UUID oder Label nennt.",
    ),
    (
        "A volume group of LVM is incomplete: one of its disks is not part of the import, or it uses what EC2 does not support.",
        "Eine Volumegruppe von LVM ist unvollständig: einer ihrer Datenträger gehört nicht zum Import, oder sie nutzt etwas, das EC2 nicht unterstützt.",
    ),
    (
        "Import all disks of the group together, or take the missing disk out of it (vgreduce) before the export.",
        "Alle Datenträger der Gruppe zusammen importieren, oder den fehlenden vor dem Export herausnehmen (vgreduce).",
    ),
    (
        "No partition of the first disk is marked as the one to boot from, or the disk with the boot loader is not the first.",
        "Keine Partition des ersten Datenträgers ist als startbar markiert, oder der Datenträger mit dem Bootloader ist nicht der erste.",
    ),
    (
        "Mark the system partition as active, and give the disk that the machine boots from first.",
        "Die Systempartition als aktiv markieren, und den Datenträger, von dem die Maschine startet, zuerst angeben.",
    ),
    (
        "The disk boots by UEFI. That is an old message: EC2 imports such disks today, if the boot mode is uefi and EFI/BOOT/BOOTX64.EFI is there; uefi-preferred is refused.",
        "Der Datenträger startet über UEFI. Das ist eine alte Meldung: EC2 importiert solche Datenträger heute, wenn der Bootmodus uefi und EFI/BOOT/BOOTX64.EFI da ist; uefi-preferred wird abgelehnt.",
    ),
    (
        "Give the boot mode uefi, put the fallback loader on the EFI system partition, or import a disk that boots by BIOS.",
        "Den Bootmodus uefi angeben, den Fallback-Bootloader auf die EFI-Systempartition legen, oder einen Datenträger importieren, der über BIOS startet.",
    ),
    (
        "Windows was imported and started, and then did not reach the network: no DHCP, the Hyper-V role, a disk that is missing, a recovery screen, missing drivers, antivirus or activation.",
        "Windows wurde importiert und gestartet und hat dann das Netzwerk nicht erreicht: kein DHCP, die Hyper-V-Rolle, ein fehlender Datenträger, ein Wiederherstellungsbildschirm, fehlende Treiber, Virenschutz oder Aktivierung.",
    ),
    (
        "Boot the machine once where it comes from: set DHCP, remove the Hyper-V role, antivirus and hypervisor's tools, let updates finish, suspend BitLocker, shut down properly and export again.",
        "Die Maschine am Herkunftsort einmal starten: DHCP einstellen, Hyper-V-Rolle, Virenschutz und Hypervisor-Werkzeuge entfernen, Updates abschließen, BitLocker anhalten, ordentlich herunterfahren und erneut exportieren.",
    ),
    (
        "EC2's own setup inside Windows did not run, because .NET Framework 3.5 SP1 or later is missing.",
        "Die Einrichtung von EC2 in Windows lief nicht, weil .NET Framework 3.5 SP1 oder neuer fehlt.",
    ),
    (
        "Install .NET Framework 3.5 SP1 or later on the machine where it comes from, shut it down and export again.",
        ".NET Framework 3.5 SP1 oder neuer auf der Maschine am Herkunftsort installieren, sie herunterfahren und erneut exportieren.",
    ),
    (
        "ImportInstance was asked for a type on which Linux cannot be imported.",
        "ImportInstance wurde nach einem Typ gefragt, auf dem sich Linux nicht importieren lässt.",
    ),
    (
        "Use ImportImage or ImportSnapshot, which ask for no instance type.",
        "ImportImage oder ImportSnapshot verwenden, die nach keinem Instanztyp fragen.",
    ),
    (
        "ImportImage takes i386 and x86_64 only, though its reference lists arm64.",
        "ImportImage nimmt nur i386 und x86_64, obwohl seine Referenz arm64 aufführt.",
    ),
    (
        "Import the disk with ImportSnapshot and register the snapshot with the architecture arm64.",
        "Den Datenträger mit ImportSnapshot importieren und den Snapshot mit der Architektur arm64 registrieren.",
    ),
    (
        "The image was registered without EnaSupport, so no current (Nitro) type starts it; one that starts may stay unreachable if its initramfs lacks the drivers nvme and ena.",
        "Das AMI wurde ohne EnaSupport registriert, daher startet es kein heutiger Typ (Nitro); einer, der startet, kann unerreichbar bleiben, wenn dem initramfs die Treiber nvme und ena fehlen.",
    ),
    (
        "Register the snapshot again with EnaSupport, VirtualizationType hvm and the right architecture, and put nvme and ena into the initramfs.",
        "Den Snapshot erneut mit EnaSupport, VirtualizationType hvm und der richtigen Architektur registrieren, und nvme und ena ins initramfs aufnehmen.",
    ),
    (
        "EC2 could not read the file as a disk image of the format that was given.",
        "EC2 konnte die Datei nicht als Abbild des angegebenen Formats lesen.",
    ),
    (
        "Import a streamOptimized VMDK, a VHD, a raw disk or an OVA, uncompressed, and give that format. Drop the file here to see what it is.",
        "Ein streamOptimized-VMDK, ein VHD, ein Rohabbild oder eine OVA unkomprimiert importieren und dieses Format angeben. Die Datei hier ablegen, um zu sehen, was sie ist.",
    ),
    (
        "The VMDK is not stream-optimized: EC2 takes no other kind.",
        "Das VMDK ist nicht streamOptimized: anderes nimmt EC2 nicht.",
    ),
    (
        "Convert it with qemu-img convert -O vmdk -o subformat=streamOptimized, or export the machine from vSphere as OVF or OVA.",
        "Mit qemu-img convert -O vmdk -o subformat=streamOptimized umwandeln, oder die Maschine aus vSphere als OVF oder OVA exportieren.",
    ),
    (
        "The OVA has a disk in several files, which EC2 does not join.",
        "Die OVA hat einen Datenträger in mehreren Dateien, die EC2 nicht zusammenfügt.",
    ),
    (
        "Export the machine again with each disk in one file.",
        "Die Maschine erneut exportieren, jeden Datenträger in einer Datei.",
    ),
    (
        "The OVA is not packed as EC2 expects it, or a disk in it is of a kind EC2 does not take. A KMS key that the role cannot use has been reported to give the same message.",
        "Die OVA ist nicht so gepackt, wie EC2 es erwartet, oder ein Datenträger darin ist von einer Art, die EC2 nicht nimmt. Auch ein KMS-Schlüssel, den die Rolle nicht verwenden darf, soll diese Meldung ergeben haben.",
    ),
    (
        "Pack the descriptor first and streamOptimized VMDK disks behind it. If Import Planner has nothing to say against the OVA, let the role use the KMS key.",
        "Zuerst den Deskriptor packen, dahinter streamOptimized-VMDKs. Hat Import Planner nichts gegen die OVA, die Rolle den KMS-Schlüssel verwenden lassen.",
    ),
    (
        "EC2 could not make sense of the OVA's descriptor, or what it names is not in the OVA.",
        "EC2 konnte mit dem Deskriptor der OVA nichts anfangen, oder was er nennt, ist nicht in der OVA.",
    ),
    (
        "Export the machine again, and change neither the descriptor nor the names of the files.",
        "Die Maschine erneut exportieren, und weder den Deskriptor noch die Namen der Dateien ändern.",
    ),
    (
        "The VMDK is compressed in a way EC2 does not know, or it is not compressed as a stream-optimized one is.",
        "Das VMDK ist auf eine Weise komprimiert, die EC2 nicht kennt, oder nicht so, wie es ein streamOptimized ist.",
    ),
    (
        "Export the disk as OVF instead of OVA, or convert it with qemu-img convert -O vmdk -o subformat=streamOptimized.",
        "Den Datenträger als OVF statt OVA exportieren, oder mit qemu-img convert -O vmdk -o subformat=streamOptimized umwandeln.",
    ),
    (
        "The VHD is a differencing disk, or its two footers disagree because it was cut off or damaged.",
        "Das VHD ist ein differenzierender Datenträger, oder seine zwei Footer widersprechen sich, weil es abgeschnitten oder beschädigt wurde.",
    ),
    (
        "Merge a differencing disk with its parents, or convert the disk anew with qemu-img convert -O vpc.",
        "Einen differenzierenden Datenträger mit seinen Eltern zusammenführen, oder den Datenträger mit qemu-img convert -O vpc neu umwandeln.",
    ),
    (
        "A compressed block of the VMDK does not give the length it says: the file is damaged.",
        "Ein komprimierter Block des VMDK ergibt nicht die Länge, die er nennt: die Datei ist beschädigt.",
    ),
    (
        "Compare the upload's size and checksum with the file, upload it again, or export the disk again.",
        "Größe und Prüfsumme des Uploads mit der Datei vergleichen, erneut hochladen, oder den Datenträger erneut exportieren.",
    ),
    (
        "The file in S3 is damaged: mostly an upload that was cut off or changed on its way.",
        "Die Datei in S3 ist beschädigt: meist ein Upload, der abgeschnitten oder unterwegs verändert wurde.",
    ),
    (
        "Compare the upload's size and checksum with the file here, and upload it again; keep the object until the task has ended.",
        "Größe und Prüfsumme des Uploads mit der Datei hier vergleichen und erneut hochladen; das Objekt behalten, bis die Aufgabe beendet ist.",
    ),
    (
        "EC2 found no partition table it can use. The format given may also be the wrong one: a VMDK or OVA sent as RAW has none.",
        "EC2 hat keine brauchbare Partitionstabelle gefunden. Auch das angegebene Format kann falsch sein: ein als RAW gesendetes VMDK oder OVA hat keine.",
    ),
    (
        "Give the right format; for a disk without a usable MBR or GPT, use ImportSnapshot, which does not look for partitions.",
        "Das richtige Format angeben; für einen Datenträger ohne brauchbaren MBR oder GPT ImportSnapshot verwenden, das keine Partitionen sucht.",
    ),
    (
        "EC2 refused the disk image; what stands in brackets behind it says why.",
        "EC2 hat das Abbild abgelehnt; warum, steht dahinter in Klammern.",
    ),
    (
        "Drop the file here: what Import Planner finds in it is the likeliest reason. Look also whether the format given is the file's.",
        "Die Datei hier ablegen: was Import Planner darin findet, ist der wahrscheinlichste Grund. Auch prüfen, ob das angegebene Format das der Datei ist.",
    ),
    (
        "The client's waiter stopped after ten minutes. The task itself goes on, or it has failed: the waiter does not know that deleted with a message is a failure.",
        "Der Waiter des Clients hörte nach zehn Minuten auf. Die Aufgabe selbst läuft weiter, oder sie ist gescheitert: der Waiter weiß nicht, dass deleted mit einer Meldung ein Fehler ist.",
    ),
    (
        "Ask with describe-import-snapshot-tasks how the task stands, and wait with the loop that this page writes.",
        "Mit describe-import-snapshot-tasks fragen, wie es um die Aufgabe steht, und mit der Schleife warten, die diese Seite schreibt.",
    ),
    (
        "As many copies as the account may make at a time are on their way to this Region.",
        "In diese Region sind so viele Kopien unterwegs, wie das Konto zugleich machen darf.",
    ),
    (
        "Wait until one has ended and send the copy again, or ask for a higher quota.",
        "Warten, bis eine beendet ist, und die Kopie erneut senden, oder ein höheres Kontingent beantragen.",
    ),
    (
        "The account has as many tasks, snapshots, copies or tags as it may have at a time in this Region.",
        "Das Konto hat so viele Aufgaben, Snapshots, Kopien oder Tags, wie es in dieser Region zugleich haben darf.",
    ),
    (
        "Wait until others have ended, delete what is not needed, or ask for a higher limit in Service Quotas.",
        "Warten, bis andere beendet sind, Unnötiges löschen, oder in Service Quotas eine höhere Grenze beantragen.",
    ),
    (
        "No such task is listed: its ID is misspelt, it was begun in another Region or account, or it ended more than seven days ago.",
        "Eine solche Aufgabe ist nicht aufgeführt: ihre ID ist falsch geschrieben, sie wurde in einer anderen Region oder einem anderen Konto begonnen, oder sie endete vor mehr als sieben Tagen.",
    ),
    (
        "Give the Region the import was sent to, and compare the ID; import-snap- belongs to ImportSnapshot, import-ami- to ImportImage.",
        "Die Region angeben, an die der Import ging, und die ID vergleichen; import-snap- gehört zu ImportSnapshot, import-ami- zu ImportImage.",
    ),
    (
        "There is no such snapshot in this Region, or it is not shared with this account.",
        "Einen solchen Snapshot gibt es in dieser Region nicht, oder er ist nicht mit diesem Konto geteilt.",
    ),
    (
        "Send the call to the Region the snapshot is in; for a copy, give that Region as SourceRegion.",
        "Den Aufruf an die Region des Snapshots senden; für eine Kopie diese Region als SourceRegion angeben.",
    ),
    (
        "The snapshot is not completed yet, or something uses it.",
        "Der Snapshot ist noch nicht fertig, oder etwas benutzt ihn.",
    ),
    (
        "Wait until its state is completed and send the call again.",
        "Warten, bis sein Zustand completed ist, und den Aufruf erneut senden.",
    ),
    (
        "The account has an image of this name in the Region.",
        "Das Konto hat in der Region schon ein AMI dieses Namens.",
    ),
    (
        "Give another name, or deregister the old image.",
        "Einen anderen Namen angeben, oder das alte AMI deregistrieren.",
    ),
    (
        "An image's name has 3 to 128 letters, digits, spaces and ( ) [ ] . / - ' @ _.",
        "Ein AMI-Name hat 3 bis 128 Buchstaben, Ziffern, Leerzeichen und ( ) [ ] . / - ' @ _.",
    ),
    ("Change the name.", "Den Namen ändern."),
    ("There is more: ask for the next page.", "Es gibt mehr: nach der nächsten Seite fragen."),
    (
        "Decode the message: it names the action, the resource and the policy's statement. You need sts:DecodeAuthorizationMessage for it.",
        "Die Meldung entschlüsseln: sie nennt die Aktion, die Ressource und die Anweisung der Richtlinie. Dazu ist sts:DecodeAuthorizationMessage nötig.",
    ),
    ("Ask how it stands, every half minute at most.", "Fragen, wie es steht, höchstens alle halbe Minute."),
    (
        "Start an instance of the image, with a type and a key pair; without --dry-run it is started.",
        "Eine Instanz des AMI starten, mit Typ und Schlüsselpaar; ohne --dry-run wird sie gestartet.",
    ),
    (
        "The message is in no catalogue: drop the file here to see what speaks against it, and ask AWS's support with the task's ID.",
        "Die Meldung steht in keinem Katalog: die Datei hier ablegen, um zu sehen, was gegen sie spricht, und den AWS-Support mit der ID der Aufgabe fragen.",
    ),
    (
        "Make an image (AMI) of the snapshot; give its name, its architecture and its boot mode.",
        "Aus dem Snapshot ein AMI machen; dazu Name, Architektur und Bootmodus angeben.",
    ),
    (
        "Copy the snapshot to another Region: send the call there.",
        "Den Snapshot in eine andere Region kopieren: den Aufruf dorthin senden.",
    ),
    (
        "There is no loop for this in {shell}: ask with the single command.",
        "Für {shell} gibt es dafür keine Schleife: mit dem einzelnen Befehl fragen.",
    ),
    (
        "These IDs do not go into a command of one line.",
        "Diese IDs passen nicht in einen einzeiligen Befehl.",
    ),
    ("{call} is no call that is known here.", "{call} ist kein hier bekannter Aufruf."),
    (
        "Structures lie too deep within each other here, or there are too many.",
        "Die Strukturen sind hier zu tief verschachtelt, oder es sind zu viele.",
    ),
    ("This stands behind the answer.", "Das steht hinter der Antwort."),
    ("line {line}", "Zeile {line}"),
    ("The text ends in the middle.", "Der Text endet mittendrin."),
    ("A name and a colon were expected here.", "Hier wurden ein Name und ein Doppelpunkt erwartet."),
    ("A value was expected here.", "Hier wurde ein Wert erwartet."),
    ("The quotation mark is never closed.", "Das Anführungszeichen wird nie geschlossen."),
    (
        "The text is longer than 4 MiB, and no answer is: paste only the answer.",
        "Der Text ist länger als 4 MiB, und das ist keine Antwort: nur die Antwort einfügen.",
    ),
    (
        "There is no text: paste what the command printed.",
        "Es gibt keinen Text: einfügen, was der Befehl ausgegeben hat.",
    ),
    ("No structure of the answer has this name here.", "Keine Struktur der Antwort heißt hier so."),
    (
        "This is no line of a table: a value that wraps or has a bar in it is better copied as JSON.",
        "Das ist keine Zeile einer Tabelle: ein Wert, der umbricht oder einen Strich enthält, wird besser als JSON kopiert.",
    ),
    (
        "No field of the answer looks like this. Text names no fields: --output json does.",
        "Kein Feld der Antwort sieht so aus. Text nennt keine Felder, --output json schon.",
    ),
    ("This XML is no answer of AWS: {reason}.", "Dieses XML ist keine Antwort von AWS: {reason}."),
    (
        "This is not well-formed XML: {error}. Copy the answer as a whole.",
        "Das ist kein wohlgeformtes XML: {error}. Die Antwort als Ganzes kopieren.",
    ),
    (
        "The elements lie too deep within each other for an answer of AWS.",
        "Die Elemente sind für eine Antwort von AWS zu tief verschachtelt.",
    ),
    ("The task waits for its turn.", "Die Aufgabe wartet, bis sie an der Reihe ist."),
    ("EC2 looks whether it can read the disk.", "EC2 prüft, ob es den Datenträger lesen kann."),
    (
        "The disk can be read; its conversion comes next.",
        "Der Datenträger ist lesbar; als Nächstes wird er umgewandelt.",
    ),
    (
        "The disk is fetched from S3 and converted: this takes longest.",
        "Der Datenträger wird aus S3 geholt und umgewandelt: das dauert am längsten.",
    ),
    (
        "The disk is converted: this takes longest.",
        "Der Datenträger wird umgewandelt: das dauert am längsten.",
    ),
    ("EC2 changes the system for its new hardware.", "EC2 passt das System an seine neue Hardware an."),
    (
        "The system is changed for its new hardware; its first start comes next.",
        "Das System ist an seine neue Hardware angepasst; als Nächstes kommt der erste Start.",
    ),
    ("EC2 prepares the first start of the machine.", "EC2 bereitet den ersten Start der Maschine vor."),
    (
        "The machine is started for the first time; for Windows this can take hours.",
        "Die Maschine wird zum ersten Mal gestartet; bei Windows kann das Stunden dauern.",
    ),
    ("The machine has started for the first time.", "Die Maschine ist zum ersten Mal gestartet."),
    ("The image is made of the converted disks.", "Aus den umgewandelten Datenträgern entsteht das AMI."),
    ("a single value", "ein einzelner Wert"),
    ("The field holds {wanted}.", "Das Feld enthält {wanted}."),
    ("The answer has no field of this name.", "Die Antwort hat kein Feld dieses Namens."),
    (
        "Nothing in this text is known here. What can be pasted: a request (a command of the AWS CLI, its JSON or YAML input, Python, curl), what AWS answered to an import, a copy or a question about one (JSON, YAML, text, table or XML), an error message of AWS, the ID of a task or snapshot, or the address of an object in S3.",
        "In diesem Text ist nichts hier Bekanntes. Eingefügt werden kann: eine Anfrage (ein Befehl der AWS CLI, seine JSON- oder YAML-Eingabe, Python, curl), was AWS auf einen Import, eine Kopie oder eine Frage danach geantwortet hat (JSON, YAML, Text, Tabelle oder XML), eine Fehlermeldung von AWS, die ID einer Aufgabe oder eines Snapshots oder die Adresse eines Objekts in S3.",
    ),
    ("the answer", "die Antwort"),
    ("Only the first {most} are shown.", "Nur die ersten {most} werden gezeigt."),
    ("{count} tasks or snapshots", "{count} Aufgaben oder Snapshots"),
    (
        "This is good news: you have the permissions, and nothing was done, because the request was a dry run. A dry run looks neither at the role nor at the object.",
        "Das ist eine gute Nachricht: die Rechte sind da, und nichts wurde getan, denn die Anfrage war ein Probelauf. Ein Probelauf prüft weder die Rolle noch das Objekt.",
    ),
    ("Send the request without the dry run.", "Die Anfrage ohne Probelauf senden."),
    (
        "You lack a permission for this call, or a policy of the organisation or of the endpoint denies it.",
        "Für diesen Aufruf fehlt ein Recht, oder eine Richtlinie der Organisation oder des Endpunkts verweigert ihn.",
    ),
    (
        "Ask for the permission that the message names, for an import also iam:PassRole on the role. An encoded message says more once it is decoded.",
        "Das Recht beantragen, das die Meldung nennt, für einen Import auch iam:PassRole auf die Rolle. Eine verschlüsselte Meldung sagt mehr, wenn sie entschlüsselt ist.",
    ),
    (
        "AWS does not know the access key: it is deleted, misspelt, of another partition (China, GovCloud), or temporary and used without its session token.",
        "AWS kennt den Zugriffsschlüssel nicht: er ist gelöscht, falsch geschrieben, aus einer anderen Partition (China, GovCloud), oder temporär und ohne sein Sitzungstoken verwendet.",
    ),
    (
        "Sign in again or renew the keys; aws sts get-caller-identity says who you are.",
        "Erneut anmelden oder die Schlüssel erneuern; aws sts get-caller-identity sagt, wer angemeldet ist.",
    ),
    (
        "The temporary credentials or the signature have expired, or the computer's clock is wrong.",
        "Die temporären Zugangsdaten oder die Signatur sind abgelaufen, oder die Uhr des Rechners geht falsch.",
    ),
    (
        "Sign in again (aws sso login), set the clock, and send the request once more.",
        "Erneut anmelden (aws sso login), die Uhr stellen und die Anfrage noch einmal senden.",
    ),
    (
        "The signature does not belong to this request: the secret key is wrong, the clock is, or the request was changed after it was signed.",
        "Die Signatur gehört nicht zu dieser Anfrage: der geheime Schlüssel oder die Uhr ist falsch, oder die Anfrage wurde nach dem Signieren geändert.",
    ),
    (
        "Enter the keys again, set the clock, and let the AWS CLI or an SDK sign.",
        "Die Schlüssel erneut eingeben, die Uhr stellen und die AWS CLI oder ein SDK signieren lassen.",
    ),
    (
        "The account may not use EC2 in this Region: it is being verified, blocked, or the Region is not enabled.",
        "Das Konto darf EC2 in dieser Region nicht verwenden: es wird geprüft, ist gesperrt, oder die Region ist nicht aktiviert.",
    ),
    (
        "Enable the Region in the account's settings, finish the verification, or write to AWS's support.",
        "Die Region in den Kontoeinstellungen aktivieren, die Prüfung abschließen, oder den AWS-Support fragen.",
    ),
    (
        "The client token was used before with other parameters.",
        "Das Client-Token wurde schon mit anderen Parametern verwendet.",
    ),
    (
        "Give a new client token, or send exactly the request it was used with.",
        "Ein neues Client-Token angeben, oder genau die Anfrage senden, mit der es verwendet wurde.",
    ),
    (
        "EC2 refuses a parameter, or two that do not go together; the message names it.",
        "EC2 lehnt einen Parameter ab, oder zwei, die nicht zusammenpassen; die Meldung nennt ihn.",
    ),
    (
        "Paste the request into this page: it marks what EC2 certainly refuses, with the way to mend it.",
        "Die Anfrage in diese Seite einfügen: sie markiert, was EC2 sicher ablehnt, mit dem Ausweg.",
    ),
    (
        "A parameter that the call needs is missing; the message names it.",
        "Ein Parameter, den der Aufruf braucht, fehlt; die Meldung nennt ihn.",
    ),
    (
        "Fill in the parameter and send the request again.",
        "Den Parameter ausfüllen und die Anfrage erneut senden.",
    ),
    (
        "EC2 does not know a parameter or the call in the API's version that was asked for.",
        "EC2 kennt einen Parameter oder den Aufruf in der verlangten Version der API nicht.",
    ),
    (
        "Use the version 2016-11-15 and the names that this page writes, and update the client.",
        "Version 2016-11-15 und die Namen verwenden, die diese Seite schreibt, und den Client aktualisieren.",
    ),
    (
        "EC2 does not do this with this resource or in this Region; the message says what.",
        "EC2 tut das nicht mit dieser Ressource oder nicht in dieser Region; die Meldung sagt, was.",
    ),
    (
        "Change what the message names, or take another Region.",
        "Ändern, was die Meldung nennt, oder eine andere Region nehmen.",
    ),
    (
        "A tag is refused: a key has up to 127 characters and does not begin with aws:, and a tag policy may demand more.",
        "Ein Tag wird abgelehnt: ein Schlüssel hat bis zu 127 Zeichen und beginnt nicht mit aws:, und eine Tag-Richtlinie kann mehr verlangen.",
    ),
    (
        "Change the tag, and give it to a resource type that the call makes.",
        "Das Tag ändern, und es einem Ressourcentyp geben, den der Aufruf erzeugt.",
    ),
    (
        "More requests were sent in a short time than the account may send.",
        "In kurzer Zeit wurden mehr Anfragen gesendet, als das Konto senden darf.",
    ),
    (
        "Wait a little and try again; ask for a task's state no more often than every thirty seconds.",
        "Kurz warten und erneut versuchen; nach dem Zustand einer Aufgabe höchstens alle dreißig Sekunden fragen.",
    ),
    ("Something went wrong on AWS's side.", "Auf der Seite von AWS ist etwas schiefgegangen."),
    (
        "Try again after some minutes; with the same client token an import is not done twice. If it goes on, give AWS's support the request's ID.",
        "Nach einigen Minuten erneut versuchen; mit demselben Client-Token läuft ein Import nicht doppelt. Hält es an, dem AWS-Support die ID der Anfrage nennen.",
    ),
    ("The client has no credentials.", "Der Client hat keine Zugangsdaten."),
    (
        "Sign in with aws configure sso or aws configure, or name the profile with --profile.",
        "Mit aws configure sso oder aws configure anmelden, oder das Profil mit --profile angeben.",
    ),
    (
        "The client does not know the Region, or its name is misspelt, or there is no way to its endpoint.",
        "Der Client kennt die Region nicht, ihr Name ist falsch geschrieben, oder ihr Endpunkt ist nicht erreichbar.",
    ),
    (
        "Give the Region with --region, and look at the proxy and the network.",
        "Die Region mit --region angeben, und Proxy und Netzwerk prüfen.",
    ),
    (
        "The AWS CLI refused the command before it sent anything: an option is misspelt, missing or of the wrong type, or the shell took a quotation mark away.",
        "Die AWS CLI hat den Befehl abgelehnt, bevor sie etwas sendete: eine Option ist falsch geschrieben, fehlt oder hat den falschen Typ, oder die Shell hat ein Anführungszeichen entfernt.",
    ),
    (
        "Copy the command from this page for your shell and your version of the CLI.",
        "Den Befehl von dieser Seite für die passende Shell und Version der CLI kopieren.",
    ),
    ("This is no row of a task.", "Das ist keine Zeile einer Aufgabe."),
    (
        "The signed URL has expired: it was signed for a time that is over, or with temporary credentials that ended before.",
        "Die signierte URL ist abgelaufen: die Zeit, für die sie signiert ist, ist vorbei, oder die temporären Zugangsdaten endeten vorher.",
    ),
    (
        "Sign a new URL that holds for long enough, with credentials that do, and send the request again.",
        "Eine neue URL signieren, die lange genug gilt, mit Zugangsdaten, die es auch tun, und die Anfrage erneut senden.",
    ),
    (
        "The client's sign-in with IAM Identity Center has expired, or there was none yet on this computer.",
        "Die Anmeldung des Clients beim IAM Identity Center ist abgelaufen, oder es gab auf diesem Rechner noch keine.",
    ),
    (
        "Sign in again with aws sso login, with --profile and the profile's name, and send the request once more.",
        "Mit aws sso login erneut anmelden, mit --profile und dem Namen des Profils, und die Anfrage noch einmal senden.",
    ),
    (
        "The AWS CLI has no profile of this name in the files config and credentials of the folder .aws.",
        "Die AWS CLI hat in den Dateien config und credentials des Ordners .aws kein Profil dieses Namens.",
    ),
    (
        "See with aws configure list-profiles what there is and give one of them with --profile, or look at the variable AWS_PROFILE.",
        "Mit aws configure list-profiles sehen, welche es gibt, und eines davon mit --profile angeben, oder die Variable AWS_PROFILE prüfen.",
    ),
    (
        "The client does not reach AWS, or gets no answer in time: a firewall, a proxy or the network lies between, or a subnet without a way to the internet.",
        "Der Client erreicht AWS nicht oder bekommt nicht rechtzeitig eine Antwort: dazwischen liegt eine Firewall, ein Proxy oder das Netzwerk, oder ein Subnetz ohne Weg ins Internet.",
    ),
    (
        "Look at the network, and at the proxy in HTTPS_PROXY; from a private subnet, EC2 needs an endpoint in the VPC. Then send the request again.",
        "Das Netzwerk und den Proxy in HTTPS_PROXY prüfen; aus einem privaten Subnetz braucht EC2 einen Endpunkt in der VPC. Dann die Anfrage erneut senden.",
    ),
    (
        "The client does not trust the certificate that it was shown. Mostly a proxy of the company puts in its own, whose issuer the client does not know.",
        "Der Client vertraut dem Zertifikat nicht, das ihm gezeigt wurde. Meist setzt ein Proxy der Firma sein eigenes ein, dessen Aussteller der Client nicht kennt.",
    ),
    (
        "Give the issuer's certificates with --ca-bundle or AWS_CA_BUNDLE, and set the clock. Do not turn the check off: keys would go to whoever answers.",
        "Die Zertifikate des Ausstellers mit --ca-bundle oder AWS_CA_BUNDLE angeben, und die Uhr stellen. Die Prüfung nicht abschalten: Schlüssel gingen an jeden, der antwortet.",
    ),
    (
        "The client's waiter saw that the task, the snapshot or the image has failed, and does not say why.",
        "Der Waiter des Clients sah, dass die Aufgabe, der Snapshot oder das Image gescheitert ist, und sagt nicht, warum.",
    ),
    (
        "Ask with describe-import-snapshot-tasks, or describe-snapshots for a copy, and paste the answer: its message tells why.",
        "Mit describe-import-snapshot-tasks fragen, bei einer Kopie mit describe-snapshots, und die Antwort einfügen: ihre Meldung sagt, warum.",
    ),
];
