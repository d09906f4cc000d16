//! What is found of values, and what is left alone.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::lang::secret::Mode;
use serde_json::json;

const SAID: &str = "My card is \"4111 1111 1111 1111\", and my doctor says café / diabetes.";

fn masks(values: &[&str]) -> Masks {
    let mut masks = Masks::new("[x]");
    values.iter().for_each(|value| masks.cover(value));
    masks
}

#[test]
fn a_value_is_found_in_every_form() {
    let masks = masks(&["ada+b@example.com", "Lovelace", SAID]);
    for value in ["ada+b@example.com", "Lovelace", SAID] {
        for form in [
            value.to_owned(),
            value.to_ascii_uppercase(),
            serde_json::to_string(value).unwrap(),
            Mode::Url.escape(value),
            Mode::Markup.escape(value),
            STANDARD.encode(value),
            STANDARD.encode(format!("u:{value}!")),
            STANDARD.encode(format!("{{\"x\":\"{value}\"}}")),
        ] {
            let shown = masks.text(&form);
            assert!(shown.contains("[x]"), "{form} → {shown}");
            assert!(shown.len() <= 20, "{form} → {shown}");
        }
    }
}

#[test]
fn a_quote_and_what_was_cut_are_found() {
    let masks = masks(&[SAID, "lovelace@example.com", "Lovelace"]);
    assert_eq!(
        masks.text("said: doctor says café / dia, twice"),
        "said:[x], twice"
    );
    assert_eq!(
        masks.text("{\"said\":\"My card is \\\"4111 1111 11"),
        "{\"said\":\"[x]"
    );
    assert_eq!(masks.text("name: lovela"), "name: [x]");
    assert_eq!(masks.text("name: Lovela…"), "name: [x]…");
    assert_eq!(masks.text("my doctor says"), "my doctor says");
    assert_eq!(masks.text("love"), "love");
}

#[test]
fn a_long_value_is_found_where_it_was_cut_short() {
    let masks = masks(&["jane.doe@example.com", "Zoë Müller-Lüdenscheidt"]);
    for (text, shown) in [
        ("wrote to jane.doe@exampl", "wrote to [x]"),
        ("wrote to jane.d…", "wrote to [x]…"),
        ("jane.doe@example", "[x]"),
        ("name: ZOË MÜ...", "name: [x]..."),
        ("name: Zo\\u00eb M", "name: [x]"),
        ("wrote to jane.", "wrote to jane."),
        ("jane.doe says", "jane.doe says"),
    ] {
        assert_eq!(masks.text(text), shown);
    }
}

#[test]
fn letters_beyond_ascii_are_found_in_both_cases_and_escaped() {
    for (value, texts) in [
        (
            "Müller",
            "MÜLLER müller mÜLLER M\\u00fcller M\\u00FCLLER M\\u00DCLLER M%C3%9CLLER m%c3%bcller",
        ),
        ("ÉLODIE", "Élodie élodie \\u00e9lodie \\u00C9lodie"),
        ("Straße", "STRASSE straße Stra\\u00dfe"),
        ("Σοφός", "ΣΟΦΌΣ σοφός"),
        ("İpek", "İPEK i\u{307}pek"),
    ] {
        let masks = masks(&[value]);
        for text in texts.split(' ') {
            assert_eq!(masks.text(text), "[x]", "{value}: {text}");
        }
    }
    let name = Mode::JsonText.escape("Ada/👋");
    let php = name.replace('/', "\\/").replace('👋', "\\ud83d\\udc4b");
    assert_eq!(masks(&["Ada/👋"]).text(&php), "[x]");
    let mut values = Values::default();
    values.add("[x]", forms("pässword"));
    assert_eq!(values.mask("p\\u00e4ssword, p\\u00E4ssword"), "[x], [x]");
    assert_eq!(values.mask("PÄSSWORD"), "PÄSSWORD");
}

#[test]
fn a_number_is_found_however_it_is_written() {
    let masks = masks(&["+14155552671", "123-45-6789", "4111111111111111"]);
    for text in [
        "+1 (415) 555-2671",
        "415.555.2671",
        "14155552671",
        "(415) 555 2671",
        "tel:4155552671",
        "123456789",
        "123 45 6789",
        "4111-1111-1111-1111",
        "4111 1111 1111 1111",
    ] {
        let shown = masks.text(text);
        assert!(
            !shown.contains("55") && !shown.contains("11") && !shown.contains("45"),
            "{shown}"
        );
    }
    assert_eq!(
        masks.text("at 2026-11-26 in 415 steps"),
        "at 2026-11-26 in 415 steps"
    );
    let mut tree = json!({"card": 4111111111111111_u64, "n": 7, "4155552671": [123456789]});
    masks.value(&mut tree);
    assert_eq!(tree, json!({"card": "[x]", "n": 7, "[x]": ["[x]"]}));
}

/// Compared one by one, these would take minutes: 50,000 forms and 20,000 texts, that all begin alike.
#[test]
fn many_values_are_looked_for_in_many_texts_at_once() {
    let mut masks = Masks::new("[x]");
    for number in 10_000..15_000 {
        masks.cover(&format!("okay {number}"));
        masks.cover(&format!("555{number}"));
    }
    for number in 15_000..35_000 {
        let text = format!("okay {number}, 555{number}, okay");
        assert_eq!(masks.text(&text), text);
    }
    assert_eq!(masks.text("okay 12345, 555-12346, okay 1"), "[x], [x], [x]");
}

#[test]
fn short_values_are_left_alone_and_too_many_mask_everything() {
    assert_eq!(masks(&["yes", "42", ""]).text("yes, 42"), "yes, 42");
    let all = masks(&[&"long ".repeat(300_000)]);
    assert_eq!(all.text("anything"), "[x]");
    assert_eq!(Masks::everything("[x]").text("anything"), "[x]");
    assert_eq!(masks(&[]).text("anything"), "anything");
}
