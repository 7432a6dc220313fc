//! Text that a shell, the AWS CLI, JSON or Python could take for something else than text.

use crate::random::Random;

/// The file that a text makes if a shell runs it.
pub(crate) const CANARY: &str = "escaped-from-the-shell";

/// One text for each thing that has a meaning to somebody on the way.
pub(crate) const TEXTS: [&str; 37] = [
    "two  spaces and one at the end ",
    " begins with a space",
    "it's",
    "say \"this\"",
    "'\"'\"'",
    "$(touch escaped-from-the-shell)",
    "`touch escaped-from-the-shell`",
    "; touch escaped-from-the-shell #",
    "'; touch escaped-from-the-shell; '",
    "x\ntouch escaped-from-the-shell\n",
    "$HOME ${HOME} $((1+1)) $'\\x41' ~ ~root",
    "!! !$ !touch",
    "%PATH% %%PATH%% !PATH!",
    "back\\slash \\n \\\\",
    "ends with a backslash\\",
    "tab\there",
    "carriage\r\nreturn",
    "-x",
    "--description",
    "--no-encrypted",
    "file:///etc/hostname",
    "fileb://nothing",
    "http://127.0.0.1:9/nothing",
    "https://127.0.0.1:9/nothing",
    "Key=a,Value=b",
    "{\"Key\": \"a\"}",
    "[1, 2]",
    "{a=b},[c]",
    "@=x",
    "*?[a-z]{1,2}",
    "a&b=c+d%20e;f|g>h<i",
    "Привет, мир",
    "ディスク イメージ",
    "קובץ דיסק",
    "e\u{301} 💾 👩‍💻 \u{10FFFD}",
    "\u{feff}\u{2028}\u{200f}\u{a0}",
    "\u{1}\u{1b}[31m\u{7f}\u{85}",
];

/// Signs of which random texts are made, those with a meaning more often than letters.
const SIGNS: &str = "aZ09 '\"\\$`!%&|;<>(){}[]*?~#=,:@^+-_./\n\té語😀\u{0}";

/// One of [`TEXTS`], or a few random signs; never empty.
pub(crate) fn text(random: &mut Random) -> String {
    if random.one_in(2) {
        return (*random.pick(&TEXTS)).to_owned();
    }
    let signs: Vec<char> = SIGNS.chars().collect();
    (0..=random.below(24)).map(|_| *random.pick(&signs)).collect()
}
