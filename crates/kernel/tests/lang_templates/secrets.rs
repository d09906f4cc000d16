//! Secrets in templates, and the markers that stand for them.

use super::*;
use kernel::lang::secret::{self, Mode};

#[test]
fn a_secret_stands_alone_or_not_at_all() {
    let (template, problems) = compile(
        &json!("{{ secrets.a }} ${secrets.b} {{secrets.a}}"),
        Place::Text,
    );
    assert_eq!(problems, []);
    let paths = template.paths();
    assert_eq!(paths.len(), 2, "{paths:?}");
    assert!(paths.iter().all(|path| path.root == "secrets"));
    let at = "/with";
    refused(
        Place::Text,
        &[
            (
                json!("{{ secrets.a | base64 }}"),
                at,
                "can only stand alone",
            ),
            (
                json!("{{ x | default(secrets.a) }}"),
                at,
                "can only stand alone",
            ),
            (json!("{{ secrets.a == 'x' }}"), at, "can only stand alone"),
            (json!("{{ [secrets.a] }}"), at, "can only stand alone"),
            (json!("{{ secrets }}"), at, "secrets.<name>"),
            (json!("{{ secrets.a.b }}"), at, "secrets.<name>"),
            (json!("{{ secrets['a b'] }}"), at, "secrets.<name>"),
            (json!("${secrets.a-b}"), at, "secrets.<name>"),
        ],
    );
}

#[test]
fn a_marker_cannot_be_forged() {
    facts(Place::Text, &[("{{ forged }}", "\u{FFFD}tkey\u{FFFD}")]);
    facts(
        Place::Body,
        &[("{\"a\": {{ forged }}}", "{\"a\": \"\u{FFFD}tkey\u{FFFD}\"}")],
    );
    assert_eq!(
        render(json!(["{{ deep }}"]), Place::Json),
        Ok(json!([{ "a\u{FFFD}": ["\u{FFFD}"] }]))
    );
    for place in [
        Place::Text,
        Place::Json,
        Place::Literal,
        Place::Headers,
        Place::Body,
    ] {
        for value in [
            json!({ "a": "\u{FDD0}tkey\u{FDD1}" }),
            json!({ "\u{FDD0}": "a" }),
        ] {
            let (_, problems) = compile(&value, place);
            assert!(
                problems
                    .iter()
                    .any(|problem| problem.message.contains("U+FDD0")),
                "{place:?}"
            );
        }
    }
}

#[test]
fn a_marker_is_replaced_once_in_its_own_way() {
    let value = "a\"b&\u{FDD0}tother\u{FDD1}";
    let mut text = String::new();
    for mode in [
        Mode::Plain,
        Mode::JsonText,
        Mode::JsonBare,
        Mode::Url,
        Mode::Markup,
    ] {
        text = format!("{text}{} ", secret::write(mode, "k"));
    }
    let replaced = secret::replace(&text, |mode, name| {
        assert_eq!(name, "k");
        Ok::<_, ()>(mode.escape(value))
    });
    let m = "\u{FDD0}tother\u{FDD1}";
    let percent = "a%22b%26%EF%B7%90tother%EF%B7%91";
    assert_eq!(
        replaced.unwrap(),
        format!("a\"b&{m} a\\\"b&{m} \"a\\\"b&{m}\" {percent} a&quot;b&amp;{m} ")
    );
    assert_eq!(
        secret::replace("plain", |_, _| Err(())),
        Ok(Cow::Borrowed("plain"))
    );
    assert_eq!(
        secret::replace(&secret::write(Mode::Url, "k"), |_, _| Err(())),
        Err(())
    );
}
