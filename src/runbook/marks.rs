//! Marks: words inside a request that stand for what a script learns only while it runs.
//!
//! A request with marks goes through the same renderers as any other; afterwards each mark is replaced by a variable of
//! the script's language. A mark is letters and digits alone, so no quoting changes it, and it begins with a word that
//! is found nowhere in the runbook: what a person entered is never taken for a mark.

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    /// The number of the caller's account.
    Account,
    /// The Region of the import.
    Region,
    /// The id of the imported snapshot.
    Snapshot,
}

impl Variable {
    const ALL: [Self; 3] = [Self::Account, Self::Region, Self::Snapshot];

    const fn word(self) -> &'static str {
        match self {
            Self::Account => "ACCOUNT",
            Self::Region => "REGION",
            Self::Snapshot => "SNAPSHOT",
        }
    }
}

/// The marks of one runbook.
#[derive(Debug)]
pub(super) struct Marks {
    beginning: String,
}

/// A piece of a text with marks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// What stands where a mark was.
    Variable(Variable),
}

impl Marks {
    /// Marks that are not in `text`, which is the whole runbook.
    pub(super) fn outside(text: &str) -> Self {
        let mut number = 0_u64;
        loop {
            let beginning = format!("MARK{number}X");
            if !text.contains(&beginning) {
                return Self { beginning };
            }
            number = number.saturating_add(1);
        }
    }

    /// The mark of a variable.
    pub(super) fn mark(&self, variable: Variable) -> String {
        format!("{}{}", self.beginning, variable.word())
    }

    /// A text in pieces, none of them empty.
    pub(super) fn split<'a>(&self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(&self.beginning) {
            let found = Variable::ALL
                .into_iter()
                .find_map(|variable| Some((variable, after.strip_prefix(variable.word())?)));
            let Some((variable, after)) = found else { break };
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            pieces.push(Piece::Variable(variable));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::{Marks, Piece, Variable};

    #[test]
    fn what_a_person_entered_is_never_a_mark() {
        let entered = "MARK0XACCOUNT and MARK1XREGION";
        let marks = Marks::outside(entered);
        assert_eq!(marks.split(entered), [Piece::Text(entered)]);
        assert_eq!(marks.mark(Variable::Account), "MARK2XACCOUNT");
    }

    #[test]
    fn a_text_falls_into_its_pieces() {
        let marks = Marks::outside("");
        let text = format!("a{}b{}", marks.mark(Variable::Region), marks.mark(Variable::Snapshot));
        let expected = [
            Piece::Text("a"),
            Piece::Variable(Variable::Region),
            Piece::Text("b"),
            Piece::Variable(Variable::Snapshot),
        ];
        assert_eq!(marks.split(&text), expected);
    }
}
