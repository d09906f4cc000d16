//! Names of files: a path of plain parts below a folder, whatever values it was made of. Nothing leads out of the folder, hides
//! in it, or means something else to another system.

use kernel::lang::secret::Mode;

const MOST_PARTS: usize = 16;
const LONGEST_PART: usize = 200;

/// A path that was checked: parts joined by `/`, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name(String);

impl Name {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with('/') {
            return Err(format!(
                "`{}` begins with `/`: names count from the connection's folder",
                shown(text)
            ));
        }
        let mut count = 0;
        for part in text.split('/') {
            count += 1;
            if let Some(why) = wrong(part) {
                return Err(format!("`{}` is no name of a file: {why}", shown(text)));
            }
        }
        match count > MOST_PARTS {
            true => Err(format!("a name has at most {MOST_PARTS} parts between `/`")),
            false => Ok(Self(text.to_owned())),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }

    /// As it stands in the path of a URL.
    pub(crate) fn encoded(&self) -> String {
        let parts: Vec<String> = self.parts().map(|part| Mode::Url.escape(part)).collect();
        parts.join("/")
    }

    /// This name inside a folder.
    pub(crate) fn below(&self, folder: Option<&Name>) -> Name {
        match folder {
            Some(folder) => Name(format!("{}/{}", folder.0, self.0)),
            None => self.clone(),
        }
    }
}

fn wrong(part: &str) -> Option<&'static str> {
    if part.is_empty() {
        Some("a part between `/` is empty")
    } else if part == "." || part == ".." {
        Some("`.` and `..` lead to other folders")
    } else if part.starts_with('.') {
        Some("a part that begins with a dot would be hidden")
    } else if part.len() > LONGEST_PART {
        Some("a part has more than 200 bytes")
    } else if part.chars().any(is_odd) {
        Some("it holds a backslash, a line break or another sign that is none of a name")
    } else if part != part.trim() {
        Some("a part begins or ends with a space")
    } else {
        None
    }
}

/// Control characters, and marks that turn or hide what is written.
fn is_odd(sign: char) -> bool {
    let turns = matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    sign.is_control() || sign == '\\' || turns
}

fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(100)
        .collect::<String>()
        .escape_debug()
        .collect();
    if text.chars().count() > 100 {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_below_its_folder() {
        for name in [
            "a",
            "a/b.txt",
            "2026/Anruf von Žofie.mp3",
            "a..b",
            "a b",
            "家.txt",
        ] {
            assert_eq!(Name::parse(name).map(|name| name.0), Ok(name.to_owned()));
        }
        let long = "x".repeat(201);
        let deep = vec!["a"; 17].join("/");
        for name in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../b",
            "a/..",
            ".",
            "./a",
            "a//b",
            "a/",
            ".htaccess",
            "a/.ssh/b",
            "a\\b",
            "..\\a",
            "a\nb",
            "a\0b",
            "a\u{7f}",
            "a\u{202e}b",
            " a",
            "a ",
            "a/ b",
            &long,
            &deep,
        ] {
            assert!(Name::parse(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn in_a_url_each_part_is_one() {
        let name = Name::parse("a b/c?d#e/ü+.txt").unwrap();
        assert_eq!(name.encoded(), "a%20b/c%3Fd%23e/%C3%BC%2B.txt");
        let folder = Name::parse("calls").unwrap();
        assert_eq!(name.below(Some(&folder)).as_str(), "calls/a b/c?d#e/ü+.txt");
    }
}
