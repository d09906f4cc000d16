//! The pages name everything and contain nothing that a browser would fetch or run.

use super::*;

#[test]
fn the_reference_names_every_operation_and_every_shape() {
    let (html, document) = (operations(), openapi());
    for (path, _) in document["paths"].as_object().unwrap() {
        assert!(html.contains(&format!("<code>{path}</code>")), "{path}");
    }
    for (name, _) in document["components"]["schemas"].as_object().unwrap() {
        assert!(html.contains(&format!("<h3 id=\"{name}\">")), "{name}");
    }
}

#[test]
fn every_code_has_its_place_on_the_errors_page() {
    for code in Code::ALL {
        assert!(errors().contains(&format!("<h2 id=\"{}\">", code.name())));
    }
}

#[test]
fn pages_load_and_run_nothing() {
    for html in [operations(), errors(), used_link()] {
        for element in ["<script", "<img", "<link", "<iframe", "src=", " style="] {
            assert!(!html.contains(element), "{element}");
        }
    }
    let policy = page(errors()).headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn text_is_escaped_before_it_is_marked_up() {
    assert_eq!(
        prose("a `<b>` & **c**\n\nd `e"),
        "<p>a <code>&lt;b&gt;</code> &amp; <strong>c</strong></p><p>d `e</p>"
    );
}
