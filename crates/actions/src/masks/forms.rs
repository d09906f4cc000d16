//! The forms in which a secret's value can come back to us: as it is, escaped, percent-encoded, and inside base64 text at
//! each of the three alignments. A value of few bytes has no form: masking it would hide half the record.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use kernel::lang::secret::Mode;
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
            Mode::JsonText => add(escaped.replace('/', "\\/")),
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
