//! Keys of flows: names made fit for files and addresses. A slug is small letters, digits and single hyphens.

/// Characters of a slug.
pub const MAX: usize = 64;

pub fn is_slug(text: &str) -> bool {
    text.len() <= MAX && of(text) == text
}

/// The slug of a name; `flow` where nothing of it is left.
pub fn of(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if slug.len() == MAX {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    match slug.trim_end_matches('-') {
        "" => "flow".into(),
        slug => slug.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_slug_and_a_slug_stays_one() {
        for (name, slug) in [
            (
                "Create CRM lead, for interested callers!",
                "create-crm-lead-for-interested-callers",
            ),
            ("  --a  b--  ", "a-b"),
            ("Über", "ber"),
            ("電話", "flow"),
            ("../../etc/passwd", "etc-passwd"),
        ] {
            assert_eq!(of(name), slug);
            assert!(is_slug(slug));
        }
        let long = of(&"ab ".repeat(99));
        assert!(long.len() <= MAX && is_slug(&long), "{long}");
        for text in ["", "A", "a_b", "a--b", "-a", "a-", "a/b", &"a".repeat(65)] {
            assert!(!is_slug(text), "{text}");
        }
    }
}
