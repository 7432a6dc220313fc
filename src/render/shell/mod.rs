//! Quoting: one argument vector, written so that a shell hands exactly that vector to the program.
//!
//! Each shell has a module with one function, which quotes one argument or says why it cannot.

mod cmd;
mod posix;
mod powershell;

use serde::{Deserialize, Serialize};

/// A shell a person may paste a command into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shell {
    /// sh, bash, zsh and their kin.
    #[default]
    #[serde(rename = "bash")]
    Posix,
    /// Windows PowerShell 5.1 and PowerShell 7: what is written means the same in both.
    PowerShell,
    /// The Windows command prompt, cmd.exe.
    Cmd,
}

impl Shell {
    /// Every shell, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Posix, Self::PowerShell, Self::Cmd];

    /// The name for a person.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Posix => "bash",
            Self::PowerShell => "PowerShell",
            Self::Cmd => "cmd.exe",
        }
    }

    /// The language of a code block.
    pub const fn language(self) -> &'static str {
        match self {
            Self::Posix => "bash",
            Self::PowerShell => "powershell",
            Self::Cmd => "bat",
        }
    }

    /// The end of a script's file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Posix => ".sh",
            Self::PowerShell => ".ps1",
            Self::Cmd => ".cmd",
        }
    }

    /// The media type of a script.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Posix => "text/x-shellscript",
            Self::PowerShell | Self::Cmd => "text/plain",
        }
    }

    /// What a line ends with when the command goes on in the next.
    pub(super) const fn continuation(self) -> &'static str {
        match self {
            Self::Posix => " \\\n  ",
            Self::PowerShell => " `\n  ",
            Self::Cmd => " ^\n  ",
        }
    }
}

/// Whether a command is written on one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One line.
    OneLine,
    /// A line for the program and one for each option, joined by the shell's continuation.
    #[default]
    Wrapped,
}

/// Why a shell cannot say an argument; a clause that follows "because".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inexpressible(pub &'static str);

impl std::fmt::Display for Inexpressible {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl std::error::Error for Inexpressible {}

/// Quotes one argument.
///
/// Whatever the argument holds, the result is one word of the shell and can neither end the command nor start
/// another. An empty argument is quoted too, where the shell hands it on.
///
/// # Errors
/// The argument holds a control character other than a line break. For cmd.exe also: it holds a line break, `%` or `!`;
/// for PowerShell: it holds a double quote, ends in a backslash and holds white space, or is empty, which PowerShell 5
/// drops.
pub fn quote(argument: &str, shell: Shell) -> Result<String, Inexpressible> {
    match shell {
        Shell::Posix => posix::quote(argument),
        Shell::PowerShell => powershell::quote(argument),
        Shell::Cmd => cmd::quote(argument),
    }
}

/// Quotes the program's name, which some shells read by other rules than its arguments.
fn quote_program(program: &str, shell: Shell) -> Result<String, Inexpressible> {
    match shell {
        Shell::Posix => posix::quote_program(program),
        Shell::PowerShell => powershell::quote_program(program),
        Shell::Cmd => cmd::quote(program),
    }
}

/// Quotes a whole command.
///
/// `groups` are words that stay on one line: the program with its subcommands first, then an option with its values
/// each.
///
/// # Errors
/// The shell cannot say one of the words, as for [`quote`], or the command is longer than the 8191 UTF-16 code units
/// that cmd.exe takes.
pub fn quote_command(groups: &[Vec<String>], shell: Shell, layout: Layout) -> Result<String, Inexpressible> {
    let mut lines = Vec::with_capacity(groups.len());
    let mut is_program = true;
    for group in groups {
        let mut words = Vec::with_capacity(group.len());
        for word in group {
            words.push(if is_program { quote_program(word, shell)? } else { quote(word, shell)? });
            is_program = false;
        }
        lines.push(words.join(" "));
    }
    let separator = match layout {
        Layout::OneLine => " ",
        Layout::Wrapped => shell.continuation(),
    };
    let command = lines.join(separator);
    if shell == Shell::Cmd && command.encode_utf16().count() > cmd::LONGEST {
        return Err(Inexpressible("cmd.exe takes no command longer than 8191 characters"));
    }
    Ok(command)
}

#[cfg(test)]
pub(crate) mod tests;
