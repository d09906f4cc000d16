//! iCalendar as a tree of components and lines (RFC 5545, 3.1), read and written without loss: what is not known here stays as
//! it was. A value is kept as it stands on the wire; `text` takes its escapes away.

/// No calendar nests deeper: VCALENDAR, VEVENT, VALARM.
const DEEPEST: usize = 8;
/// Octets of a line before it is folded.
const WIDTH: usize = 75;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Component {
    /// In capitals.
    pub name: String,
    pub lines: Vec<Line>,
    pub parts: Vec<Component>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// In capitals.
    pub name: String,
    pub parameters: Vec<(String, Vec<String>)>,
    pub value: String,
}

impl Component {
    pub fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            lines: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// The first component of a text.
    pub fn read(text: &str) -> Result<Self, String> {
        let unfolded = unfold(text);
        let mut open: Vec<Component> = Vec::new();
        for written in unfolded.lines().filter(|line| !line.trim().is_empty()) {
            let line = Line::read(written).ok_or_else(|| {
                let short: String = written.chars().take(60).collect();
                format!("`{}` is no line of a calendar", short.escape_debug())
            })?;
            match line.name.as_str() {
                "BEGIN" if open.len() == DEEPEST => {
                    return Err(format!("its parts nest more than {DEEPEST} deep"));
                }
                "BEGIN" => open.push(Component::new(&line.value.trim().to_ascii_uppercase())),
                "END" => {
                    let ended = open.pop();
                    let ended =
                        ended.filter(|part| line.value.trim().eq_ignore_ascii_case(&part.name));
                    let ended = ended.ok_or_else(|| {
                        format!("`END:{}` ends nothing", line.value.trim().escape_debug())
                    })?;
                    match open.last_mut() {
                        Some(around) => around.parts.push(ended),
                        None => return Ok(ended),
                    }
                }
                _ => match open.last_mut() {
                    Some(part) => part.lines.push(line),
                    None => return Err("it does not begin with `BEGIN:`".into()),
                },
            }
        }
        Err(match open.last() {
            Some(part) => format!("its {} does not end", part.name),
            None => "it is empty".into(),
        })
    }

    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.line(name).map(Line::text)
    }

    /// Puts a line where the first of its name stood, or at the end; others of that name go.
    pub fn put(&mut self, line: Line) {
        self.put_all(&line.name.clone(), vec![line]);
    }

    /// As `put`, for lines of one name.
    pub fn put_all(&mut self, name: &str, lines: Vec<Line>) {
        let at = self.lines.iter().position(|known| known.name == name);
        let at = at.unwrap_or(self.lines.len());
        self.remove(name);
        self.lines.splice(at..at, lines);
    }

    pub fn remove(&mut self, name: &str) {
        self.lines.retain(|line| line.name != name);
    }

    pub fn write(&self) -> String {
        let mut text = String::new();
        self.write_into(&mut text);
        text
    }

    fn write_into(&self, text: &mut String) {
        fold(&format!("BEGIN:{}", self.name), text);
        for line in &self.lines {
            fold(&line.write(), text);
        }
        for part in &self.parts {
            part.write_into(text);
        }
        fold(&format!("END:{}", self.name), text);
    }
}

impl Line {
    /// `value` as it stands on the wire.
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            parameters: Vec::new(),
            value: value.into(),
        }
    }

    /// A line that says a text, whatever is in it.
    pub fn of_text(name: &str, text: &str) -> Self {
        let mut value = String::with_capacity(text.len() + 8);
        for sign in text.replace("\r\n", "\n").chars() {
            match sign {
                '\\' | ';' | ',' => value.extend(['\\', sign]),
                '\n' | '\r' => value.push_str("\\n"),
                '\t' => value.push(sign),
                sign if sign.is_control() => {}
                sign => value.push(sign),
            }
        }
        Self::new(name, value)
    }

    pub fn with(mut self, parameter: &str, value: &str) -> Self {
        self.parameters.push((parameter.into(), vec![value.into()]));
        self
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, values) = self.parameters.iter().find(|(known, _)| known == name)?;
        values.first().map(String::as_str)
    }

    /// What it says, its escapes taken away.
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut signs = self.value.chars();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' => match signs.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => text.push('\\'),
                },
                sign => text.push(sign),
            }
        }
        text
    }

    fn read(written: &str) -> Option<Self> {
        let colon = outside_quotes(written, ':').next()?;
        let (head, value) = (&written[..colon], &written[colon + 1..]);
        let mut pieces = split(head, ';').into_iter();
        let name = pieces.next()?.trim().to_ascii_uppercase();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        if name.is_empty() || !name.bytes().all(plain) {
            return None;
        }
        let mut parameters = Vec::new();
        for piece in pieces {
            let (name, values) = piece.split_once('=')?;
            let values = split(values, ',').into_iter();
            let values = values.map(|value| decode(value.trim_matches('"')));
            parameters.push((name.trim().to_ascii_uppercase(), values.collect()));
        }
        Some(Self {
            name,
            parameters,
            value: value.to_owned(),
        })
    }

    fn write(&self) -> String {
        let mut text = self.name.clone();
        for (name, values) in &self.parameters {
            text.push(';');
            text.push_str(name);
            text.push('=');
            let values: Vec<_> = values.iter().map(|value| encode(value)).collect();
            text.push_str(&values.join(","));
        }
        text.push(':');
        text.push_str(&self.value);
        text
    }
}

