//! The forms in which a secret's value can come back to us: as it is, escaped, percent-encoded, and inside base64 text at
//! each of the three alignments. A value of few bytes has no form: masking it would hide half the record.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use kernel::lang::secret::Mode;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// Bytes of a secret, and of a part of one.
const SHORTEST: usize = 6;

/// The forms of a secret.
pub(crate) fn forms(value: &str) -> Vec<Zeroizing<String>> {
    let mut forms = forms_of(value, SHORTEST);
    let mut add = |form: &str| {
        if form.len() >= SHORTEST {
            forms.push(Zeroizing::new(form.into()));
        }
    };
    // A URL that is secret as a whole: receivers and redirects name its path alone.
    if let Some((_, rest)) = value.split_once("://")
        && let Some(at) = rest.find('/')
    {
        add(&rest[at..]);
    }
    let mut prefixes = ["whsec_", "whsk_"].iter();
    if let Some(key) = prefixes.find_map(|prefix| value.strip_prefix(prefix)) {
        add(key);
    }
    forms
}

/// The forms of any value that has as many bytes.
pub(super) fn forms_of(value: &str, shortest: usize) -> Vec<Zeroizing<String>> {
    let mut forms = Vec::new();
    if value.len() < shortest {
        return forms;
    }
    let mut add = |form: String| {
        let form = Zeroizing::new(form);
        if !forms.contains(&form) {
            forms.push(form);
        }
    };
    add(value.into());
    for mode in [Mode::JsonText, Mode::Url, Mode::Markup] {
        let escaped = mode.escape(value);
        match mode {
            Mode::JsonText => {
                let slashes = escaped.replace('/', "\\/");
                if !value.is_ascii() {
                    for json in [&escaped, &slashes] {
                        add(json_of_ascii(json, |unit| format!("{unit:04x}")));
                        add(json_of_ascii(json, |unit| format!("{unit:04X}")));
                    }
                }
                add(slashes);
            }
            Mode::Url => {
                add(escaped.replace("%20", "+"));
                add(lower_case_escapes(&escaped));
            }
            _ => {}
        }
        add(escaped);
    }
    for lead in 0..3 {
        let mut bytes = Zeroizing::new(vec![0; lead]);
        bytes.extend_from_slice(value.as_bytes());
        // The characters that depend on nothing but the value, wherever it stands.
        let (from, to) = ([0, 2, 3][lead], bytes.len() * 8 / 6);
        add(STANDARD_NO_PAD.encode(&*bytes)[from..to].into());
        add(URL_SAFE_NO_PAD.encode(&*bytes)[from..to].into());
    }
    forms
}

/// A value as it is; and in capitals and in small letters, where more than ASCII is written in other bytes then.
pub(super) fn in_both_cases(value: &str) -> Vec<Cow<'_, str>> {
    let mut cases = vec![value.into()];
    let has_case = |sign: char| sign.is_lowercase() || sign.is_uppercase();
    if value.chars().any(|sign| !sign.is_ascii() && has_case(sign)) {
        cases.push(value.to_uppercase().into());
        cases.push(value.to_lowercase().into());
    }
    cases
}

/// As most languages write a JSON text, unless told otherwise: all but ASCII is escaped.
fn json_of_ascii(text: &str, digits: impl Fn(u16) -> String) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        if sign.is_ascii() {
            escaped.push(sign);
        } else {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                escaped.push_str("\\u");
                escaped.push_str(&digits(*unit));
            }
        }
    }
    escaped
}

fn lower_case_escapes(escaped: &str) -> String {
    let mut lowered = String::with_capacity(escaped.len());
    let mut digits = 0;
    for sign in escaped.chars() {
        lowered.push(if digits > 0 {
            sign.to_ascii_lowercase()
        } else {
            sign
        });
        digits = if sign == '%' { 2 } else { digits.max(1) - 1 };
    }
    lowered
}
