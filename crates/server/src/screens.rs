//! The screens, embedded in the binary: hashed assets for ever, the page itself never cached. Built without Node there are none,
//! and a page says how to get them.

use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, Uri, header};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Dist;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'";
/// An empty page that the HTML of a mail is put into: it runs nothing and loads nothing.
const MAIL: &str = "mail.html";
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin";
const PLACEHOLDER: &str = "<!doctype html><html lang=en><title>Switchhook</title><h1>Switchhook is running</h1><p>This binary was built without the screens. Install Node 20.19 or newer and build with <code>./dev run</code>. The API is at <a href=/docs>/docs</a>.</p>";

/// Serves a file of the screens, or the page for every other address: the browser's router takes it from there.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response<Body> {
    let path = uri.path().trim_start_matches('/');
    match file(path, &headers) {
        Some(response) => response,
        None if path.starts_with("assets/") => plain(
            StatusCode::NOT_FOUND,
            "text/plain",
            "there is no such file\n",
        ),
        None => file("index.html", &headers)
            .unwrap_or_else(|| plain(StatusCode::OK, "text/html; charset=utf-8", PLACEHOLDER)),
    }
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response<Body>> {
    let plain = Dist::get(path)?;
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let encoded = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(name, _)| accepted.contains(name));
    let encoded = encoded
        .filter_map(|(name, end)| Some((name, Dist::get(&format!("{path}.{end}"))?)))
        .next();
    let tag: String = plain
        .metadata
        .sha256_hash()
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{tag}\"");
    let mut response = Response::builder()
        .header(header::CONTENT_TYPE, kind(path))
        .header(header::ETAG, &tag)
        .header(header::VARY, "accept-encoding")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(
            header::CONTENT_SECURITY_POLICY,
            if path == MAIL { MAIL_POLICY } else { POLICY },
        )
        .header(
            header::CACHE_CONTROL,
            if path.starts_with("assets/") {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            },
        );
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return response
            .status(StatusCode::NOT_MODIFIED)
            .body(Body::empty())
            .ok();
    }
    let body = match encoded {
        Some((name, file)) => {
            response = response.header(header::CONTENT_ENCODING, name);
            file.data
        }
        None => plain.data,
    };
    response.body(Body::from(body.into_owned())).ok()
}

fn plain(status: StatusCode, kind: &str, text: &'static str) -> Response<Body> {
    let response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_SECURITY_POLICY, POLICY);
    response
        .body(Body::from(text))
        .expect("constant headers are valid")
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json" | "webmanifest") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn a_mail_is_shown_under_a_policy_that_runs_and_loads_nothing() {
        let policy = |path| {
            let page = file(path, &HeaderMap::new())?;
            let policy = page.headers().get(header::CONTENT_SECURITY_POLICY)?;
            policy.to_str().ok().map(str::to_owned)
        };
        // Built without screens there is nothing to show a mail in.
        let Some(mail) = policy(MAIL) else { return };
        for part in [
            "default-src 'none'; ",
            "img-src data:; ",
            "form-action 'none'; ",
            "frame-ancestors 'self'; ",
            "sandbox allow-same-origin",
        ] {
            assert!(mail.contains(part), "{part}: {mail}");
        }
        assert!(!mail.contains("script"), "{mail}");
        let page = policy("index.html").expect("there are screens");
        assert!(page.contains("script-src 'self'; "), "{page}");
    }

    #[test]
    fn screens_that_are_built_are_served() {
        let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist/index.html");
        assert_eq!(
            file("index.html", &HeaderMap::new()).is_some(),
            built.exists()
        );
    }
}
