//! Errors as the clients print them, in the midst of whatever else they print.

use super::FoundError;

/// What the AWS CLI and boto3 write before an error's code.
const BOTOCORE: &str = "An error occurred (";
/// What the AWS SDK for Go, and with it Terraform and Packer, writes before an error's code.
const GO: &str = "api error ";
/// How the message of a failed task begins.
const FAILED: [&str; 3] = ["ClientError:", "ServerError:", "FirstBootFailure"];
/// How many errors are read of one text.
const MOST: usize = 20;

/// Every error of a text.
pub(super) fn read(text: &str) -> Vec<FoundError> {
    let pieces = text.split(BOTOCORE).skip(1).filter_map(botocore);
    let errors: Vec<FoundError> = pieces.take(MOST).collect();
    if errors.is_empty() {
        text.split(GO).skip(1).filter_map(|piece| go(piece, text)).take(MOST).collect()
    } else {
        errors
    }
}

/// `X) when calling the Y operation (reached max retries: 4): Z`.
fn botocore(piece: &str) -> Option<FoundError> {
    let (code, rest) = piece.split_once(") when calling the ")?;
    let (call, rest) = rest.split_once(" operation")?;
    // How often the client tried stands in parentheses.
    let rest = rest.trim_start();
    let rest = if rest.starts_with('(') { rest.split_once(')')?.1 } else { rest };
    let message = rest.trim_start().strip_prefix(':')?;
    is_name(code).then(|| FoundError {
        code: Some(code.into()),
        call: Some(call.trim().to_owned()).filter(|call| is_name(call)),
        message: paragraph(message),
        request_id: None,
    })
}

/// `operation error EC2: Y, https response error StatusCode: 403, RequestID: …, api error X: Z`.
fn go(piece: &str, text: &str) -> Option<FoundError> {
    let (code, message) = piece.split_once(": ")?;
    let behind = |mark: &str, end: char| {
        let (_, rest) = text.split_once(mark)?;
        Some(rest.split(end).next()?.trim().to_owned()).filter(|word| is_name(word))
    };
    is_name(code).then(|| FoundError {
        code: Some(code.into()),
        call: behind("operation error EC2: ", ','),
        message: paragraph(message),
        request_id: behind("RequestID: ", ','),
    })
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 100
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// Whether a message is that of a failed task.
pub(in crate::task) fn is_of_failed_task(message: &str) -> bool {
    FAILED.iter().any(|start| message.starts_with(start))
}

/// The message up to an empty line: a terminal wraps it, and an encoded message is long.
fn paragraph(text: &str) -> String {
    let end = text.find("\n\n").unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cli_and_boto3_write_the_same_sentence() {
        for before in ["\n", "aws: [ERROR]: ", "botocore.exceptions.ClientError: "] {
            let text = format!(
                "{before}An error occurred (DryRunOperation) when calling the ImportSnapshot operation: Request would have \
                 succeeded, but DryRun flag is set.\n"
            );
            let errors = read(&text);
            assert_eq!(errors[0].code.as_deref(), Some("DryRunOperation"));
            assert_eq!(errors[0].call.as_deref(), Some("ImportSnapshot"));
            assert_eq!(errors[0].message, "Request would have succeeded, but DryRun flag is set.");
        }
    }

    #[test]
    fn retries_are_no_part_of_the_message() {
        let text = "An error occurred (RequestLimitExceeded) when calling the ImportImage operation (reached max retries: 4): \
                    Request limit exceeded.";
        assert_eq!(read(text)[0].message, "Request limit exceeded.");
    }

    #[test]
    fn terraform_writes_the_error_of_its_own_client() {
        let text = "Error: importing EBS Snapshot: operation error EC2: ImportSnapshot, https response error StatusCode: 403, \
                    RequestID: 1-2, api error UnauthorizedOperation: You are not authorized to perform this operation.";
        let error = &read(text)[0];
        assert_eq!(error.code.as_deref(), Some("UnauthorizedOperation"));
        assert_eq!(error.call.as_deref(), Some("ImportSnapshot"));
        assert_eq!(error.request_id.as_deref(), Some("1-2"));
    }

    #[test]
    fn a_sentence_without_a_code_is_no_error() {
        assert!(read("An error occurred (in the garden) when calling").is_empty());
        assert!(read("a plain sentence").is_empty());
    }
}
