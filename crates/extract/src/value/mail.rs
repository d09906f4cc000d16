//! Addresses of mail as they are written and said: `ada@example.com`, `ada dot lovelace at example dot com`, `a d a at …`.

/// Words before `at` that are no name.
const NO_NAME: [&str; 24] = [
    "look",
    "me",
    "us",
    "is",
    "it",
    "mail",
    "email",
    "address",
    "that",
    "you",
    "site",
    "website",
    "available",
    "here",
    "find",
    "reach",
    "visit",
    "check",
    "meet",
    "be",
    "am",
    "are",
    "work",
    "online",
];
const LONGEST: usize = 254;

/// The address, where the text says exactly one.
pub(crate) fn only(text: &str) -> Option<String> {
    let mut found: Vec<String> = all(text).into_iter().map(|(mail, _)| mail).collect();
    found.dedup();
    match found.len() {
        1 => found.pop(),
        _ => None,
    }
}

/// Every address with where it begins, in words.
pub(crate) fn all(text: &str) -> Vec<(String, usize)> {
    let words: Vec<String> = text.split_whitespace().map(trimmed).collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(mail) = valid(word) {
            found.push((mail, at));
        } else if word == "at" || word == "@" {
            found.extend(spoken(&words, at));
        }
    }
    found
}

fn trimmed(word: &str) -> String {
    let word =
        word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '_' && c != '+');
    word.strip_prefix("mailto:").unwrap_or(word).to_lowercase()
}

fn connector(word: &str) -> Option<&'static str> {
    Some(match word {
        "dot" | "point" | "period" => ".",
        "underscore" => "_",
        "dash" | "hyphen" | "minus" => "-",
        "plus" => "+",
        _ => return None,
    })
}

fn spoken(words: &[String], at: usize) -> Option<(String, usize)> {
    let mut start = at.checked_sub(1)?;
    let name = |word: &String| {
        let fine = |c: char| c.is_ascii_alphanumeric() || "._-+".contains(c);
        !word.is_empty() && word.chars().all(fine) && connector(word).is_none()
    };
    let short = |word: &String| word.len() == 1 && name(word);
    if !name(&words[start]) || NO_NAME.contains(&words[start].as_str()) {
        return None;
    }
    loop {
        let joined =
            start >= 2 && connector(&words[start - 1]).is_some() && name(&words[start - 2]);
        if joined {
            start -= 2;
        } else if start >= 1 && short(&words[start]) && short(&words[start - 1]) {
            start -= 1;
        } else {
            break;
        }
    }
    let write = |words: &[String]| -> String {
        words
            .iter()
            .map(|word| connector(word).unwrap_or(word))
            .collect()
    };
    let local = write(&words[start..at]);
    // The longest end that is a domain: `at example dot com please`.
    let rest = &words[at + 1..words.len().min(at + 20)];
    let domain = (1..=rest.len()).rev().find_map(|end| {
        let joined = (1..end).all(|n| {
            connector(&rest[n]).is_some()
                || connector(&rest[n - 1]).is_some()
                || (short(&rest[n]) && short(&rest[n - 1]))
        });
        joined
            .then(|| valid(&format!("{local}@{}", write(&rest[..end]))))
            .flatten()
    })?;
    Some((domain, start))
}

/// The address in lower case, if it is one that mail goes to.
fn valid(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let fine = |part: &str, more: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
            && !part.starts_with(['.', '-'])
            && !part.ends_with(['.', '-'])
            && !part.contains("..")
    };
    let (_, top) = domain.rsplit_once('.')?;
    let is_top = top.len() >= 2 && top.chars().all(|c| c.is_ascii_alphabetic());
    let whole = fine(local, "._-+'%")
        && local.len() <= 64
        && fine(domain, ".-")
        && is_top
        && text.len() <= LONGEST;
    whole.then(|| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_and_say_them() {
        for (text, mail) in [
            ("it's Ada@Example.com.", Some("ada@example.com")),
            ("ada at example dot com", Some("ada@example.com")),
            (
                "Sure, ada dot lovelace at mail dot example dot co dot uk please",
                Some("ada.lovelace@mail.example.co.uk"),
            ),
            ("that is a d a at example.com", Some("ada@example.com")),
            (
                "j underscore smith plus shop at gmail dot com",
                Some("j_smith+shop@gmail.com"),
            ),
            ("look at example dot com", None),
            ("meet me at noon", None),
            ("at example dot com", None),
            ("ada at", None),
            ("<ada@example.com>", Some("ada@example.com")),
            ("ada@example", None),
            ("a@b@c.com", None),
        ] {
            assert_eq!(only(text).as_deref(), mail, "{text}");
        }
    }
}
