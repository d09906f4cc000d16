//! What `Secrets` writes and masks.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

const VALUE: &str = "cána/ry \"q\" + 7<&>";

fn secrets(active: &[&str]) -> Secrets {
    let active: Vec<Arc<str>> = active.iter().map(|value| Arc::from(*value)).collect();
    let mut secrets = Secrets::default();
    active
        .iter()
        .for_each(|value| secrets.values.add(&shown("key"), forms(value)));
    secrets.known.push(("key".into(), active));
    secrets
}

#[test]
fn a_marker_becomes_the_newest_value_as_its_place_wants_it() {
    let secrets = secrets(&["n\"w & 1", "old-value"]);
    for (mode, sent) in [
        (Mode::Plain, "a n\"w & 1 b"),
        (Mode::JsonText, "a n\\\"w & 1 b"),
        (Mode::JsonBare, "a \"n\\\"w & 1\" b"),
        (Mode::Url, "a n%22w%20%26%201 b"),
        (Mode::Markup, "a n&quot;w &amp; 1 b"),
    ] {
        let marked = format!("a {} b", write(mode, "key"));
        assert_eq!(secrets.reveal(&marked), sent);
        assert_eq!(secrets.shown(&marked), "a ‹secret:key› b");
    }
    let tree = json!({ "a": write(Mode::Plain, "key") }).to_string();
    assert_eq!(secrets.reveal_json(&tree), r#"{"a":"n\"w & 1"}"#);
    assert_eq!(
        secrets.reveal_all(&write(Mode::Plain, "key")),
        ["n\"w & 1", "old-value"]
    );
}

#[test]
fn a_value_is_masked_in_every_form_it_can_come_back_in() {
    let secrets = secrets(&[VALUE]);
    let encoded = Mode::Url.escape(VALUE);
    for form in [
        VALUE.to_owned(),
        serde_json::to_string(VALUE).unwrap(),
        serde_json::to_string(VALUE).unwrap().replace('/', "\\/"),
        encoded.clone(),
        encoded.replace("%20", "+"),
        lower(&encoded),
        STANDARD.encode(VALUE),
        STANDARD.encode(format!("user:{VALUE}")),
        STANDARD.encode(format!("u:{VALUE}!")),
        STANDARD.encode(format!("us:{VALUE}!!")),
        Mode::Markup.escape(VALUE),
    ] {
        let shown = secrets.mask(&form).into_owned();
        assert!(shown.contains("‹secret:key›"), "{form} → {shown}");
        assert!(
            !shown.contains("7") || !shown.contains("ry"),
            "{form} → {shown}"
        );
    }
}

#[test]
fn text_without_the_value_is_left_alone() {
    let secrets = secrets(&["abcdef"]);
    assert!(matches!(secrets.mask("abcde abcdeg"), Cow::Borrowed(_)));
    assert_eq!(secrets.mask("xabcdefabcdefy"), "x‹secret:key›‹secret:key›y");
    assert_eq!(self::secrets(&["abc"]).mask("abc"), "abc");
}

#[test]
fn a_json_escape_hides_nothing() {
    let secrets = secrets(&["canary"]);
    let mut value: Value =
        serde_json::from_str(r#"{"a":["\u0063anary"],"\u0063anary":1}"#).unwrap();
    assert!(secrets.mask_value(&mut value));
    assert_eq!(value, json!({ "a": ["‹secret:key›"], "‹secret:key›": 1 }));
}

#[test]
fn encoding_for_a_form_leaves_markers_to_be_encoded_with_their_value() {
    let secrets = secrets(&["a+b&cd"]);
    let encoded = encode_component(&format!("x y={}/ü", write(Mode::Plain, "key")));
    assert_eq!(secrets.reveal(&encoded), "x%20y%3Da%2Bb%26cd%2F%C3%BC");
}

fn lower(encoded: &str) -> String {
    encoded
        .replace("%2F", "%2f")
        .replace("%3C", "%3c")
        .replace("%3E", "%3e")
        .replace("%2B", "%2b")
        .replace("%C3%A1", "%c3%a1")
}

#[test]
fn the_path_of_a_url_that_is_secret_as_a_whole_is_masked_too() {
    let secrets = secrets(&["https://hooks.example.com/services/T0/B0/x"]);
    assert_eq!(
        secrets.mask("no_service at /services/T0/B0/x"),
        "no_service at ‹secret:key›"
    );
}
