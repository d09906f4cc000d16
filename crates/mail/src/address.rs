//! An address with its display name, as one text or as its two parts. What could be read as two addresses, or as a name that
//! poses as another address, is refused rather than guessed at.

use std::fmt;
use url::Host;

const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_NAME: usize = 200;
/// What may stand before the `@` beside letters and digits (RFC 5322, `atext`, and the dot).
const LOCAL: &str = ".!#$%&'*+-/=?^_`{|}~";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    /// ASCII, its domain in lower case.
    pub email: String,
}

impl Mailbox {
    /// `ada@example.com`, or `Ada Lovelace <ada@example.com>`, the name in quotes or not.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some(inside) = text.strip_suffix('>') else {
            return Self::new(None, text);
        };
        let (name, email) = inside
            .rsplit_once('<')
            .ok_or_else(|| format!("`{}` is no address", shown(text)))?;
        let name = name.trim();
        let name = name
            .strip_prefix('"')
            .and_then(|name| name.strip_suffix('"'))
            .unwrap_or(name);
        Self::new(Some(name), email)
    }

    pub fn new(name: Option<&str>, email: &str) -> Result<Self, String> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if let Some(name) = name {
            check_name(name)?;
        }
        Ok(Self {
            name: name.map(str::to_owned),
            email: check_email(email.trim())?,
        })
    }

    pub fn domain(&self) -> &str {
        self.email.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.email),
            None => f.write_str(&self.email),
        }
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("the name `{}` {why}", shown(name)));
    if name.len() > MAX_NAME {
        return wrong("has more than 200 bytes");
    }
    if name.chars().any(is_control) {
        return wrong("holds a line break or another control character");
    }
    if name.contains(['@', '＠', '<', '>']) {
        return wrong("looks like an address of its own");
    }
    Ok(())
}

fn check_email(email: &str) -> Result<String, String> {
    let wrong = |why: &str| Err(format!("`{}` {why}", shown(email)));
    if email.chars().any(is_control) {
        return wrong("holds a line break or another control character");
    }
    if email.contains([',', ';']) {
        return wrong("holds more than one address: give a list");
    }
    if email.is_empty() {
        return Err("there is no address".into());
    }
    let Some((local, domain)) = email.rsplit_once('@') else {
        return wrong("is no address");
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || LOCAL.contains(c);
    if local.is_empty()
        || local.len() > MAX_LOCAL
        || !local.chars().all(plain)
        || local.starts_with('.')
        || local.ends_with('.')
        || local.contains("..")
    {
        return wrong("is no address: see what stands before the @");
    }
    let domain = match Host::parse(domain) {
        Ok(Host::Domain(domain)) if !domain.ends_with('.') => domain,
        _ => return wrong("is no address: its domain is not a name"),
    };
    let email = format!("{local}@{domain}");
    match email.len() {
        ..=MAX_EMAIL => Ok(email),
        _ => wrong("has more than 254 bytes"),
    }
}

/// Also those that turn the direction of text, or hide: a name is read by people.
pub(crate) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// A text as it may stand in a message: a line, and never long.
fn shown(text: &str) -> String {
    let short: String = text.chars().filter(|c| !is_control(*c)).take(80).collect();
    if short.len() < text.len() {
        short + "…"
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_its_name() {
        for (text, name, email) in [
            ("ada@example.com", None, "ada@example.com"),
            (" Ada@Example.COM ", None, "Ada@example.com"),
            ("<ada@example.com>", None, "ada@example.com"),
            (
                "Ada Lovelace <ada@example.com>",
                Some("Ada Lovelace"),
                "ada@example.com",
            ),
            (
                "\"Lovelace, Ada\" <ada@example.com>",
                Some("Lovelace, Ada"),
                "ada@example.com",
            ),
            (
                "Žofie <zofie@bücher.example>",
                Some("Žofie"),
                "zofie@xn--bcher-kva.example",
            ),
            ("a.b+c@mail", None, "a.b+c@mail"),
        ] {
            let read = Mailbox::parse(text).unwrap();
            assert_eq!(
                (read.name.as_deref(), &*read.email),
                (name, email),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_exactly_one_address_is_refused() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example.com, eve@evil.example",
            "ada@example.com; eve@evil.example",
            "ada@example.com\r\nBcc: eve@evil.example",
            "ada@example.com\0",
            "Ada <eve@evil.example>, <ada@example.com>",
            "ceo@bank.example <eve@evil.example>",
            "\"ceo@bank.example\" <eve@evil.example>",
            "ceo＠bank.example <eve@evil.example>",
            "Ada\nBcc: eve@evil.example <ada@example.com>",
            "Ada \u{202E}moc.elpmaxe <ada@example.com>",
            "a b@example.com",
            "\"a b\"@example.com",
            ".ada@example.com",
            "ada..b@example.com",
            "ada@127.0.0.1",
            "ada@[127.0.0.1]",
            "ada@exa mple.com",
            "ada@example.com>",
            "żółw@example.com",
            &format!("{}@example.com", "a".repeat(65)),
            &format!("a@{}.com", "a".repeat(250)),
            &format!("{} <ada@example.com>", "n".repeat(201)),
        ] {
            let refused = Mailbox::parse(text).unwrap_err();
            assert!(
                !refused.contains(['\r', '\n', '\0']) && refused.len() < 400,
                "{refused}"
            );
        }
    }
}
