//! The text of a message: what may stand in it, and into how many segments it is cut. GSM 7-bit where every sign is of its
//! alphabet (3GPP TS 23.038), else UCS-2.

const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Signs that take two septets.
const EXTENDED: &str = "^{}\\[~]|€\u{C}";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Gsm,
    Ucs2,
}

impl Coding {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Coding::Gsm => "GSM-7",
            Coding::Ucs2 => "UCS-2",
        }
    }
}

/// Signs that hide, or turn the direction of what is read, are how a text pretends to be another.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("the text is empty".into());
    }
    let wrong = text.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
    });
    match wrong {
        Some(sign) => Err(format!(
            "the text holds U+{:04X}, a sign that cannot be seen or turns the direction of writing",
            u32::from(sign)
        )),
        None => Ok(()),
    }
}

/// How a text is coded, and how many segments it takes.
pub(super) fn measure(text: &str) -> (Coding, u64) {
    let septets = text.chars().try_fold(0usize, |sum, sign| {
        let size = if GSM.contains(sign) {
            1
        } else if EXTENDED.contains(sign) {
            2
        } else {
            return None;
        };
        Some(sum + size)
    });
    let (coding, size, alone, joined) = match septets {
        Some(septets) => (Coding::Gsm, septets, 160, 153),
        None => (Coding::Ucs2, text.encode_utf16().count(), 70, 67),
    };
    let segments = if size <= alone {
        1
    } else {
        size.div_ceil(joined)
    };
    (coding, segments as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_counted_as_networks_count_them() {
        for (text, coding, segments) in [
            ("Hi".to_owned(), Coding::Gsm, 1),
            ("a".repeat(160), Coding::Gsm, 1),
            ("a".repeat(161), Coding::Gsm, 2),
            ("a".repeat(306), Coding::Gsm, 2),
            ("a".repeat(307), Coding::Gsm, 3),
            ("€".repeat(80), Coding::Gsm, 1),
            ("€".repeat(81), Coding::Gsm, 2),
            ("Grüße, ñandú".to_owned(), Coding::Ucs2, 1),
            ("Grüße".to_owned(), Coding::Gsm, 1),
            ("ç".to_owned(), Coding::Ucs2, 1),
            ("я".repeat(70), Coding::Ucs2, 1),
            ("я".repeat(71), Coding::Ucs2, 2),
            ("🎉".repeat(35), Coding::Ucs2, 1),
            ("🎉".repeat(36), Coding::Ucs2, 2),
        ] {
            assert_eq!(measure(&text), (coding, segments), "{text}");
        }
    }

    #[test]
    fn signs_that_hide_or_turn_are_refused() {
        for text in [
            "",
            " \n",
            "a\u{202E}b",
            "a\u{2066}b",
            "\u{FEFF}a",
            "a\0b",
            "a\u{1b}[31m",
            "a\u{200F}b",
        ] {
            assert!(check(text).is_err(), "{text:?}");
        }
        for text in ["Hi\nthere", "مرحبا", "שלום", "👩‍👩‍👧", "Grüße"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }
}
