//! What is wrong with what was pasted for an upload.

/// In English, and in German.
pub static UPLOADS: &[(&str, &str)] = &[
    (
        "There are no credentials in this text: paste what `aws configure export-credentials` prints, or the console's block of environment variables.",
        "In diesem Text stehen keine Zugangsdaten: einfügen, was `aws configure export-credentials` ausgibt, oder den Block mit Umgebungsvariablen aus der Konsole.",
    ),
    (
        "This is not the JSON of credentials: paste all that `aws configure export-credentials` prints, from its first brace to its last.",
        "Das ist nicht das JSON von Zugangsdaten: alles einfügen, was `aws configure export-credentials` ausgibt, von der ersten bis zur letzten Klammer.",
    ),
    ("{name} is missing: copy the whole block.", "{name} fehlt: den ganzen Block kopieren."),
    (
        "There is more than one set of credentials: paste the lines of one profile.",
        "Das sind mehrere Zugangsdaten: die Zeilen eines Profils einfügen.",
    ),
    (
        "{name} has characters that it cannot have: copy it again, without line breaks.",
        "{name} enthält Zeichen, die nicht möglich sind: erneut kopieren, ohne Zeilenumbrüche.",
    ),
    (
        "There is no Region of this name: take its code, like eu-west-1.",
        "Eine Region dieses Namens gibt es nicht: ihren Code angeben, etwa eu-west-1.",
    ),
    (
        "Transfer acceleration needs a bucket without dots or capitals in its name: use the Region's own endpoint.",
        "Transfer Acceleration braucht einen Bucket ohne Punkte und Großbuchstaben im Namen: den Endpunkt der Region verwenden.",
    ),
    (
        "Transfer acceleration is not offered in this partition: use the Region's own endpoint.",
        "Transfer Acceleration gibt es in dieser Partition nicht: den Endpunkt der Region verwenden.",
    ),
    (
        "The bucket's name cannot be part of a host name: address it by path.",
        "Der Name des Buckets kann nicht Teil eines Hostnamens sein: über den Pfad adressieren.",
    ),
    (
        "A server's address is https:// and a host; http:// is taken for this computer alone.",
        "Die Adresse eines Servers ist https:// und ein Host; http:// gilt nur für diesen Rechner.",
    ),
    (
        "Browsers resolve . and .. in a key, and would write another object: rename it.",
        "Browser lösen . und .. in einem Schlüssel auf und schrieben ein anderes Objekt: umbenennen.",
    ),
    (
        "This is no presigned URL: paste the whole of it.",
        "Das ist keine vorsignierte URL: sie ganz einfügen.",
    ),
    (
        "One PUT carries at most 5 GiB: use a ticket or credentials.",
        "Ein PUT fasst höchstens 5 GiB: ein Ticket oder Zugangsdaten verwenden.",
    ),
    (
        "Fill in the bucket, the key and the Region first: credentials do not name them.",
        "Zuerst Bucket, Schlüssel und Region ausfüllen: Zugangsdaten nennen sie nicht.",
    ),
    (
        "The file has {size} bytes and an object of S3 at most {most} (48.8 TiB).",
        "Die Datei hat {size} Byte, ein Objekt in S3 höchstens {most} (48,8 TiB).",
    ),
    (
        "Parts have 5 MiB to 5 GiB, and {part_size} bytes are outside of that.",
        "Teile haben 5 MiB bis 5 GiB; {part_size} Byte liegen außerhalb.",
    ),
    (
        "That would be {count} parts, and S3 takes {most}: choose larger ones.",
        "Das ergäbe {count} Teile, und S3 nimmt {most}: größere wählen.",
    ),
    (
        "The ticket is for a file of {size} bytes, and this one has {file_size}: choose the other file, or make a ticket for this one.",
        "Das Ticket ist für eine Datei von {size} Byte, diese hat {file_size}: die andere Datei wählen, oder ein Ticket für diese machen.",
    ),
    ("This is no moment: {problem}", "Das ist kein Zeitpunkt: {problem}"),
    (
        "One PUT takes 5 GiB, and the file is larger: make a ticket for a multipart upload.",
        "Ein PUT nimmt 5 GiB, und die Datei ist größer: ein Ticket für einen mehrteiligen Upload machen.",
    ),
    (
        "The ticket has both put and multipart; it must have one of them.",
        "Das Ticket hat put und multipart; es darf nur eines davon haben.",
    ),
    (
        "The ticket has neither put nor multipart: make a new one.",
        "Das Ticket hat weder put noch multipart: ein neues machen.",
    ),
    (
        "The ticket expired at {moment}: run its script again, which renews it for the parts that are missing.",
        "Das Ticket ist {moment} abgelaufen: sein Skript erneut ausführen, das es für die fehlenden Teile erneuert.",
    ),
    (
        "The text is longer than any ticket: choose the ticket, not the image.",
        "Der Text ist länger als jedes Ticket: das Ticket wählen, nicht das Abbild.",
    ),
    (
        "This is no ticket: it is not JSON, or was cut. Choose the file that the script wrote.",
        "Das ist kein Ticket: es ist kein JSON, oder abgeschnitten. Die Datei wählen, die das Skript geschrieben hat.",
    ),
    (
        "The ticket has version {newer} and this page reads version {version}: take the script that this page shows.",
        "Das Ticket hat Version {newer}, diese Seite liest Version {version}: das Skript nehmen, das diese Seite zeigt.",
    ),
    (
        "This is JSON, but no ticket: the version is missing.",
        "Das ist JSON, aber kein Ticket: die Version fehlt.",
    ),
    ("The field {name} is missing: make the ticket again.", "Das Feld {name} fehlt: das Ticket neu machen."),
    (
        "The field has another form than docs/ticket.md says: make the ticket again.",
        "Das Feld hat eine andere Form, als docs/ticket.md sagt: das Ticket neu machen.",
    ),
    (
        "This is no id of an upload: make the ticket again.",
        "Das ist keine ID eines Uploads: das Ticket neu machen.",
    ),
    (" Make the ticket again.", " Das Ticket neu machen."),
    (
        "There is no part {number}: a file of this size has parts 1 to {count}.",
        "Einen Teil {number} gibt es nicht: eine Datei dieser Größe hat die Teile 1 bis {count}.",
    ),
    (
        "Part {number} stands there twice: make the ticket again.",
        "Teil {number} steht doppelt: das Ticket neu machen.",
    ),
    ("This is no https:// URL: make the ticket again.", "Das ist keine https://-URL: das Ticket neu machen."),
    (
        "The URL has no signature, or was cut: make the ticket again.",
        "Die URL hat keine Signatur, oder wurde abgeschnitten: das Ticket neu machen.",
    ),
    (
        "The URL leads to another host than the others: do not use this ticket.",
        "Die URL führt zu einem anderen Host als die übrigen: dieses Ticket nicht verwenden.",
    ),
    (
        "The URL leads to another bucket than the ticket names: do not use this ticket.",
        "Die URL führt zu einem anderen Bucket, als das Ticket nennt: dieses Ticket nicht verwenden.",
    ),
    (
        "The URL leads to another key than the ticket names: do not use this ticket.",
        "Die URL führt zu einem anderen Schlüssel, als das Ticket nennt: dieses Ticket nicht verwenden.",
    ),
    (
        "The URL was signed for another Region than the ticket names: make it again.",
        "Die URL wurde für eine andere Region signiert, als das Ticket nennt: neu machen.",
    ),
    (
        "The URL does not say when it expires: make the ticket again.",
        "Die URL sagt nicht, wann sie abläuft: das Ticket neu machen.",
    ),
    (
        "The URL belongs to another upload than the ticket names: make the ticket again.",
        "Die URL gehört zu einem anderen Upload, als das Ticket nennt: das Ticket neu machen.",
    ),
    (
        "The URL belongs to another part than its number says: make the ticket again.",
        "Die URL gehört zu einem anderen Teil, als ihre Nummer sagt: das Ticket neu machen.",
    ),
    (
        "Headers were signed that the page does not send: make the ticket with its own script.",
        "Es wurden Header signiert, die die Seite nicht sendet: das Ticket mit dem Skript der Seite machen.",
    ),
    (
        "A checksum of nothing was signed, as newer SDKs do: make the ticket with the page's own script.",
        "Eine Prüfsumme von nichts wurde signiert, wie neuere SDKs es tun: das Ticket mit dem Skript der Seite machen.",
    ),
    (
        "The URL was signed for another service than S3.",
        "Die URL wurde für einen anderen Dienst als S3 signiert.",
    ),
];
