//! The text in which LVM keeps a volume group: `name { … }`, `name = value`, `name = [ value, … ]`, `# comment`.

/// How deep sections and lists may lie in each other.
const MAX_DEPTH: usize = 8;

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Number(i64),
    Text(String),
    List(Vec<Value>),
    Section(Section),
}

impl Value {
    pub(super) fn number(&self) -> Option<i64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// Names and their values, in the order of the text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Section(Vec<(String, Value)>);

impl Section {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.get(name)?.number()
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text()
    }

    pub(super) fn list(&self, name: &str) -> Option<&[Value]> {
        if let Value::List(values) = self.get(name)? { Some(values) } else { None }
    }

    pub(super) fn section(&self, name: &str) -> Option<&Self> {
        if let Value::Section(section) = self.get(name)? { Some(section) } else { None }
    }

    pub(super) fn sections(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.0.iter().filter_map(|(name, value)| match value {
            Value::Section(section) => Some((name.as_str(), section)),
            _ => None,
        })
    }
}

/// The text as a section; `None` where it breaks the grammar.
pub(super) fn parse(text: &str) -> Option<Section> {
    let mut parser = Parser { rest: text.trim_end_matches('\0') };
    let section = parser.section(MAX_DEPTH)?;
    parser.rest.is_empty().then_some(section)
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn skip(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix('#') else { return };
            self.rest = comment.split_once('\n').map_or("", |(_, after)| after);
        }
    }

    fn take(&mut self, mark: char) -> bool {
        self.skip();
        let after = self.rest.strip_prefix(mark);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn word(&mut self, belongs: fn(char) -> bool) -> Option<&'a str> {
        self.skip();
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at_checked(end)?;
        self.rest = after;
        (!word.is_empty()).then_some(word)
    }

    /// Names and values up to a closing brace or the end.
    fn section(&mut self, depth: usize) -> Option<Section> {
        let depth = depth.checked_sub(1)?;
        let mut entries = Vec::new();
        loop {
            self.skip();
            if self.rest.is_empty() || self.rest.starts_with('}') {
                return Some(Section(entries));
            }
            let name = self.word(|c| c.is_ascii_alphanumeric() || "_-+.".contains(c))?.to_owned();
            let value = if self.take('{') {
                let section = self.section(depth)?;
                self.take('}').then_some(Value::Section(section))?
            } else {
                self.take('=').then_some(())?;
                self.value(depth)?
            };
            entries.push((name, value));
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        if self.take('[') {
            let mut values = Vec::new();
            while !self.take(']') {
                values.push(self.value(depth)?);
                self.take(',');
            }
            return Some(Value::List(values));
        }
        if self.take('"') {
            return self.quoted();
        }
        let number = self.word(|c| c.is_ascii_digit() || c == '-' || c == '.')?;
        // Fractions stand only where nothing here looks.
        number.split('.').next()?.parse().ok().map(Value::Number)
    }

    /// Text up to the next quotation mark; a backslash protects one.
    fn quoted(&mut self) -> Option<Value> {
        let mut text = String::new();
        let mut characters = self.rest.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = self.rest.get(at..)?.strip_prefix('"')?;
                    return Some(Value::Text(text));
                }
                '\\' => text.push(characters.next()?.1),
                other => text.push(other),
            }
        }
        None
    }
}
