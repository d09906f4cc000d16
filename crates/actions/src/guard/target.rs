//! What a URL must be before anything is resolved: http or https, a host, no credentials. It is read as browsers read it
//! (WHATWG), so that `http://0x7f.1` is the address that it means.

use crate::failure::{Code, Fault};
use url::{Position, Url};

const MAX_HOST: usize = 253;
const MAX_URL: usize = 16 * 1024;

/// The request target of a URL: absolute, normalised, without a fragment.
pub(crate) fn target(text: &str) -> Result<http::Uri, Fault> {
    let url = check(text).map_err(|message| Code::BadUrl.because(message))?;
    url[..Position::AfterQuery]
        .parse()
        .map_err(|refused| Code::BadUrl.because(format!("the URL cannot be sent: {refused}")))
}

/// `host:port` of a URL that can be dialled.
pub(crate) fn destination(text: &str) -> Option<String> {
    let url = check(text).ok()?;
    Some(format!(
        "{}:{}",
        url.host_str()?,
        url.port_or_known_default()?
    ))
}

fn check(text: &str) -> Result<Url, String> {
    if text.len() > MAX_URL {
        return Err(format!(
            "the URL has {} bytes; at most {MAX_URL} are allowed",
            text.len()
        ));
    }
    let url = Url::parse(text).map_err(|refused| format!("the URL cannot be read: {refused}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("`{}:` is not http: or https:", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the URL holds a user name or password; give them as `auth`".into());
    }
    match url.host_str() {
        None | Some("") => Err("the URL has no host".into()),
        Some(host) if host.len() > MAX_HOST => Err(format!(
            "the host has {} characters; at most {MAX_HOST} are allowed",
            host.len()
        )),
        Some(_) if url.port() == Some(0) => Err("port 0 cannot be dialled".into()),
        Some(_) => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_what_a_browser_would_dial() {
        for (text, dialled) in [
            ("http://2130706433/", "127.0.0.1:80"),
            ("http://0x7f.1/", "127.0.0.1:80"),
            ("http://0177.0.0.1/", "127.0.0.1:80"),
            ("http://127.1:8080/", "127.0.0.1:8080"),
            ("http://127。0。0。1/", "127.0.0.1:80"),
            ("http://127.0.0.1./", "127.0.0.1:80"),
            ("https://EXAMPLE.com/a", "example.com:443"),
            ("https://[::FFFF:127.0.0.1]/", "[::ffff:7f00:1]:443"),
            ("http://public.example#@127.0.0.1/", "public.example:80"),
            ("http://public.example\\@127.0.0.1/", "public.example:80"),
            ("https://bücher.example/", "xn--bcher-kva.example:443"),
        ] {
            assert_eq!(destination(text).as_deref(), Some(dialled), "{text}");
        }
    }

    #[test]
    fn other_schemes_and_shapes_are_refused() {
        let long = format!("http://{}.example/", "a.".repeat(150));
        for text in [
            "file:///etc/passwd",
            "gopher://127.0.0.1/",
            "ftp://example.com/",
            "unix:/run/x.sock",
            "data:text/plain,x",
            "javascript:1",
            "https://user:pass@internal/",
            "https://user@internal/",
            "http://[fe80::1%25eth0]/",
            "http://[fe80::1%eth0]/",
            "http://example.com:0/",
            "http://example.com:99999/",
            "http://",
            "/relative",
            "",
            &long,
        ] {
            assert_eq!(target(text).unwrap_err().code, Code::BadUrl, "{text}");
        }
    }
}