fn unfold(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace("\n ", "").replace("\n\t", "")
}

/// Lines of at most 75 octets, never inside a character.
fn fold(line: &str, into: &mut String) {
    let mut rest = line;
    let mut width = WIDTH;
    while rest.len() > width {
        let at = rest.floor_char_boundary(width);
        into.push_str(&rest[..at]);
        into.push_str("\r\n ");
        rest = &rest[at..];
        width = WIDTH - 1;
    }
    into.push_str(rest);
    into.push_str("\r\n");
}

/// Where the sign stands outside of quotes.
fn outside_quotes(text: &str, wanted: char) -> impl Iterator<Item = usize> + '_ {
    let mut quoted = false;
    text.char_indices().filter_map(move |(at, sign)| {
        quoted ^= sign == '"';
        (sign == wanted && !quoted).then_some(at)
    })
}

fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for position in outside_quotes(text, at) {
        parts.push(&text[from..position]);
        from = position + 1;
    }
    parts.push(&text[from..]);
    parts
}

/// A parameter's value (RFC 6868): quotes and line breaks cannot stand in it.
fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len() + 2);
    for sign in value.chars() {
        match sign {
            '^' => text.push_str("^^"),
            '"' => text.push_str("^'"),
            '\n' => text.push_str("^n"),
            sign if sign.is_control() => {}
            sign => text.push(sign),
        }
    }
    match text.contains([':', ';', ',']) {
        true => format!("\"{text}\""),
        false => text,
    }
}

fn decode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '^' => match signs.next() {
                Some('n') => text.push('\n'),
                Some('\'') => text.push('"'),
                Some('^') => text.push('^'),
                Some(other) => text.extend(['^', other]),
                None => text.push('^'),
            },
            sign => text.push(sign),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_known_here_stays_as_it_was() {
        let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-ODD;X-A=\"a:b\",c;X-B=1:v\\,1\r\nBEGIN:VEVENT\r\nUID:1\r\n\
                    BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(Component::read(text).unwrap().write(), text);
    }

    #[test]
    fn folded_lines_are_one_and_long_ones_are_folded() {
        let read = Component::read("begin:vevent\nSUMMARY:a\n b\n\tc\nEND:VEVENT\n").unwrap();
        assert_eq!(read.text("SUMMARY").unwrap(), "abc");
        let mut long = Component::new("VEVENT");
        long.put(Line::of_text("SUMMARY", &"ä🎉".repeat(60)));
        let written = long.write();
        assert!(
            written.split("\r\n").all(|line| line.len() <= 75),
            "{written}"
        );
        assert_eq!(Component::read(&written).unwrap(), long);
    }

    #[test]
    fn what_is_no_calendar_is_refused_with_what_is_wrong() {
        let deep = "BEGIN:A\n".repeat(9);
        for (text, says) in [
            ("", "it is empty"),
            ("<html>", "`<html>` is no line"),
            ("A:b", "does not begin"),
            ("BEGIN:VEVENT\nUID:1", "its VEVENT does not end"),
            ("BEGIN:VEVENT\nEND:VTODO", "`END:VTODO` ends nothing"),
            (&*deep, "more than 8 deep"),
        ] {
            let refused = Component::read(text).unwrap_err();
            assert!(refused.contains(says), "{text:?}: {refused}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_what_it_was_after_it_was_written(text in "(?s).{0,300}", name in "(?s)[^\r]{0,80}") {
            let mut part = Component::new("VEVENT");
            part.put(Line::of_text("SUMMARY", &text).with("CN", &name));
            let written = part.write();
            let read = Component::read(&written).unwrap();
            let plain = |text: &str| -> String {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
            };
            prop_assert_eq!(read.lines.len(), 1);
            prop_assert_eq!(read.text("SUMMARY").unwrap(), plain(&text));
            let kept: String = name.chars().filter(|c| !c.is_control() || *c == '\n').collect();
            prop_assert_eq!(read.lines[0].parameter("CN").unwrap(), kept);
        }

        #[test]
        fn whatever_comes_is_read_or_refused(text in "(?s).{0,400}") {
            let _ = Component::read(&text);
            let _ = Component::read(&format!("BEGIN:X\n{text}\nEND:X"));
        }
    }
}
