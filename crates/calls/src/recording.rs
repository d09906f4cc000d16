//! What tells recordings of a call apart, and which hosts of a platform ask who wants one. Pure.

/// Parts of an address that are another one each time it is signed.
const SIGNING: [&str; 12] = [
    "signature",
    "sig",
    "expires",
    "expiry",
    "exp",
    "token",
    "policy",
    "key-pair-id",
    "awsaccesskeyid",
    "googleaccessid",
    "se",
    "st",
];

/// An address without what only signs it: two links to one recording are the same.
pub fn source(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let Some((address, query)) = url.split_once('?') else {
        return url.to_owned();
    };
    let stays = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let is_signing = SIGNING.contains(&name.as_str());
        !is_signing && !name.starts_with("x-amz-") && !name.starts_with("x-goog-")
    };
    let stays: Vec<&str> = query.split('&').filter(stays).collect();
    match stays.is_empty() {
        true => address.to_owned(),
        false => format!("{address}?{}", stays.join("&")),
    }
}

/// Where a platform keeps recordings that open only to whoever signs in; none where links open by themselves, or where it is
/// another host for each customer.
pub fn hosts(provider: &str) -> &'static [&'static str] {
    match provider {
        "twilio" => &["twilio.com"],
        "vonage" => &["nexmo.com", "vonage.com"],
        "plivo" => &["plivo.com"],
        "ringcentral" => &["ringcentral.com"],
        "dialpad" => &["dialpad.com"],
        "elevenlabs" => &["elevenlabs.io"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn an_address_that_is_signed_anew_is_the_same_recording() {
        for (url, expected) in [
            ("https://a.example/r.wav", "https://a.example/r.wav"),
            (
                "https://a.example/r.wav?X-Amz-Signature=1&X-Amz-Date=2",
                "https://a.example/r.wav",
            ),
            (
                "https://a.example/r?id=7&Expires=9&Signature=x#t",
                "https://a.example/r?id=7",
            ),
            ("https://a.example/r?id=7", "https://a.example/r?id=7"),
        ] {
            assert_eq!(source(url), expected);
        }
    }
}
