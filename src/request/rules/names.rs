//! Names that people choose: of a role, of an image, and of a request (its client token).

use crate::request::validate::{Fault, quoted};
use crate::sentence::sentence;

/// Checks the name of an IAM role: 1 to 64 letters, digits and `+=,.@_-` (IAM CreateRole).
///
/// # Errors
/// The name is empty or longer than 64, holds another character, or is an ARN.
pub fn check_role(name: &str) -> Result<(), Fault> {
    if let Some(role) = name.rsplit('/').next().filter(|_| name.starts_with("arn:")) {
        let message = sentence!("Give the role's name, not its ARN: {role}.", role);
        return Err(Fault::error("role-malformed", message));
    }
    let wrong = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"+=,.@_-".contains(*c));
    match wrong {
        Some(wrong) => {
            let wrong = quoted(&wrong.to_string());
            let message =
                sentence!("A role's name has letters, digits and + = , . @ _ -, and no {wrong}.", wrong);
            Err(Fault::error("role-malformed", message))
        }
        None if name.is_empty() || name.len() > 64 => Err(Fault::error(
            "role-malformed",
            "A role's name has 1 to 64 characters; leave it out for vmimport.",
        )),
        None => Ok(()),
    }
}

/// Checks a client token: up to 64 ASCII characters ("Ensuring idempotency in Amazon EC2 API requests").
///
/// # Errors
/// An error, when the token is longer than 64 or not ASCII; a warning, when it is empty.
pub fn check_client_token(token: &str) -> Result<(), Fault> {
    if token.len() > 64 || !token.is_ascii() {
        let message = "A client token has up to 64 ASCII characters; a random UUID does well.";
        return Err(Fault::error("client-token-malformed", message));
    }
    if token.is_empty() {
        let message = "An empty client token protects from nothing: leave it out, or fill in a random UUID.";
        return Err(Fault::warning("client-token-empty", message));
    }
    Ok(())
}

/// Checks the name of an image: 3 to 128 letters, digits and `()[] ./-'@_`.
///
/// # Errors
/// The name is shorter than 3 or longer than 128, or holds another character.
pub fn check_image_name(name: &str) -> Result<(), Fault> {
    if let Some(wrong) = name.chars().find(|c| !c.is_ascii_alphanumeric() && !"()[] ./-'@_".contains(*c)) {
        let wrong = quoted(&wrong.to_string());
        let message = sentence!(
            "An image's name has letters, digits, spaces and ( ) [ ] . / - ' @ _, and no {wrong}.",
            wrong
        );
        return Err(Fault::error("image-name-malformed", message));
    }
    if !(3..=128).contains(&name.len()) {
        let message =
            sentence!("An image's name has 3 to 128 characters; this one has {length}.", length = name.len());
        return Err(Fault::error("image-name-malformed", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{check_client_token, check_image_name, check_role};

    #[test]
    fn names_by_the_rules_are_in_order() {
        assert_eq!(check_role("vmimport"), Ok(()));
        assert_eq!(check_role("a+b=c,d.e@f_g-h"), Ok(()));
        assert_eq!(check_client_token("1b4e28ba-2fa1-11d2-883f-0016d3cca427"), Ok(()));
        assert_eq!(check_image_name("Web (2026) [a] ./-'@_"), Ok(()));
    }

    #[test]
    fn the_arn_of_a_role_is_set_right() {
        let fault = check_role("arn:aws:iam::111122223333:role/service-role/vmimport").unwrap_err();
        assert!(fault.message.ends_with("its ARN: vmimport."));
    }

    #[test]
    fn names_that_break_the_rules_are_refused() {
        assert!(check_role("two words").is_err());
        assert!(check_role(&"a".repeat(65)).is_err());
        assert!(check_client_token(&"a".repeat(65)).is_err());
        assert!(check_client_token("ключ").is_err());
        assert!(check_image_name("ab").is_err());
        assert!(check_image_name("a&b").is_err());
        assert!(check_image_name(&"a".repeat(129)).is_err());
    }
}
