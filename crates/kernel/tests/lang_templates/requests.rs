//! Where a request goes: its URL and its headers.

use super::*;

#[test]
fn a_value_in_a_url_is_one_component() {
    facts(
        Place::Url,
        &[
            (
                "https://x.example/a?phone={{ caller_number }}&n=${duration}",
                "https://x.example/a?phone=%2B1555&n=125",
            ),
            (
                "https://x.example/u/{{ climb }}/v",
                "https://x.example/u/..%2Fadmin%3Fx%3D%23%40evil/v",
            ),
            (
                "https://x.example?q={{ dots }}#{{ climb }}",
                "https://x.example?q=..#..%2Fadmin%3Fx%3D%23%40evil",
            ),
            ("/crm/leads/{{ duration }}.json", "/crm/leads/125.json"),
            (" HTTP://[::1]:80/ ", "HTTP://[::1]:80/"),
            ("{{ secrets.hook_url }}", "\u{FDD0}thook_url\u{FDD1}"),
            (
                "https://x.example/{{ secrets.token }}?k={{secrets.k}}",
                "https://x.example/\u{FDD0}utoken\u{FDD1}?k=\u{FDD0}uk\u{FDD1}",
            ),
        ],
    );
    for climbing in [
        "https://x/a/{{dots}}/b",
        "https://x/{{dot}}",
        "https://x/.{{dot}}?",
        "/a/{{dot}}%2e",
    ] {
        assert!(
            render(climbing, Place::Url)
                .unwrap_err()
                .contains("cannot hold the segment"),
            "{climbing}"
        );
    }
}

#[test]
fn no_value_chooses_where_a_request_goes() {
    let at = "/with";
    refused(
        Place::Url,
        &[
            (json!("https://{{ host }}/"), at, "host"),
            (json!("https://api.{{ host }}.example/"), at, "host"),
            (json!("https://x.example:{{ duration }}/"), at, "host"),
            (json!("https://x.example{{ host }}"), at, "host"),
            (json!("https://{{ secrets.user }}@x.example/"), at, "host"),
            (
                json!("https://u:p@x.example/{{ host }}"),
                at,
                "user or password",
            ),
            (json!("{{ host }}"), at, "scheme and host"),
            (json!("${host}"), at, "scheme and host"),
            (json!("{{ secrets.base }}/x"), at, "scheme and host"),
            (json!("{{ host }}://x"), at, "scheme and host"),
            (json!("//{{ host }}/x"), at, "does not start with https://"),
            (
                json!("file:///etc/passwd"),
                at,
                "does not start with https://",
            ),
            (
                json!("http://public\\@127.0.0.1/"),
                at,
                "cannot hold `\\\\`",
            ),
            (json!("https://x.example/a b"), at, "percent-encode"),
            (json!("https://x.example/a/%2E./b"), at, "segment"),
            (json!("https://?x"), at, "no host"),
            (json!(""), at, "empty"),
            (json!(5), at, "must be a text"),
        ],
    );
}

#[test]
fn headers_cannot_be_injected() {
    assert_eq!(
        render(
            json!({ "Authorization": "Bearer {{ secrets.crm_key }}", "X-Length": 5, "X-By": "{{ caller_number }}" }),
            Place::Headers
        ),
        Ok(
            json!({ "Authorization": "Bearer \u{FDD0}tcrm_key\u{FDD1}", "X-Length": "5", "X-By": "+1555" })
        )
    );
    assert!(
        render(json!({ "X": "{{ crlf }}" }), Place::Headers)
            .unwrap_err()
            .contains("control character 0x0D")
    );
    refused(
        Place::Headers,
        &[
            (
                json!({ "X A": "1" }),
                "/with/X A",
                "not the name of a header",
            ),
            (
                json!({ "X\r\n": "1" }),
                "/with/X\r\n",
                "not the name of a header",
            ),
            (json!({ "": "1" }), "/with/", "not the name of a header"),
            (
                json!({ "{{x}}": "1" }),
                "/with/{{x}}",
                "cannot be a template",
            ),
            (
                json!({ "Host": "x" }),
                "/with/Host",
                "belongs to the connection",
            ),
            (
                json!({ "content-length": 1 }),
                "/with/content-length",
                "belongs to the connection",
            ),
            (
                json!({ "Transfer-Encoding": "chunked" }),
                "/with/Transfer-Encoding",
                "belongs to the connection",
            ),
            (json!({ "X": "a\nb" }), "/with/X", "control character"),
            (json!({ "X": "a", "x": "b" }), "/with/x", "given twice"),
            (json!({ "X": ["a"] }), "/with/X", "must be a text"),
            (json!("X: 1"), "/with", "must be an object"),
        ],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_url_goes_where_it_says_whatever_its_values_hold(a in any::<String>()) {
        let (template, _) = compile(&json!("https://x.example/a/{{ a }}/b?q={{ a }}"), Place::Url);
        let mut scope = Map::new();
        scope.insert("a".into(), a.clone().into());
        match template.render(&scope, &mut Report::default()) {
            Ok(url) => {
                let url = url.as_str().unwrap();
                let (path, query) = url.split_once('?').unwrap();
                prop_assert!(path.starts_with("https://x.example/a/") && path.split('/').count() == 6);
                prop_assert!(!query.contains(['&', '#', '+', '/', ' ']));
            }
            Err(_) => prop_assert!(a == "." || a == ".."),
        }
    }
}
