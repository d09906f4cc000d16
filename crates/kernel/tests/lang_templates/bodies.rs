//! Bodies that are written out: raw JSON, what their content type says, forms and queries.

use super::*;

#[test]
fn a_raw_json_body_stays_json() {
    facts(
        Place::Body,
        &[
            (
                r#"{"call_duration": {{duration}}, "notes": "{{outcome.notes}}"}"#,
                r#"{"call_duration": 125, "notes": "said \"hi\"\\\nthen left"}"#,
            ),
            (
                r#" [${duration}, ${outcome.budget}, {{yes}}, {{nothing}}, {{tags}}, {{caller_number}}, "{{duration}}", "{{tags}}", {{gone}}]"#,
                r#" [125, 1.5, true, null, ["a","b"], "+1555", "125", "[\"a\",\"b\"]", null]"#,
            ),
            (
                r#"{"a":{{tags | json}},"b":"\\{{duration}}\""}"#,
                r#"{"a":["a","b"],"b":"\\125\""}"#,
            ),
            (
                r#"{"secret": {{ secrets.a }}}"#,
                "{\"secret\": \u{FDD0}qa\u{FDD1}}",
            ),
            (
                r#"{"secret": "x {{ secrets.a }}"}"#,
                "{\"secret\": \"x \u{FDD0}ja\u{FDD1}\"}",
            ),
            ("a={{ caller_number }}", "a=+1555"),
            ("{{ outcome.notes }}", "said \"hi\"\\\nthen left"),
        ],
    );
    refused(
        Place::Body,
        &[
            (
                json!(r#"{"a": 1{{duration}}}"#),
                "/with",
                "meant as JSON but is none",
            ),
            (
                json!(r#"{"a": "\{{duration}}"}"#),
                "/with",
                "meant as JSON but is none",
            ),
            (
                json!(r#"{"a": "\u00{{duration}}"}"#),
                "/with",
                "meant as JSON but is none",
            ),
            (
                json!(r#"{"a": {{duration}} {{duration}}}"#),
                "/with",
                "meant as JSON but is none",
            ),
            (
                json!(r#"{ {{duration}}: 1 }"#),
                "/with",
                "meant as JSON but is none",
            ),
        ],
    );
}

#[test]
fn forms_and_queries_are_plain_text() {
    let form = json!({ "To": "{{ caller_number }}", "n": 1, "k": "{{ secrets.k }}" });
    let filled = json!({ "To": "+1555", "n": "1", "k": "\u{FDD0}tk\u{FDD1}" });
    assert_eq!(render(form.clone(), Place::Form), Ok(filled.clone()));
    assert_eq!(render(form, Place::Query), Ok(filled));
}

#[test]
fn a_raw_body_is_written_as_its_content_type_says() {
    let body = |kind: &str, body: &str| {
        let with = json!({ "headers": { "content-type": kind }, "body": body });
        let place = Place::Body.beside(with.as_object().unwrap());
        let (template, problems) = compile(&json!(body), place);
        let rendered = template.render(&world(), &mut Report::default());
        problems.first().map_or_else(
            || rendered.unwrap().as_str().unwrap().to_owned(),
            |problem| format!("refused: {}", problem.message),
        )
    };
    for (kind, source, expected) in [
        ("application/json", "{{ tags }}", "[\"a\",\"b\"]"),
        (
            "application/json; charset=utf-8",
            "{{ html }}",
            "\"<script>alert('x')</script> & \\\"co\\\"\"",
        ),
        (
            "Application/LD+JSON",
            " \"{{ html }}\"",
            " \"<script>alert('x')</script> & \\\"co\\\"\"",
        ),
        (
            "application/x-www-form-urlencoded",
            "To={{ caller_number }}&x=${climb}",
            "To=%2B1555&x=..%2Fadmin%3Fx%3D%23%40evil",
        ),
        (
            "text/xml",
            "<a>{{ tags }}</a>",
            "<a>[&quot;a&quot;,&quot;b&quot;]</a>",
        ),
        (
            "application/soap+xml",
            "<a>{{ duration }}</a>",
            "<a>125</a>",
        ),
        (
            "text/html",
            "<b>{{ html }}</b>",
            "<b>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;</b>",
        ),
        ("text/plain", "{\"a\": {{ caller_number }}", "{\"a\": +1555"),
    ] {
        assert_eq!(body(kind, source), expected, "{kind}: {source}");
    }
    assert!(
        body("application/json", "a={{ duration }}")
            .starts_with("refused: the body is meant as JSON")
    );
    // One that is a template itself says nothing when the flow is saved.
    assert_eq!(
        body("{{ kind }}", "[{{ html }}]"),
        "[\"<script>alert('x')</script> & \\\"co\\\"\"]"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_raw_body_is_json_whatever_its_values_hold(a in any::<String>(), b in ".*", key in "[a-z\"\\\\\u{FDD0}]{0,4}") {
        let (template, problems) =
            compile(&json!(r#"{"a": "x{{ a }}\\{{ b }}\"", "b": [{{ a }}, ${b}, {{ o }}], "c": "${o}"}"#), Place::Body);
        prop_assert_eq!(problems, []);
        let mut scope = Map::new();
        scope.insert("a".into(), a.clone().into());
        scope.insert("o".into(), json!({ key: b }));
        scope.insert("b".into(), b.clone().into());
        let body = template.render(&scope, &mut Report::default()).unwrap();
        let parsed: Value = serde_json::from_str(body.as_str().unwrap()).unwrap();
        let clean = |text: &str| text.replace(['\u{FDD0}', '\u{FDD1}'], "\u{FFFD}");
        prop_assert_eq!(&parsed["a"], &json!(clean(&format!("x{a}\\{b}\""))));
        prop_assert_eq!(&parsed["b"][0], &json!(clean(&a)));
    }
}
