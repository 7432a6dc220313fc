//! Bodies of the EC2 Query protocol, decoded and compared.
//!
//! The decoder is this test's own: the project's encoder must not be judged by its own parser.

/// Name and value of each parameter, sorted, so that two of these are equal when the bodies say the same.
pub(crate) type Pairs = Vec<(String, String)>;

/// The parameters of a body.
pub(crate) fn pairs(body: &str) -> Pairs {
    let mut pairs: Pairs = body
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or_else(|| panic!("{pair:?} has no value"));
            (decode(name), decode(value))
        })
        .collect();
    pairs.sort();
    pairs
}

/// Undoes `application/x-www-form-urlencoded`.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).unwrap()
}

/// What the client sent otherwise than the project shows, a line each; none when they agree.
///
/// Where a CopySnapshot gives no PresignedUrl, the clients sign one and add it with DestinationRegion
/// (botocore's `inject_presigned_url_ec2`). The URL holds the time and a signature: it is checked for what it says, and
/// left out of the comparison.
pub(crate) fn differences(shown: &str, sent: &str, region: &str) -> Vec<String> {
    let (shown, mut sent) = (pairs(shown), pairs(sent));
    let mut differences = Vec::new();
    let has = |pairs: &Pairs, name: &str| pairs.iter().any(|(found, _)| found == name);
    if shown.contains(&("Action".into(), "CopySnapshot".into())) && !has(&shown, "PresignedUrl") {
        differences.extend(take_presigned_url(&shown, &mut sent, region));
        if !has(&shown, "DestinationRegion") {
            differences.extend(take(&mut sent, "DestinationRegion", |value| value == region));
        }
    }
    let is_listing = shown.contains(&("Action".into(), "DescribeSnapshots".into()));
    if is_listing && !has(&shown, "MaxResults") {
        // Version 1 of the CLI asks for pages where nothing narrows the list (its `EC2PageSizeInjector`).
        sent.retain(|(name, value)| name != "MaxResults" || value != "1000");
    }
    let mut left = sent;
    for pair in shown {
        match left.iter().position(|found| *found == pair) {
            Some(position) => drop(left.remove(position)),
            None => differences.push(format!("shown and not sent: {} = {:?}", pair.0, pair.1)),
        }
    }
    differences.extend(left.iter().map(|(name, value)| format!("sent and not shown: {name} = {value:?}")));
    differences
}

/// Takes the one parameter of a name out; says so when there is not one, or it is wrong.
fn take(sent: &mut Pairs, name: &str, is_right: impl Fn(&str) -> bool) -> Option<String> {
    let found: Vec<String> =
        sent.iter().filter(|pair| pair.0 == name).map(|(_, value)| value.clone()).collect();
    sent.retain(|pair| pair.0 != name);
    match &found[..] {
        [value] if is_right(value) => None,
        other => Some(format!("the client was to add one right {name}, and sent {other:?}")),
    }
}

/// The URL signs the same copy, sent to the source Region.
fn take_presigned_url(shown: &Pairs, sent: &mut Pairs, region: &str) -> Option<String> {
    let mut wanted: Pairs = shown.iter().filter(|(name, _)| name != "DestinationRegion").cloned().collect();
    wanted.push(("DestinationRegion".into(), region.into()));
    let source = shown.iter().find(|(name, _)| name == "SourceRegion").map(|(_, value)| value.as_str());
    take(sent, "PresignedUrl", |url| {
        let Some((_, query)) = url.split_once('?') else { return false };
        let signed = pairs(query);
        let scope = signed.iter().find(|(name, _)| name == "X-Amz-Credential");
        wanted.iter().all(|pair| signed.contains(pair))
            && scope.is_some_and(|(_, scope)| scope.split('/').nth(2) == source)
    })
}

#[cfg(test)]
mod tests {
    use super::differences;

    const SHOWN: &str = "Action=ImportSnapshot&Description=a+b%26c&DiskContainer.Format=VMDK&Tag.1.Value=";

    fn differ(sent: &str) -> Vec<String> {
        differences(SHOWN, sent, "us-west-2")
    }

    #[test]
    fn the_same_parameters_in_another_order_and_encoding_are_equal() {
        let sent = "Tag.1.Value=&Description=a%20b%26c&Action=ImportSnapshot&DiskContainer.Format=%56MDK";
        assert_eq!(differ(sent), Vec::<String>::new());
    }

    #[test]
    fn every_changed_body_is_told_apart() {
        let changed = [
            SHOWN.replace("VMDK", "RAW"),
            SHOWN.replace("a+b", "a++b"),
            SHOWN.replace("%26c", "%26C"),
            SHOWN.replace("&Tag.1.Value=", ""),
            SHOWN.replace("Tag.1", "Tag.2"),
            format!("{SHOWN}&Encrypted=true"),
            format!("{SHOWN}&DiskContainer.Format=VMDK"),
        ];
        for sent in changed {
            assert!(!differ(&sent).is_empty(), "{sent}");
        }
    }

    #[test]
    fn what_the_client_adds_to_a_copy_is_checked_and_only_there_forgiven() {
        const COPY: &str = "Action=CopySnapshot&SourceRegion=eu-west-1";
        let url = "https%3A%2F%2Fh%2F%3FAction%3DCopySnapshot%26SourceRegion%3Deu-west-1%26DestinationRegion%3Dus-west-2%26X-Amz-Credential%3Dk%252F20260101%252Feu-west-1%252Fec2";
        let sent = format!("{COPY}&PresignedUrl={url}&DestinationRegion=us-west-2");
        let differ = |shown: &str, sent: &str| differences(shown, sent, "us-west-2");
        assert_eq!(differ(COPY, &sent), Vec::<String>::new());
        assert!(!differ(COPY, COPY).is_empty());
        assert!(!differ(COPY, &sent.replace("252Feu-west-1", "252Fus-east-1")).is_empty());
        assert!(
            !differ(COPY, &sent.replace("DestinationRegion=us-west-2", "DestinationRegion=x")).is_empty()
        );
        let import = |body: &str| body.replace("CopySnapshot", "ImportSnapshot");
        assert!(!differ(&import(COPY), &import(&sent)).is_empty());
    }
}
