//! The session cookie, and the proof that a request with one came from our own pages. A cookie alone never changes anything:
//! browsers send it along with requests of other sites too.

use super::session::SESSION;
use http::{HeaderMap, HeaderValue, Method, header};

/// Browsers refuse `__Host-` names without TLS and let no other host of the domain set them.
fn name(origin: &str) -> &'static str {
    match origin.starts_with("https://") {
        true => "__Host-switchhook",
        false => "switchhook",
    }
}

/// The session token that the browser sent.
pub fn read<'a>(headers: &'a HeaderMap, origin: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs
        .filter(|(n, _)| *n == name(origin))
        .map(|(_, value)| value);
    let token = found.next()?;
    // Two cookies of the name: one of them was planted.
    found.next().is_none().then_some(token)
}

/// Sets the cookie to `token`, or removes it.
pub fn set(origin: &str, token: Option<&str>) -> HeaderValue {
    let secure = if origin.starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let age = token.map_or(0, |_| SESSION.as_secs());
    let (name, value) = (name(origin), token.unwrap_or_default());
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    HeaderValue::from_str(&text).expect("a token is base62")
}

/// Whether a request that carries the cookie may do what it says.
pub fn is_ours(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => text("origin").is_some_and(|sent| {
            let host = sent.split_once("://").map(|(_, host)| host);
            // A page under another name of ours: its own cookie came along, so the name is not a stranger's.
            sent.eq_ignore_ascii_case(origin) || host.is_some() && host == text("host")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAFE: &str = "https://hooks.example";
    const PLAIN: &str = "http://localhost:7117";

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_cookie_is_bound_to_its_host_and_hidden_from_scripts() {
        let text = set(SAFE, Some("abc"));
        assert_eq!(
            text,
            "__Host-switchhook=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure"
        );
        let text = set(PLAIN, None);
        assert_eq!(
            text,
            "switchhook=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn only_the_cookie_of_this_scheme_is_read_and_a_planted_second_one_voids_it() {
        let both = headers(&[("cookie", "a=b; switchhook=plain; __Host-switchhook=safe")]);
        assert_eq!(read(&both, SAFE), Some("safe"));
        assert_eq!(read(&both, PLAIN), Some("plain"));
        assert_eq!(
            read(&headers(&[("cookie", "switchhook=x; switchhook=y")]), PLAIN),
            None
        );
        assert_eq!(read(&headers(&[("cookie", "xswitchhook=x")]), PLAIN), None);
        assert_eq!(read(&headers(&[]), PLAIN), None);
    }

    #[test]
    fn a_cookie_changes_things_only_from_our_own_pages() {
        let ours =
            |pairs: &[(&'static str, &'static str)]| is_ours(&Method::POST, &headers(pairs), SAFE);
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(ours(&[("origin", "https://hooks.example")]));
        assert!(ours(&[
            ("origin", "http://10.0.0.7:7117"),
            ("host", "10.0.0.7:7117")
        ]));
        assert!(!ours(&[
            ("origin", "https://evil.example"),
            ("host", "hooks.example")
        ]));
        assert!(!ours(&[]));
        assert!(!ours(&[("origin", "null")]));
        assert!(!ours(&[("origin", "https://evil.example")]));
        for site in ["same-site", "cross-site", "none"] {
            assert!(
                !ours(&[
                    ("sec-fetch-site", site),
                    ("origin", "https://hooks.example")
                ]),
                "{site}"
            );
        }
        assert!(is_ours(
            &Method::GET,
            &headers(&[("sec-fetch-site", "cross-site")]),
            SAFE
        ));
    }
}
