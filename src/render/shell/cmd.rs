//! cmd.exe, and the C runtime of the program behind it, which splits the command line that cmd.exe hands on whole.

use super::Inexpressible;

/// The longest command cmd.exe takes, in UTF-16 code units.
pub(super) const LONGEST: usize = 8191;

/// Puts the argument between double quotes and doubles those inside it.
///
/// Two readers must agree. cmd.exe acts upon `& | < > ^ ( )` outside of quotes, and every double quote turns its state
/// over, escaped or not: doubled quotes keep the text inside. The C runtime (since 2008) reads a doubled quote inside
/// quotes as one, and a backslash as an escape only before a quote, so the backslashes there are doubled. The text
/// stays the same if the program is a batch file that passes its arguments on. Percent signs are expanded inside
/// quotes as well, and an interactive prompt has no escape for them.
pub(super) fn quote(argument: &str) -> Result<String, Inexpressible> {
    if argument.contains(['\n', '\r']) {
        return Err(Inexpressible("cmd.exe ends the command at a line break"));
    }
    if argument.chars().any(char::is_control) {
        return Err(Inexpressible("a control character cannot be pasted into a terminal safely"));
    }
    if argument.contains('%') {
        return Err(Inexpressible("cmd.exe replaces what stands between percent signs"));
    }
    if argument.contains('!') {
        return Err(Inexpressible("cmd.exe may replace what stands between exclamation marks"));
    }
    if is_plain(argument) {
        return Ok(argument.to_owned());
    }
    let mut quoted = String::from("\"");
    let mut backslashes = 0_usize;
    for character in argument.chars() {
        match character {
            '\\' => backslashes = backslashes.saturating_add(1),
            '"' => {
                quoted.extend(std::iter::repeat_n('\\', backslashes));
                quoted.push('"');
                backslashes = 0;
            }
            _ => backslashes = 0,
        }
        quoted.push(character);
    }
    quoted.extend(std::iter::repeat_n('\\', backslashes));
    quoted.push('"');
    Ok(quoted)
}

fn is_plain(argument: &str) -> bool {
    !argument.is_empty()
        && argument
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_.-/:\\+".contains(character))
}
