//! Any command as text for a shell: the verdict's remedies (`qemu-img convert …`) among them.

use super::shell::{Inexpressible, Layout, Shell, quote_command};

/// Quotes an argument vector for a shell, on one line.
///
/// Arguments are hostile (a file's name is one): the text runs exactly this program with exactly these arguments, or
/// there is no text.
///
/// # Errors
/// The shell cannot say an argument, as for [`shell::quote`](super::shell::quote), or the command is too long for
/// cmd.exe. A NUL, which no argument can hold, is inexpressible everywhere.
pub fn quote(arguments: &[String], shell: Shell) -> Result<String, Inexpressible> {
    quote_command(&[arguments.to_vec()], shell, Layout::OneLine)
}
