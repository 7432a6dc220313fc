//! What AWS's pages are about.

/// In English, and in German.
pub static AWS_PAGES: &[(&str, &str)] = &[
    ("requirements of VM Import", "Voraussetzungen von VM Import"),
    ("limitations of VM Import", "Grenzen von VM Import"),
    ("troubleshooting of VM Import", "Fehlersuche bei VM Import"),
    ("what ImportImage changes in a machine", "was ImportImage an einer Maschine ändert"),
    ("permissions for VM Import", "Berechtigungen für VM Import"),
    ("importing a disk as a snapshot", "einen Datenträger als Snapshot importieren"),
    ("disks of ImportSnapshot", "Datenträger von ImportSnapshot"),
    ("disks of ImportImage", "Datenträger von ImportImage"),
    ("sizes of EBS volumes", "Größen von EBS-Volumes"),
    ("EBS volumes and NVMe", "EBS-Volumes und NVMe"),
    ("copying a snapshot", "einen Snapshot kopieren"),
    ("enhanced networking", "erweitertes Netzwerk"),
    ("instances of the Nitro system", "Instanzen des Nitro-Systems"),
    ("error codes of EC2", "Fehlercodes von EC2"),
    ("signing in by the AWS CLI", "Anmelden mit der AWS CLI"),
    ("files of the AWS CLI", "Dateien der AWS CLI"),
    ("setting up the AWS CLI", "Einrichten der AWS CLI"),
    ("troubleshooting of the AWS CLI", "Fehlersuche bei der AWS CLI"),
    ("presigned URLs of S3", "vorsignierte URLs von S3"),
];
