//! What the rules say of an image: findings, ways out, advice.

/// In English, and in German.
pub static FINDINGS: &[(&str, &str)] = &[
    (
        "An OVA is a whole machine: only ImportImage takes it.",
        "Eine OVA ist eine ganze Maschine: nur ImportImage nimmt sie an.",
    ),
    (
        "For Windows, ImportImage installs the drivers and sets the licence; RegisterImage does neither.",
        "Bei Windows installiert ImportImage die Treiber und setzt die Lizenz; RegisterImage tut beides nicht.",
    ),
    (
        "AWS lists this Linux for ImportImage, which adds the drivers that it lacks.",
        "AWS führt dieses Linux für ImportImage auf; fehlende Treiber werden dabei ergänzt.",
    ),
    (
        "Nothing starts from this disk: as a snapshot it becomes a volume.",
        "Von diesem Datenträger startet nichts: als Snapshot wird er zu einem Volume.",
    ),
    (
        "It is not known which system is on the disk; ImportSnapshot does not look at it.",
        "Welches System auf dem Datenträger liegt, ist nicht bekannt; ImportSnapshot prüft es nicht.",
    ),
    (
        "ImportImage may fail at what is on the disk; ImportSnapshot does not look at it.",
        "ImportImage kann am Inhalt des Datenträgers scheitern; ImportSnapshot prüft ihn nicht.",
    ),
    (
        "ImportImage refuses the image; ImportSnapshot takes the disk as it is.",
        "ImportImage lehnt das Abbild ab; ImportSnapshot nimmt den Datenträger, wie er ist.",
    ),
    ("ImportSnapshot refuses the image.", "ImportSnapshot lehnt das Abbild ab."),
    (
        "After ImportSnapshot, RegisterImage makes an image that instances start from.",
        "Nach ImportSnapshot macht RegisterImage daraus ein AMI, von dem Instanzen starten.",
    ),
    ("Neither call takes the image as it is.", "Keiner der beiden Aufrufe nimmt das Abbild, wie es ist."),
    (
        "Nothing that is known here is in the file, so neither call is advised; ImportSnapshot would copy its bytes as they are.",
        "Die Datei enthält nichts, was hier bekannt ist; daher wird keiner der beiden Aufrufe empfohlen. ImportSnapshot würde ihre Bytes kopieren, wie sie sind.",
    ),
    (
        "The disk starts by UEFI only: ask for the boot mode uefi.",
        "Der Datenträger startet nur über UEFI: als Bootmodus uefi angeben.",
    ),
    (
        "Set BootMode to uefi in ImportImage, or in RegisterImage after ImportSnapshot.",
        "BootMode in ImportImage, oder nach ImportSnapshot in RegisterImage, auf uefi setzen.",
    ),
    (
        "The disk starts by UEFI and by BIOS: ImportImage takes legacy-bios or uefi, RegisterImage also uefi-preferred.",
        "Der Datenträger startet über UEFI und über BIOS: ImportImage nimmt legacy-bios oder uefi, RegisterImage auch uefi-preferred.",
    ),
    (
        "No active partition, BIOS-boot partition or EFI system partition was found: this looks like a data disk.",
        "Weder eine aktive Partition noch eine BIOS-Boot- oder EFI-Systempartition wurde gefunden: das sieht nach einem Datenvolume aus.",
    ),
    (
        "Import a data disk with ImportSnapshot; ImportImage is for a machine's root disk.",
        "Ein Datenvolume mit ImportSnapshot importieren; ImportImage ist für den Systemdatenträger einer Maschine.",
    ),
    (
        "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI): a new machine knows no other.",
        "Die EFI-Systempartition hat keinen Fallback-Bootloader (EFI/BOOT/BOOTX64.EFI): eine neue Maschine kennt keinen anderen.",
    ),
    (
        "On the machine, install it (grub-install --removable, or copy the distribution's loader there), and export again.",
        "Den Bootloader auf der Maschine installieren (grub-install --removable, oder den Loader der Distribution dorthin kopieren) und erneut exportieren.",
    ),
    (
        "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI); started by UEFI, the machine may find nothing.",
        "Die EFI-Systempartition hat keinen Fallback-Bootloader (EFI/BOOT/BOOTX64.EFI); über UEFI gestartet, findet die Maschine möglicherweise nichts.",
    ),
    (
        "Install the fallback loader on the machine, or ask for the boot mode legacy-bios if the disk has one.",
        "Den Fallback-Bootloader auf der Maschine installieren, oder den Bootmodus legacy-bios angeben, falls der Datenträger ihn hat.",
    ),
    (
        "More than one boot loader configuration was found: {paths}.",
        "Mehrere Konfigurationen des Bootloaders gefunden: {paths}.",
    ),
    (
        "Keep the one that the machine starts by, and remove the others.",
        "Die Konfiguration behalten, mit der die Maschine startet, und die anderen entfernen.",
    ),
    (
        "GRUB takes its entries from loader/entries ({entries}), and its environment names no default kernel.",
        "GRUB nimmt seine Einträge aus loader/entries ({entries}), und seine Umgebung nennt keinen Standardkernel.",
    ),
    (
        "On the machine, choose one (grub2-set-default, or grubby --set-default), and export again.",
        "Auf der Maschine einen festlegen (grub2-set-default oder grubby --set-default) und erneut exportieren.",
    ),
    (
        "There seems to be more than one operating system on the disk ({systems}); ImportImage does not support that.",
        "Auf dem Datenträger scheint mehr als ein Betriebssystem zu liegen ({systems}); ImportImage unterstützt das nicht.",
    ),
    (
        "Remove one of them, or import the disk with ImportSnapshot.",
        "Eines davon entfernen, oder den Datenträger mit ImportSnapshot importieren.",
    ),
    (
        "If no boot mode is given, ImportImage may choose legacy-bios for this Windows disk and turn its GPT into an MBR.",
        "Ohne Angabe eines Bootmodus kann ImportImage für diesen Windows-Datenträger legacy-bios wählen und seine GPT in einen MBR umwandeln.",
    ),
    ("Set BootMode to uefi.", "BootMode auf uefi setzen."),
    (
        "Convert the disk with mbr2gpt on the machine, and export it again.",
        "Den Datenträger auf der Maschine mit mbr2gpt umwandeln und erneut exportieren.",
    ),
    (
        "EC2 does not import {format} images: it takes streamOptimized VMDK, VHD, VHDX, raw disks and OVA.",
        "EC2 importiert keine {format}-Abbilder, sondern VMDK (streamOptimized), VHD, VHDX, Rohabbilder und OVA.",
    ),
    (
        "Convert it with the program that wrote it, or copy the disk from a running machine.",
        "Mit dem Programm umwandeln, das es geschrieben hat, oder den Datenträger einer laufenden Maschine kopieren.",
    ),
    (
        "This is a {format} image: a disc to install from, not the disk of a machine.",
        "Das ist ein {format}-Abbild: ein Installationsmedium, nicht der Datenträger einer Maschine.",
    ),
    (
        "Install the system from it into a virtual machine, and import that machine's disk.",
        "Das System davon in eine virtuelle Maschine installieren und deren Datenträger importieren.",
    ),
    (
        "The file is compressed ({format}) and holds {holds}; EC2 does not decompress.",
        "Die Datei ist komprimiert ({format}) und enthält {holds}; EC2 entpackt nicht.",
    ),
    (
        "Decompressed, it must be converted as well: it holds {holds}.",
        "Entpackt muss sie außerdem umgewandelt werden: sie enthält {holds}.",
    ),
    ("Decompress it and drop what comes out here.", "Entpacken und das Ergebnis hier ablegen."),
    (
        "The file is a tar archive without an OVF descriptor, so it is not an OVA.",
        "Die Datei ist ein tar-Archiv ohne OVF-Deskriptor, also keine OVA.",
    ),
    (
        "This is only the descriptor (OVF) of a machine; its disks are other files.",
        "Das ist nur der Deskriptor (OVF) einer Maschine; ihre Datenträger sind andere Dateien.",
    ),
    (
        "Import its disks one by one, or pack descriptor and disks into one OVA (the descriptor first) with tar or ovftool.",
        "Die Datenträger einzeln importieren, oder Deskriptor und Datenträger mit tar oder ovftool zu einer OVA packen (den Deskriptor zuerst).",
    ),
    ("The file is empty.", "Die Datei ist leer."),
    (
        "Export or download it again, and look whether the disk it was written to is full.",
        "Erneut exportieren oder herunterladen und prüfen, ob das Ziellaufwerk voll ist.",
    ),
    (
        "Nothing known was found in the file: it is no known disk image, and has neither a partition table nor a known file system.",
        "In der Datei wurde nichts Bekanntes gefunden: sie ist kein bekanntes Datenträgerabbild und hat weder eine Partitionstabelle noch ein bekanntes Dateisystem.",
    ),
    (
        "Look whether it is the right file. Only if it is a raw disk with content that is not known here, import it with ImportSnapshot and the format RAW, which takes any bytes.",
        "Prüfen, ob es die richtige Datei ist. Nur wenn es ein Rohabbild mit hier unbekanntem Inhalt ist, mit ImportSnapshot und dem Format RAW importieren, das beliebige Bytes nimmt.",
    ),
    (
        "This disk holds only what differs from {parent}: alone it is not the whole disk.",
        "Dieser Datenträger enthält nur die Unterschiede zu {parent}: allein ist er nicht der ganze Datenträger.",
    ),
    (
        "Merge it with the disks it builds on in the program that made it (Hyper-V: Convert-VHD; VirtualBox: clonemedium; VMware: consolidate the snapshots), and import the result.",
        "Im Programm, das ihn erzeugt hat, mit den zugrunde liegenden Datenträgern zusammenführen (Hyper-V: Convert-VHD; VirtualBox: clonemedium; VMware: Snapshots konsolidieren) und das Ergebnis importieren.",
    ),
    (
        "This is one of several files that only together are a {format} image.",
        "Das ist eine von mehreren Dateien, die nur zusammen ein {format}-Abbild ergeben.",
    ),
    (
        "Join or convert them with the program that wrote them, and import the result.",
        "Mit dem Programm, das sie geschrieben hat, zusammenfügen oder umwandeln und das Ergebnis importieren.",
    ),
    (
        "The data lies in another file, {name}, which is not here.",
        "Die Daten liegen in einer anderen Datei, {name}, die hier fehlt.",
    ),
    ("Choose both files together.", "Beide Dateien zusammen wählen."),
    (
        "The image keeps {count} snapshots inside itself; only the current state is converted.",
        "Das Abbild enthält {count} eigene Snapshots; umgewandelt wird nur der aktuelle Stand.",
    ),
    (
        "The first bytes look like {other}, but the rest is a raw disk: declare the format, do not let a program guess it.",
        "Die ersten Bytes sehen nach {other} aus, der Rest ist aber ein Rohabbild: das Format angeben, nicht ein Programm raten lassen.",
    ),
    ("raw disk", "Rohabbild"),
    ("something that could not be looked at", "etwas, das sich nicht untersuchen ließ"),
    ("no disk image that is known here", "kein hier bekanntes Abbild"),
    ("a raw disk", "ein Rohabbild"),
    ("an OVA", "eine OVA"),
    ("a {format} image ({subformat})", "ein {format}-Abbild ({subformat})"),
    ("a {format} image", "ein {format}-Abbild"),
    ("another disk", "einem anderen Datenträger"),
    (
        "Install the driver on the machine and put it into its initramfs, and export again.",
        "Den Treiber auf der Maschine installieren, in ihr initramfs aufnehmen und erneut exportieren.",
    ),
    (
        "The driver {driver} was not found for the kernel {kernels}: on instance types that need it the machine may not find its disk.",
        "Der Treiber {driver} wurde für den Kernel {kernels} nicht gefunden: auf Instanztypen, die ihn brauchen, findet die Maschine möglicherweise ihren Datenträger nicht.",
    ),
    (
        "The driver {driver} was not found for the kernel {kernels}: on instance types that need it the machine may not be reached.",
        "Der Treiber {driver} wurde für den Kernel {kernels} nicht gefunden: auf Instanztypen, die ihn brauchen, ist die Maschine möglicherweise nicht erreichbar.",
    ),
    (
        "No initramfs was found for the kernel {kernel}: AWS reads from it which drivers the system brings.",
        "Für den Kernel {kernel} wurde kein initramfs gefunden: daraus liest AWS, welche Treiber das System mitbringt.",
    ),
    (
        "On the machine, make one (update-initramfs -c -k all, or dracut --regenerate-all), and export again.",
        "Auf der Maschine eines erzeugen (update-initramfs -c -k all oder dracut --regenerate-all) und erneut exportieren.",
    ),
    (
        "The system has no /etc/fstab, which ImportImage reads and rewrites.",
        "Das System hat keine /etc/fstab, die ImportImage liest und umschreibt.",
    ),
    (
        "Write one on the machine before the export, or use ImportSnapshot and register an image from the snapshot.",
        "Vor dem Export auf der Maschine eine anlegen, oder ImportSnapshot verwenden und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "/etc/fstab names {devices}, but disks have other names on EC2 (nvme0n1, xvda).",
        "/etc/fstab nennt {devices}, auf EC2 heißen Datenträger aber anders (nvme0n1, xvda).",
    ),
    (
        "Name them by UUID (blkid shows it) before the export. ImportImage rewrites such lines, ImportSnapshot does not.",
        "Vor dem Export durch UUIDs ersetzen (blkid zeigt sie). ImportImage schreibt solche Zeilen um, ImportSnapshot nicht.",
    ),
    (
        "{place} is encrypted ({scheme}); ImportImage does not take machines with encrypted volumes.",
        "{place}: verschlüsselt ({scheme}); ImportImage nimmt keine Maschinen mit verschlüsselten Volumes.",
    ),
    (
        "Decrypt it before the export and let EBS encrypt the volume instead; or import it as a snapshot, when it can be unlocked on the instance.",
        "Vor dem Export entschlüsseln und stattdessen EBS das Volume verschlüsseln lassen; oder als Snapshot importieren, wenn es sich auf der Instanz entsperren lässt.",
    ),
    (
        "The image itself is encrypted ({scheme}); without its key nobody can read the disk.",
        "Das Abbild selbst ist verschlüsselt ({scheme}); ohne den Schlüssel kann niemand den Datenträger lesen.",
    ),
    (
        "Decrypt it with the program that wrote it, and let EBS encrypt the volume instead.",
        "Mit dem Programm entschlüsseln, das es geschrieben hat, und stattdessen EBS das Volume verschlüsseln lassen.",
    ),
    ("The whole disk", "Ganzer Datenträger"),
    ("Partition {index}", "Partition {index}"),
    (
        "ImportImage reads a system from ext2/3/4, XFS, Btrfs, JFS or NTFS; this disk has {found}.",
        "ImportImage liest Systeme von ext2/3/4, XFS, Btrfs, JFS oder NTFS; dieser Datenträger hat {found}.",
    ),
    (
        "Import it with ImportSnapshot and, if it starts by itself, register an image from the snapshot.",
        "Mit ImportSnapshot importieren und, falls er selbst startet, aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "No known file system was found in the partitions, so ImportImage may not find a system either.",
        "In den Partitionen wurde kein bekanntes Dateisystem gefunden; auch ImportImage findet dort möglicherweise kein System.",
    ),
    (
        "If the disk starts by itself, import it with ImportSnapshot and register an image from the snapshot.",
        "Falls der Datenträger selbst startet: mit ImportSnapshot importieren und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "{place} is Btrfs and has the system in a subvolume ({subvolume}), which ImportImage does not support.",
        "{place}: Btrfs mit dem System in einem Subvolume ({subvolume}), was ImportImage nicht unterstützt.",
    ),
    (
        "Import it with ImportSnapshot and register an image from the snapshot.",
        "Mit ImportSnapshot importieren und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "Partition {index} is Btrfs: ImportImage supports it only without subvolumes, and most installers make some.",
        "Partition {index} ist Btrfs: ImportImage unterstützt es nur ohne Subvolumes, und die meisten Installationsprogramme legen welche an.",
    ),
    (
        "Partition {index} belongs to a software RAID: ImportImage may not find a system on one of its disks alone.",
        "Partition {index} gehört zu einem Software-RAID: auf einem seiner Datenträger allein findet ImportImage möglicherweise kein System.",
    ),
    (
        "Import all disks of the array with ImportSnapshot, or move the system off the array.",
        "Alle Datenträger des Verbunds mit ImportSnapshot importieren, oder das System vom RAID herunternehmen.",
    ),
    (
        "The volume group {group} also needs {missing} of other disks (physical volumes), which are not on this one.",
        "Die Volumegruppe {group} braucht außerdem {missing} weitere physische Volumes von anderen Datenträgern, die hier nicht liegen.",
    ),
    (
        "Import all disks of the machine in one request, or move the group onto one disk (pvmove, vgreduce) before the export.",
        "Alle Datenträger der Maschine in einer Anfrage importieren, oder die Gruppe vor dem Export auf einen Datenträger verschieben (pvmove, vgreduce).",
    ),
    ("{place} has a damaged volume: {reason}.", "{place}: beschädigtes Volume: {reason}."),
    (
        "Check the file system on the machine (fsck, chkdsk), shut it down, and export it again.",
        "Das Dateisystem auf der Maschine prüfen (fsck, chkdsk), sie herunterfahren und erneut exportieren.",
    ),
    ("{place} was not unmounted: {evidence}.", "{place}: nicht ausgehängt: {evidence}."),
    (
        "Shut the machine down, so that its file systems are unmounted, and export it again.",
        "Die Maschine herunterfahren, damit ihre Dateisysteme ausgehängt werden, und erneut exportieren.",
    ),
    ("{place} was not shut down cleanly: {evidence}.", "{place}: nicht sauber heruntergefahren: {evidence}."),
    (
        "Shut the machine down fully (shutdown /s /f /t 0, with fast startup off) and export it again.",
        "Die Maschine vollständig herunterfahren (shutdown /s /f /t 0, Schnellstart aus) und erneut exportieren.",
    ),
    ("only {names}", "nur {names}"),
    (
        "The file is cut off: what lies beyond its end is part of this: {structure}{needed}.",
        "Die Datei ist abgeschnitten: hinter ihrem Ende liegt ein Teil hiervon: {structure}{needed}.",
    ),
    (
        "Wait until the export has ended, or copy or download the file again and compare its size and checksum with the original's.",
        "Warten, bis der Export fertig ist, oder die Datei erneut kopieren oder herunterladen und Größe und Prüfsumme mit dem Original vergleichen.",
    ),
    (
        "The file ends without its {structure}: the program that wrote it was not done, or the file was cut.",
        "Die Datei endet ohne „{structure}“: das schreibende Programm war nicht fertig, oder die Datei wurde abgeschnitten.",
    ),
    (
        "The image is damaged: {field} at offset {offset}: {reason}.",
        "Das Abbild ist beschädigt: {field} bei Offset {offset}: {reason}.",
    ),
    (
        "Copy or download the file again; if it is damaged at its origin, export it again.",
        "Die Datei erneut kopieren oder herunterladen; ist schon das Original beschädigt, erneut exportieren.",
    ),
    (
        "The image is damaged in part: {field} at offset {offset}: {reason}.",
        "Das Abbild ist teilweise beschädigt: {field} bei Offset {offset}: {reason}.",
    ),
    (
        "The image could not be looked into: {field} at offset {offset}: {reason}.",
        "Das Abbild ließ sich nicht untersuchen: {field} bei Offset {offset}: {reason}.",
    ),
    (
        "Nothing was checked behind that point; EC2 may take the image or refuse it.",
        "Dahinter wurde nichts geprüft; EC2 kann das Abbild annehmen oder ablehnen.",
    ),
    (
        "The file was copied in text mode (as FTP does), which changes bytes all over it.",
        "Die Datei wurde im Textmodus kopiert (etwa per FTP); dabei ändern sich überall Bytes.",
    ),
    (
        "Copy it again in binary mode; this copy cannot be repaired.",
        "Erneut im Binärmodus kopieren; diese Kopie lässt sich nicht reparieren.",
    ),
    (
        "The {structure} at offset {offset} is bad ({reason}); the other copy is good and was read.",
        "„{structure}“ bei Offset {offset} ist fehlerhaft ({reason}); die andere Kopie ist in Ordnung und wurde gelesen.",
    ),
    (
        "Open and close the disk in the program that wrote it: it repairs the copy.",
        "Den Datenträger im Programm öffnen und schließen, das ihn geschrieben hat: es repariert die Kopie.",
    ),
    (
        "The checksum of the {structure} at offset {offset} is wrong, although it reads well otherwise.",
        "Die Prüfsumme von „{structure}“ bei Offset {offset} ist falsch; ansonsten liest es sich fehlerfrei.",
    ),
    (
        "Copy the file again, or convert it with the program that wrote it.",
        "Die Datei erneut kopieren, oder mit dem Programm umwandeln, das sie geschrieben hat.",
    ),
    (
        "The disk was not closed properly: {evidence}. The machine may still be running, or the program ended early.",
        "Der Datenträger wurde nicht ordentlich geschlossen: {evidence}. Die Maschine läuft vielleicht noch, oder das Programm endete vorzeitig.",
    ),
    (
        "Shut the machine down, let the program that wrote the disk open and close it, and export it again.",
        "Die Maschine herunterfahren, den Datenträger im Programm öffnen und schließen, das ihn geschrieben hat, und erneut exportieren.",
    ),
    (
        "The program that wrote the image has marked it as corrupt.",
        "Das Programm, das das Abbild geschrieben hat, hat es als beschädigt markiert.",
    ),
    (
        "Check it with qemu-img check and restore it from a backup if that finds errors.",
        "Mit qemu-img check prüfen und bei Fehlern aus einer Sicherung wiederherstellen.",
    ),
    (
        "The machine was suspended, not shut down: what was in its memory is not on this disk.",
        "Die Maschine wurde angehalten, nicht heruntergefahren: ihr Speicherinhalt liegt nicht auf diesem Datenträger.",
    ),
    (
        "Resume the machine, shut it down, and export it again.",
        "Die Maschine fortsetzen, herunterfahren und erneut exportieren.",
    ),
    (
        "The image uses a feature that is not known here: {name}. What it holds cannot be told for certain.",
        "Das Abbild nutzt eine hier unbekannte Eigenschaft: {name}. Sein Inhalt lässt sich nicht sicher bestimmen.",
    ),
    ("Convert it with the program that wrote it.", "Mit dem Programm umwandeln, das es geschrieben hat."),
    (
        "{count} bytes follow the end of the image; they belong to nothing.",
        "Auf das Ende des Abbilds folgen {count} Byte, die zu nichts gehören.",
    ),
    (" (at least {missing} are missing)", " (mindestens {missing} fehlen)"),
    (
        "The file's name ends in .{ending}, but its bytes are {format}.",
        "Der Dateiname endet auf .{ending}, die Bytes sind aber {format}.",
    ),
    (
        "In the request, declare the format {declared}: EC2 goes by what is declared. Better rename the file, too.",
        "In der Anfrage das Format {declared} angeben: EC2 richtet sich danach. Besser auch die Datei umbenennen.",
    ),
    (
        "Look whether it is the right file; renaming it does not change what it is.",
        "Prüfen, ob es die richtige Datei ist; Umbenennen ändert nicht, was sie ist.",
    ),
    ("of no known format", "von keinem bekannten Format"),
    ("those of a raw disk", "die eines Rohabbilds"),
    ("those of {other}", "die von {other}"),
    ("the disk starts only by BIOS", "der Datenträger startet nur über BIOS"),
    ("the disk starts only by UEFI", "der Datenträger startet nur über UEFI"),
    (
        "Unpack the archive and pack it again: the .ovf first, then the disks, all without folders (tar --format=ustar), or with ovftool.",
        "Das Archiv entpacken und neu packen: zuerst die .ovf, dann die Datenträger, alle ohne Ordner (tar --format=ustar), oder mit ovftool.",
    ),
    (
        "Export the machine again as one OVA, with uncompressed streamOptimized disks in whole files.",
        "Die Maschine erneut als eine OVA exportieren, mit unkomprimiert abgelegten streamOptimized-Datenträgern in ganzen Dateien.",
    ),
    (
        "ImportSnapshot takes one disk (VHD, VMDK or RAW), not an OVA.",
        "ImportSnapshot nimmt einen Datenträger (VHD, VMDK oder RAW), keine OVA.",
    ),
    (
        "Unpack it (tar -xf) and import its disks one by one, or use ImportImage.",
        "Entpacken (tar -xf) und die Datenträger einzeln importieren, oder ImportImage verwenden.",
    ),
    (
        "The archive has no member that ends in .ovf, so it is no OVA.",
        "Kein Mitglied des Archivs endet auf .ovf; es ist also keine OVA.",
    ),
    (
        "The disk {name} is cut into chunks inside the archive.",
        "Der Datenträger {name} ist im Archiv in Stücke geteilt.",
    ),
    (
        "The disk {name} is named by the descriptor, but is not in the archive.",
        "Der Deskriptor nennt den Datenträger {name}, er fehlt aber im Archiv.",
    ),
    (
        "The archive has {count} disks; ImportImage fails with more than 21 volumes.",
        "Das Archiv hat {count} Datenträger; ImportImage scheitert bei mehr als 21 Volumes.",
    ),
    (
        "Import the machine with its first disks, and the others one by one with ImportSnapshot.",
        "Die Maschine mit ihren ersten Datenträgern importieren, die übrigen einzeln mit ImportSnapshot.",
    ),
    (
        "The disk {name} in the archive would be refused ({codes}): {message}",
        "Der Datenträger {name} im Archiv würde abgelehnt ({codes}): {message}",
    ),
    (
        "Mend the disk as its own findings say, and pack the archive again.",
        "Den Datenträger nach seinen eigenen Befunden in Ordnung bringen und das Archiv neu packen.",
    ),
    (
        "The disk {name} in the archive has a warning ({codes}): {message}",
        "Zum Datenträger {name} im Archiv gibt es eine Warnung ({codes}): {message}",
    ),
    ("Read the disk's own findings.", "Die Befunde des Datenträgers selbst lesen."),
    (
        "The disk {name} in the archive is {format}; AWS's pages do not say that an OVA may hold other disks than streamOptimized VMDK.",
        "Der Datenträger {name} im Archiv ist {format}; die AWS-Seiten sagen nicht, dass eine OVA andere Datenträger als streamOptimized-VMDK enthalten darf.",
    ),
    (
        "Convert it to a streamOptimized VMDK and pack the archive again, or import the disk alone.",
        "In ein streamOptimized-VMDK umwandeln und das Archiv neu packen, oder den Datenträger allein importieren.",
    ),
    (
        "The archive has a descriptor, but no disk.",
        "Das Archiv hat einen Deskriptor, aber keinen Datenträger.",
    ),
    ("The descriptor could not be read: {name}.", "Der Deskriptor ließ sich nicht lesen: {name}."),
    (
        "The archive has more than one descriptor: {names}.",
        "Das Archiv hat mehr als einen Deskriptor: {names}.",
    ),
    (
        "The descriptor is not the first file of the archive, as the standard asks.",
        "Der Deskriptor ist nicht die erste Datei des Archivs, wie es der Standard verlangt.",
    ),
    (
        "The disk {name} is compressed inside the archive; AWS's pages do not say that it is taken.",
        "Der Datenträger {name} ist im Archiv komprimiert; die AWS-Seiten sagen nicht, dass das angenommen wird.",
    ),
    (
        "The file {name} is named by the descriptor, but is not in the archive.",
        "Der Deskriptor nennt die Datei {name}, sie fehlt aber im Archiv.",
    ),
    (
        "Detach it from the machine (CD drive, NVRAM) and export again.",
        "Von der Maschine trennen (CD-Laufwerk, NVRAM) und erneut exportieren.",
    ),
    (
        "The descriptor says that {name} has {declared} bytes, the archive has {actual}.",
        "Laut Deskriptor hat {name} {declared} Byte, im Archiv {actual}.",
    ),
    (
        "The descriptor says that the disk in {name} has {declared} bytes, the disk itself says {actual}.",
        "Laut Deskriptor hat der Datenträger in {name} {declared} Byte, er selbst nennt {actual}.",
    ),
    (
        "Write the disk's own capacity into the descriptor (and its new digest into the manifest), or export again.",
        "Die eigene Kapazität des Datenträgers in den Deskriptor eintragen (und dessen neue Prüfsumme ins Manifest), oder erneut exportieren.",
    ),
    (
        "{name} does not have the {algorithm} digest that the manifest says: it was changed or damaged.",
        "{name} hat nicht die {algorithm}-Prüfsumme, die das Manifest nennt: die Datei wurde geändert oder beschädigt.",
    ),
    (
        "If the descriptor was edited on purpose, write its new digest into the .mf file or leave the .mf out; otherwise copy the archive again.",
        "Wurde der Deskriptor absichtlich geändert: die neue Prüfsumme in die .mf-Datei eintragen oder diese weglassen; sonst das Archiv erneut kopieren.",
    ),
    (
        "The manifest names {names}, which the archive does not hold.",
        "Das Manifest nennt {names}, was im Archiv fehlt.",
    ),
    (
        "Take the lines of files that were left out on purpose out of the .mf file, or leave the .mf out; otherwise export again.",
        "Zeilen absichtlich weggelassener Dateien aus der .mf-Datei nehmen oder diese weglassen; sonst erneut exportieren.",
    ),
    (
        "The archive describes {count} machines; ImportImage makes one image.",
        "Das Archiv beschreibt {count} Maschinen; ImportImage macht ein AMI.",
    ),
    ("Export each machine on its own.", "Jede Maschine für sich exportieren."),
    (
        "The disk {name} holds only the difference to another disk of the archive.",
        "Der Datenträger {name} enthält nur die Unterschiede zu einem anderen des Archivs.",
    ),
    (
        "Consolidate the machine's snapshots and export it again.",
        "Die Snapshots der Maschine konsolidieren und erneut exportieren.",
    ),
    (
        "The descriptor asks for {firmware} firmware, but {disk}.",
        "Der Deskriptor verlangt {firmware}-Firmware, aber {disk}.",
    ),
    (
        "Set BootMode to what the machine really starts by.",
        "BootMode auf das setzen, womit die Maschine wirklich startet.",
    ),
    (
        "The archive's files lie in folders or begin with ./; the standard has them flat.",
        "Die Dateien des Archivs liegen in Ordnern oder beginnen mit ./; der Standard sieht sie ohne Ordner vor.",
    ),
    (
        "The archive also holds {names}, of which nothing is imported.",
        "Das Archiv enthält auch {names}; davon wird nichts importiert.",
    ),
    (
        "The manifest has no digest of {names}: damage to what it does not name cannot be seen by it.",
        "Das Manifest hat keine Prüfsumme von {names}: was es nicht nennt, lässt sich damit nicht auf Schäden prüfen.",
    ),
    (
        "The archive lacks its closing zero blocks; if nothing else is missing, that does no harm.",
        "Dem Archiv fehlen die abschließenden Nullblöcke; fehlt sonst nichts, schadet das nicht.",
    ),
    (
        "The disk {name} has no file: a blank disk, which is better made in EBS.",
        "Der Datenträger {name} hat keine Datei: ein leerer Datenträger, der besser in EBS angelegt wird.",
    ),
    (
        "The descriptor is written as VMware did before OVF was a standard.",
        "Der Deskriptor ist so geschrieben, wie VMware es tat, bevor OVF ein Standard war.",
    ),
    (
        "The disk has no partition table: {content}.",
        "Der Datenträger hat keine Partitionstabelle: {content}.",
    ),
    (
        "As a data volume, import it with ImportSnapshot. To start a machine from it, it needs a partition table and a boot loader.",
        "Als Datenvolume mit ImportSnapshot importieren. Um eine Maschine davon zu starten, braucht er eine Partitionstabelle und einen Bootloader.",
    ),
    (
        "The disk's partition table has no partitions.",
        "Die Partitionstabelle des Datenträgers enthält keine Partitionen.",
    ),
    (
        "Look whether it is the right disk; a blank volume is created in EBS without an import.",
        "Prüfen, ob es der richtige Datenträger ist; ein leeres Volume legt EBS ohne Import an.",
    ),
    (
        "The disk has an Apple partition map; ImportImage takes MBR and GPT.",
        "Der Datenträger hat eine Apple Partition Map; ImportImage nimmt MBR und GPT.",
    ),
    ("Import it with ImportSnapshot as a data volume.", "Mit ImportSnapshot als Datenvolume importieren."),
    (
        "Partition {index} ends at {end}, beyond the disk's {size}: the image was probably cut.",
        "Partition {index} endet bei {end}, hinter dem Ende des Datenträgers ({size}): das Abbild wurde wohl abgeschnitten.",
    ),
    (
        "Copy or export the disk again and compare its size with the original's.",
        "Den Datenträger erneut kopieren oder exportieren und die Größe mit dem Original vergleichen.",
    ),
    ("The partition table is damaged: {reason}.", "Die Partitionstabelle ist beschädigt: {reason}."),
    (
        "Repair it on the machine (gdisk, or sfdisk --verify to look) and export the disk again.",
        "Auf der Maschine reparieren (gdisk; ansehen mit sfdisk --verify) und den Datenträger erneut exportieren.",
    ),
    (
        "The {copy} copy of the GPT is bad ({reason}); the other is good and was read.",
        "Die Kopie „{copy}“ der GPT ist fehlerhaft ({reason}); die andere ist in Ordnung und wurde gelesen.",
    ),
    (
        "Repair it with gdisk (command w writes both copies) before the export.",
        "Vor dem Export mit gdisk reparieren (Befehl w schreibt beide Kopien).",
    ),
    (
        "The disk was grown after it was partitioned: the backup GPT is not at its end. Systems repair that themselves.",
        "Der Datenträger wurde nach dem Partitionieren vergrößert: die Sicherungskopie der GPT liegt nicht am Ende. Systeme beheben das selbst.",
    ),
    (
        "The disk has a GPT, but the protective MBR in its first sector is missing: most programs see no partitions.",
        "Der Datenträger hat eine GPT, aber im ersten Sektor fehlt der schützende MBR: die meisten Programme sehen keine Partitionen.",
    ),
    (
        "Write the table again with gdisk (command w) before the export.",
        "Die Tabelle vor dem Export mit gdisk neu schreiben (Befehl w).",
    ),
    (
        "The MBR lists partitions besides the protective one (hybrid MBR): programs disagree about which table counts.",
        "Der MBR führt neben der schützenden weitere Partitionen auf (hybrider MBR): Programme sind uneins, welche Tabelle gilt.",
    ),
    (
        "The disk was written for sectors of {bytes} bytes; EBS volumes have sectors of 512, on which its partitions may not be found.",
        "Der Datenträger wurde für Sektoren mit {bytes} Byte geschrieben; EBS-Volumes haben Sektoren mit 512, auf denen seine Partitionen möglicherweise nicht gefunden werden.",
    ),
    (
        "Copy the system to a disk with 512-byte sectors (a conversion alone does not change its partition table).",
        "Das System auf einen Datenträger mit 512-Byte-Sektoren kopieren (Umwandeln allein ändert die Partitionstabelle nicht).",
    ),
    (
        "The disk is a dynamic disk of Windows (LDM), which ImportImage may not start.",
        "Der Datenträger ist ein dynamischer Datenträger von Windows (LDM), den ImportImage möglicherweise nicht startet.",
    ),
    (
        "Copy the system to a basic disk before the export.",
        "Das System vor dem Export auf einen Basisdatenträger kopieren.",
    ),
    ("{content} fills it from its first sector", "{content} füllt ihn ab dem ersten Sektor"),
    (
        "it is blank, or what fills it is not known here",
        "er ist leer, oder sein Inhalt ist hier nicht bekannt",
    ),
    (
        "Convert the disk to a raw one and write it into a snapshot with the EBS direct APIs (coldsnap upload), which do not have this limit.",
        "In ein Rohabbild umwandeln und über die EBS Direct APIs in einen Snapshot schreiben (coldsnap upload), für die diese Grenze nicht gilt.",
    ),
    (
        "The disk has {size}; disk images must be smaller than 16 TiB.",
        "Der Datenträger hat {size}; Abbilder müssen kleiner als 16 TiB sein.",
    ),
    (
        "The disk has {size}; no EBS volume is larger than 64 TiB.",
        "Der Datenträger hat {size}; kein EBS-Volume ist größer als 64 TiB.",
    ),
    (
        "Make the disk smaller, or split what it holds over several disks.",
        "Den Datenträger verkleinern, oder seinen Inhalt auf mehrere verteilen.",
    ),
    (
        "The disk has {size}; ImportImage takes disks smaller than 8 TiB.",
        "Der Datenträger hat {size}; ImportImage nimmt Datenträger unter 8 TiB.",
    ),
    (
        "Import it with ImportSnapshot, or write it with the EBS direct APIs (coldsnap).",
        "Mit ImportSnapshot importieren, oder über die EBS Direct APIs schreiben (coldsnap).",
    ),
    (
        "The disk has {size}; above 8 TiB AWS asks for a manifest, which ImportSnapshot has no way to take, so it may refuse.",
        "Der Datenträger hat {size}; über 8 TiB verlangt AWS ein Manifest, das ImportSnapshot nicht entgegennehmen kann; es kann daher ablehnen.",
    ),
    (
        "The disk has {size}, but its MBR reaches only 2 TiB: the rest cannot be in a partition.",
        "Der Datenträger hat {size}, sein MBR reicht aber nur bis 2 TiB: der Rest kann in keiner Partition liegen.",
    ),
    (
        "Convert the partition table to GPT (sgdisk --mbrtogpt, or mbr2gpt on Windows) before the export.",
        "Die Partitionstabelle vor dem Export in GPT umwandeln (sgdisk --mbrtogpt, unter Windows mbr2gpt).",
    ),
    (
        "The {what} has {bytes} bytes, which is not a multiple of 512: a disk has whole sectors, so the file may be cut.",
        "Größe von {what}: {bytes} Byte, kein Vielfaches von 512. Ein Datenträger hat ganze Sektoren; die Datei ist vielleicht abgeschnitten.",
    ),
    (
        "Compare its size with the original's; if it is right, extend the file with zeros to a whole MiB ({whole} bytes).",
        "Die Größe mit der des Originals vergleichen; stimmt sie, die Datei mit Nullen auf ein ganzes MiB ({whole} Byte) verlängern.",
    ),
    (
        "EBS volumes are whole GiB: a volume of this disk has at least {gib} GiB.",
        "EBS-Volumes haben ganze GiB: ein Volume dieses Datenträgers hat mindestens {gib} GiB.",
    ),
    ("The disk in this image has no bytes.", "Der Datenträger in diesem Abbild hat keine Bytes."),
    (
        "Look whether it is the right file, and export it again.",
        "Prüfen, ob es die richtige Datei ist, und erneut exportieren.",
    ),
    (
        "The system is for arm64; ImportImage takes only x86.",
        "Das System ist für arm64; ImportImage nimmt nur x86.",
    ),
    (
        "Import it with ImportSnapshot and register an image with the architecture arm64 from the snapshot.",
        "Mit ImportSnapshot importieren und aus dem Snapshot ein AMI mit der Architektur arm64 registrieren.",
    ),
    (
        "The system is a Linux for i386; ImportImage takes only 64-bit ones.",
        "Das System ist ein Linux für i386; ImportImage nimmt nur 64-Bit-Systeme.",
    ),
    (
        "Use ImportSnapshot and register an image from the snapshot.",
        "ImportSnapshot verwenden und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "The system is for i386, whose import AWS withdraws in 2026 (as of {as_of}).",
        "Das System ist für i386, dessen Import AWS 2026 einstellt (Stand: {as_of}).",
    ),
    (
        "Import a 64-bit system, or use ImportSnapshot and register an image from the snapshot.",
        "Ein 64-Bit-System importieren, oder ImportSnapshot verwenden und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "The system is for {architecture}; EC2 has x86 and arm64 machines.",
        "Das System ist für {architecture}; EC2 hat Maschinen mit x86 und arm64.",
    ),
    (
        "The disk can become a snapshot, but no machine of EC2 starts from it.",
        "Der Datenträger kann zu einem Snapshot werden, aber keine Maschine von EC2 startet davon.",
    ),
    (
        "{system} is past its end of life, and AWS withdraws it from ImportImage in 2026 (as of {as_of}).",
        "{system} hat sein Lebensende überschritten; AWS nimmt es 2026 aus ImportImage heraus (Stand: {as_of}).",
    ),
    (
        "Upgrade it before the export, or use ImportSnapshot and register an image from the snapshot.",
        "Vor dem Export aktualisieren, oder ImportSnapshot verwenden und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "{system} is not among the systems that AWS lists for ImportImage (as of {as_of}).",
        "{system} gehört nicht zu den Systemen, die AWS für ImportImage aufführt (Stand: {as_of}).",
    ),
    (
        "Use ImportSnapshot, which does not look at the system, and register an image from the snapshot.",
        "ImportSnapshot verwenden, das nicht auf das System schaut, und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "The kernels found ({kernels}) are not among those that AWS lists for {system}: {listed} (as of {as_of}).",
        "Die gefundenen Kernel ({kernels}) gehören nicht zu denen, die AWS für {system} aufführt: {listed} (Stand: {as_of}).",
    ),
    (
        "Start the machine with a listed kernel and remove the others, or use ImportSnapshot and register an image from the snapshot.",
        "Die Maschine mit einem aufgeführten Kernel starten und die anderen entfernen, oder ImportSnapshot verwenden und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "{system} is imported only in US English and only with your own licence (BYOL).",
        "{system} wird nur in US-Englisch und nur mit eigener Lizenz (BYOL) importiert.",
    ),
    ("Set LicenseType to BYOL.", "LicenseType auf BYOL setzen."),
    (
        "An image of {system} that is registered from a snapshot may be billed wrongly: RegisterImage takes the billing from the snapshot, which has none.",
        "Ein AMI von {system}, das aus einem Snapshot registriert wird, kann falsch abgerechnet werden: RegisterImage übernimmt die Abrechnungsdaten des Snapshots, und der hat keine.",
    ),
    (
        "Use ImportImage for a system that AWS licenses.",
        "Für ein System, das AWS lizenziert, ImportImage verwenden.",
    ),
    (
        "{system} is among the systems that AWS lists for ImportImage (as of {as_of}).",
        "{system} gehört zu den Systemen, die AWS für ImportImage aufführt (Stand: {as_of}).",
    ),
    (
        "The {structure} is bad ({reason}), so the VHD's two footers do not agree; AWS compares them.",
        "„{structure}“ ist fehlerhaft ({reason}), daher stimmen die zwei Footer des VHD nicht überein; AWS vergleicht sie.",
    ),
    (
        "Convert the disk with the program that wrote it.",
        "Den Datenträger mit dem Programm umwandeln, das ihn geschrieben hat.",
    ),
    (
        "This VHD holds only what differs from {parent}: EC2 takes fixed and dynamic ones.",
        "Dieses VHD enthält nur die Unterschiede zu {parent}: EC2 nimmt feste und dynamische.",
    ),
    (
        "Merge it with the disks it builds on (Hyper-V: Merge-VHD, or Convert-VHD into a new disk), and import the result.",
        "Mit den zugrunde liegenden Datenträgern zusammenführen (Hyper-V: Merge-VHD, oder Convert-VHD in einen neuen Datenträger) und das Ergebnis importieren.",
    ),
    (
        "The footer says {type}: that is neither a fixed nor a dynamic disk.",
        "Der Footer nennt {type}: das ist weder ein fester noch ein dynamischer Datenträger.",
    ),
    (
        "Look whether the file is damaged, and convert the disk with the program that wrote it.",
        "Prüfen, ob die Datei beschädigt ist, und den Datenträger mit dem Programm umwandeln, das ihn geschrieben hat.",
    ),
    (
        "The footer has 511 bytes, as programs before Virtual PC 2004 wrote it: others look for 512 and may not find it.",
        "Der Footer hat 511 Byte, wie ihn Programme vor Virtual PC 2004 schrieben: andere suchen 512 und finden ihn möglicherweise nicht.",
    ),
    (
        "Add one zero byte at the end of the file (on a copy), or convert it with the program that wrote it.",
        "Am Ende der Datei (einer Kopie) ein Nullbyte anfügen, oder mit dem Programm umwandeln, das sie geschrieben hat.",
    ),
    (
        "{count} bytes follow the footer, which should be the last 512 bytes of the file: a program that looks for it there does not find it.",
        "Auf den Footer, der die letzten 512 Byte der Datei sein sollte, folgen {count} Byte: ein Programm, das ihn dort sucht, findet ihn nicht.",
    ),
    (
        "Cut the file after its footer, or write the disk again with the program that made it.",
        "Die Datei hinter dem Footer abschneiden, oder den Datenträger mit dem Programm neu schreiben, das ihn erzeugt hat.",
    ),
    (
        "The geometry says {geometry}, the size field {size}; the size field is right.",
        "Die Geometrie nennt {geometry}, das Größenfeld {size}; das Größenfeld gilt.",
    ),
    (
        "The disk has {size}, but a VHD holds at most 2040 GiB (2190433320960 bytes).",
        "Der Datenträger hat {size}, aber eine VHD fasst höchstens 2040 GiB (2190433320960 Byte).",
    ),
    ("{bytes} bytes", "{bytes} Byte"),
    (
        "ImportSnapshot may refuse VHDX: the user guide names it, but the API reference lists only VHD, VMDK and RAW.",
        "ImportSnapshot kann VHDX ablehnen: das Benutzerhandbuch nennt es, die API-Referenz führt aber nur VHD, VMDK und RAW auf.",
    ),
    (
        "Blocks are marked as {state}, as QEMU writes by default and Hyper-V does not; not every reader knows that.",
        "Blöcke sind als {state} markiert, wie QEMU es als Standard schreibt und Hyper-V nicht; nicht jeder Leser kennt das.",
    ),
    (
        "This VMDK is {subformat}; EC2 takes only streamOptimized ones.",
        "Dieses VMDK ist {subformat}; EC2 nimmt nur streamOptimized.",
    ),
    (
        "Export the machine as OVF or OVA from VMware or VirtualBox: that writes streamOptimized disks.",
        "Die Maschine aus VMware oder VirtualBox als OVF oder OVA exportieren: das schreibt streamOptimized-Datenträger.",
    ),
    (
        "This is only the description of a disk; its data lies in {files}.",
        "Das ist nur die Beschreibung eines Datenträgers; seine Daten liegen in {files}.",
    ),
    (
        "Choose these files together with this one: {files}.",
        "Diese Dateien zusammen mit dieser wählen: {files}.",
    ),
    (
        "This is one part ({subformat}) of a disk that consists of several files.",
        "Das ist ein Teil ({subformat}) eines Datenträgers aus mehreren Dateien.",
    ),
    (
        "Choose the small .vmdk file that describes the disk together with all its parts, then convert that one.",
        "Die kleine .vmdk-Datei, die den Datenträger beschreibt, zusammen mit all seinen Teilen wählen und dann diese umwandeln.",
    ),
    (
        "This file only points to a physical device ({subformat}); the disk's data is in no file.",
        "Diese Datei verweist nur auf ein physisches Gerät ({subformat}); die Daten liegen in keiner Datei.",
    ),
    (
        "On the host, clone it to a virtual disk (vmkfstools -i, or a storage migration to thin), then export that.",
        "Auf dem Host in einen virtuellen Datenträger klonen (vmkfstools -i, oder Storage-Migration auf thin) und diesen exportieren.",
    ),
    (
        "This is a {kind}: it lies beside a disk and holds none of its data.",
        "Das ist eine Begleitdatei ({kind}): sie liegt neben einem Datenträger und enthält keine seiner Daten.",
    ),
    (
        "Choose the disk itself: the .vmdk file of the same name without -ctk.",
        "Den Datenträger selbst wählen: die .vmdk-Datei gleichen Namens ohne -ctk.",
    ),
    (
        "seSparse disks, which VMware writes for snapshots, are not supported.",
        "seSparse-Datenträger, die VMware für Snapshots schreibt, werden nicht unterstützt.",
    ),
    (
        "Consolidate the machine's snapshots in VMware and export it again as OVF or OVA.",
        "Die Snapshots der Maschine in VMware konsolidieren und sie erneut als OVF oder OVA exportieren.",
    ),
    (
        "This VMDK holds only what differs from {parent}: imported alone it is not the whole disk.",
        "Dieses VMDK enthält nur die Unterschiede zu {parent}: allein importiert ist es nicht der ganze Datenträger.",
    ),
    (
        "The header says version {version} of the format, as old programs wrote it; others refuse that as too old.",
        "Der Header nennt Version {version} des Formats, wie alte Programme sie schrieben; andere lehnen das als zu alt ab.",
    ),
    ("no subformat", "ohne Subformat"),
    ("{count} more", "{count} weitere"),
    ("other files", "anderen Dateien"),
    ("{name} ({size})", "{name} ({size})"),
    ("disk", "dem Datenträger"),
    ("file", "der Datei"),
    ("unknown", "unbekannt"),
    ("primary", "primär"),
    ("backup", "Sicherung"),
    ("4 October 2026", "4. Oktober 2026"),
    (
        "Windows 11 needs the boot mode uefi, but no EFI system partition was found.",
        "Windows 11 braucht den Bootmodus uefi, aber es wurde keine EFI-Systempartition gefunden.",
    ),
    (
        "The disk {name} would be refused ({codes}): {message}",
        "Der Datenträger {name} würde abgelehnt ({codes}): {message}",
    ),
    (
        "Mend the disk as its own findings say, or import the machine without it.",
        "Den Datenträger nach seinen eigenen Befunden in Ordnung bringen, oder die Maschine ohne ihn importieren.",
    ),
    (
        "The disk {name} has a warning ({codes}): {message}",
        "Zum Datenträger {name} gibt es eine Warnung ({codes}): {message}",
    ),
    (
        "These are {count} disks; ImportImage fails with more than 21 volumes.",
        "Das sind {count} Datenträger; mit mehr als 21 Volumes scheitert ImportImage.",
    ),
    (
        "More than one of these disks could start a machine: {names}. AWS's pages do not say which of them ImportImage would start.",
        "Von mehr als einem dieser Datenträger könnte eine Maschine starten: {names}. Die Seiten von AWS sagen nicht, von welchem ImportImage starten würde.",
    ),
    (
        "Import disks of different machines one at a time.",
        "Datenträger verschiedener Maschinen einzeln importieren.",
    ),
    ("This is {kind}, not a disk image.", "Das ist {kind}, kein Datenträgerabbild."),
    (
        "Look whether it is the right file. Where a download asks to sign in, a web page may have been saved in place of the image.",
        "Prüfen, ob es die richtige Datei ist. Wo ein Download eine Anmeldung verlangt, wurde vielleicht eine Webseite anstelle des Abbilds gespeichert.",
    ),
    (
        "The file systems on the disk were read, and no operating system was found in them.",
        "Die Dateisysteme auf dem Datenträger wurden gelesen; ein Betriebssystem wurde darin nicht gefunden.",
    ),
    (
        "Look whether it is the disk that the machine starts from; import a data disk with ImportSnapshot.",
        "Prüfen, ob die Maschine von diesem Datenträger startet; ein Datenvolume mit ImportSnapshot importieren.",
    ),
    (
        "Partition {index} was not looked into, so it is not known whether the disk has a system that ImportImage takes.",
        "In Partition {index} wurde nicht hineingesehen; daher ist nicht bekannt, ob auf dem Datenträger ein System liegt, das ImportImage annimmt.",
    ),
    (
        "If ImportImage does not know it, import the disk with ImportSnapshot and register an image from the snapshot.",
        "Falls ImportImage es nicht kennt, den Datenträger mit ImportSnapshot importieren und aus dem Snapshot ein AMI registrieren.",
    ),
    (
        "The EFI system partition has no fallback loader (EFI/BOOT/BOOTX64.EFI). For Debian, ImportImage makes it of grubx64.efi; ImportSnapshot changes nothing.",
        "Die EFI-Systempartition hat keinen Fallback-Bootloader (EFI/BOOT/BOOTX64.EFI). Bei Debian macht ImportImage ihn aus grubx64.efi; ImportSnapshot ändert nichts.",
    ),
    (
        "Use ImportImage, or install the fallback loader on the machine (grub-install --removable) and export again.",
        "ImportImage verwenden, oder den Fallback-Bootloader auf der Maschine installieren (grub-install --removable) und erneut exportieren.",
    ),
    (
        "No boot code was found: the first 440 bytes of the disk are zeros, so no BIOS starts anything from it.",
        "Kein Startcode gefunden: die ersten 440 Byte des Datenträgers sind Nullen, daher startet kein BIOS etwas davon.",
    ),
    (
        "Look whether it is the disk that the machine starts from. If it is, install the boot loader on it again (grub-install, bootsect) and export again.",
        "Prüfen, ob die Maschine von diesem Datenträger startet. Wenn ja, den Bootloader darauf neu installieren (grub-install, bootsect) und erneut exportieren.",
    ),
    (
        "ImportImage makes the fallback loader that this Debian lacks; ImportSnapshot does not.",
        "ImportImage macht den Fallback-Bootloader, der diesem Debian fehlt; ImportSnapshot nicht.",
    ),
    (
        "ImportImage does not support two systems on a disk; ImportSnapshot does not look at them.",
        "ImportImage unterstützt keine zwei Systeme auf einem Datenträger; ImportSnapshot prüft sie nicht.",
    ),
    (
        "The newest kernel found ({newest}), which the machine starts unless told otherwise, is not among those that AWS lists for {system}: {listed} (as of {as_of}).",
        "Der neueste gefundene Kernel ({newest}), mit dem die Maschine startet, wenn nichts anderes festgelegt ist, gehört nicht zu denen, die AWS für {system} aufführt: {listed} (Stand: {as_of}).",
    ),
    (
        "Make a listed kernel the default, or remove the newer ones, before the export; or use ImportSnapshot.",
        "Vor dem Export einen aufgeführten Kernel zum Standard machen oder die neueren entfernen; oder ImportSnapshot verwenden.",
    ),
    (
        "Cut the last {footer} bytes, the footer, off a copy of the file (truncate -s {disk_bytes}): what remains is the disk itself, to be imported with the format RAW.",
        "Die letzten {footer} Byte, den Footer, von einer Kopie der Datei abschneiden (truncate -s {disk_bytes}): übrig bleibt der Datenträger selbst, der mit dem Format RAW zu importieren ist.",
    ),
    (
        "Convert it with Hyper-V (Convert-VHD) into a VHDX; other programs do not read a VHD of that size.",
        "Mit Hyper-V (Convert-VHD) in eine VHDX umwandeln; andere Programme lesen eine VHD dieser Größe nicht.",
    ),
    (
        "Copy {original}, carry out in the copy what its log holds (qemu-img check -r all, or open and close it in Hyper-V), and convert the copy.",
        "{original} kopieren, in der Kopie ausführen, was ihr Protokoll enthält (qemu-img check -r all, oder in Hyper-V öffnen und schließen), und die Kopie umwandeln.",
    ),
    (
        "Convert it with Hyper-V (Convert-VHD): qemu-img does not read {unread}.",
        "Mit Hyper-V (Convert-VHD) umwandeln: qemu-img liest das nicht ({unread}).",
    ),
    ("sectors of 4096 bytes", "Sektoren von 4096 Byte"),
    ("the second region table", "die zweite Regionstabelle"),
    ("{size} ({bytes} bytes)", "{size} ({bytes} Byte)"),
    (
        "Leave it as it is: the machine starts by BIOS, and only the space behind {reach} stays unused. For more space, add a second disk.",
        "So lassen: die Maschine startet über BIOS, und nur der Platz hinter {reach} bleibt ungenutzt. Für mehr Platz einen zweiten Datenträger hinzufügen.",
    ),
    (
        "Copy the file again and compare its size and checksum with the original's.",
        "Die Datei erneut kopieren und Größe und Prüfsumme mit denen des Originals vergleichen.",
    ),
    (
        "The volume of Windows has {free} of free space; ImportImage asks for at least 6 GiB.",
        "Auf dem Volume von Windows sind {free} frei; ImportImage verlangt mindestens 6 GiB.",
    ),
    (
        "Free some space on the machine, or extend the volume, and export it again.",
        "Auf der Maschine Platz schaffen oder das Volume vergrößern und sie neu exportieren.",
    ),
    (
        "The largest volume of Windows has {size}; ImportImage asks for at least 6 GiB of free space on it.",
        "Das größte Volume von Windows hat {size}; ImportImage verlangt darauf mindestens 6 GiB freien Platz.",
    ),
    (
        "Extend the volume on the machine, and export it again.",
        "Das Volume auf der Maschine vergrößern und erneut exportieren.",
    ),
    (
        "{count} bytes follow the end-of-stream marker, which should be the last sector of the file: a program that looks for its footer there does not find it.",
        "Auf die Endmarke des Datenstroms, die der letzte Sektor der Datei sein sollte, folgen {count} Byte: ein Programm, das den Footer dort sucht, findet ihn nicht.",
    ),
    (
        "Cut the file there, on a copy (truncate -s {end}).",
        "Die Datei dort abschneiden, in einer Kopie (truncate -s {end}).",
    ),
    (
        "The disk {name} is stored without its holes (as a sparse file of tar), so it was not looked into, and other programs may not read it.",
        "Der Datenträger {name} ist ohne seine Lücken abgelegt (als sparse-Datei von tar); daher wurde nicht hineingesehen, und andere Programme lesen ihn vielleicht nicht.",
    ),
    (
        "Unpack the archive with GNU tar and pack it again without --sparse: the .ovf first, then the disks (tar --format=ustar).",
        "Das Archiv mit GNU tar entpacken und ohne --sparse neu packen: zuerst die .ovf, dann die Datenträger (tar --format=ustar).",
    ),
    (
        "Partition {index} is the EFI system partition and could not be read: whether it has the fallback loader (EFI/BOOT/BOOTX64.EFI) is not known.",
        "Partition {index} ist die EFI-Systempartition und konnte nicht gelesen werden: ob sie den Fallback-Bootloader (EFI/BOOT/BOOTX64.EFI) hat, ist nicht bekannt.",
    ),
    (
        "Look on the machine whether it is there: a new machine knows no other loader.",
        "Auf der Maschine prüfen, ob er da ist: eine neue Maschine kennt keinen anderen Bootloader.",
    ),
];
