//! Phone numbers as far as they are certain: with a plus and 7 to 15 digits they are E.164, everything else stays the platform's text.
//! Nothing is guessed: neither a country nor what `00` stands for.

/// E.164 without separators, or `None` where the text is not certainly one.
pub fn e164(text: &str) -> Option<String> {
    let mut digits = String::with_capacity(16);
    for sign in text.trim().strip_prefix('+')?.chars() {
        match sign {
            '0'..='9' => digits.push(sign),
            ' ' | '\u{a0}' | '-' | '.' | '(' | ')' => {}
            _ => return None,
        }
        if digits.len() > 15 {
            return None;
        }
    }
    (digits.len() >= 7 && !digits.starts_with('0')).then(|| format!("+{digits}"))
}

/// E.164 where that is certain, else the text as it came.
pub fn shown(text: &str) -> String {
    e164(text).unwrap_or_else(|| text.trim().to_owned())
}

/// From a platform that writes international numbers without their plus: digits alone are one then.
pub fn international(text: &str) -> String {
    let text = text.trim();
    let with_plus = format!("+{text}");
    match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => e164(&with_plus).unwrap_or_else(|| text.to_owned()),
        false => shown(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_a_platform_that_drops_the_plus_become_e164() {
        assert_eq!(international("442079460000"), "+442079460000");
        assert_eq!(international("+1 415 555 0123"), "+14155550123");
        for text in ["1001", "anonymous", "sip:ada@example.com", "0123456789", ""] {
            assert_eq!(international(text), text);
        }
    }

    #[test]
    fn only_certain_numbers_become_e164() {
        assert_eq!(e164("+1 (415) 555-0123").as_deref(), Some("+14155550123"));
        assert_eq!(e164(" +491511234567 ").as_deref(), Some("+491511234567"));
        for text in [
            "",
            "+",
            "+00",
            "14155550123",
            "0049 151 1234567",
            "+0491511234567",
            "anonymous",
            "+1415555CALL",
            "+1 415 555 0123 x5",
            "sip:ada@example.com",
            "+123456",
            "+1234567890123456",
            &"+9".repeat(40),
        ] {
            assert_eq!(e164(text), None, "{text}");
            assert_eq!(shown(text), text.trim());
        }
    }
}
