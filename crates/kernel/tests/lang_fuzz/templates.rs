//! Any expression in a template: it is one value of its place, and nothing around it changes.

use super::*;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_template_keeps_to_its_place(source in mutated(), before in "[{}\"'<>a=:/ ]{0,8}", after in "[{}\"'<>a=:/ ]{0,8}") {
        let places = [
            Place::Text, Place::Url, Place::Body, Place::JsonBody, Place::FormBody, Place::Json, Place::Html, Place::Xml,
            Place::Sql,
        ];
        for place in places {
            let mut problems = Vec::new();
            let text = format!("{before}{{{{ {source} }}}}{after}");
            let template = Template::compile(&json!(text), place, "", Filters::default(), &mut problems);
            let mut report = Report::default();
            let rendered = template.render(&*WORLD, &mut report);
            prop_assert!(report.work <= MAX_WORK);
            let (true, Ok(value)) = (problems.is_empty(), rendered) else { continue };
            prop_assert!(value.as_str().map_or(0, str::len) <= MAX_OUTPUT);
            if place == Place::JsonBody {
                prop_assert!(serde_json::from_str::<Value>(value.as_str().unwrap()).is_ok(), "{}", value);
            }
        }
    }
}

/// What `source` gives where it stands in `text`; nothing where it may not stand, or is a mistake.
fn placed(text: &str, place: Place, source: &str) -> Option<Value> {
    let text = json!(text.replace('@', &format!("{{{{ {source} }}}}")));
    let whole = match place {
        Place::Headers | Place::Query | Place::Form => json!({ "x": text }),
        _ => text,
    };
    let mut problems = Vec::new();
    let template = Template::compile(&whole, place, "", Filters::default(), &mut problems);
    let mut report = Report::default();
    let value = template.render(&*WORLD, &mut report).ok()?;
    assert!(report.work <= MAX_WORK, "{source}");
    problems.is_empty().then_some(value)
}

fn count(value: &Value, signs: &str) -> Vec<usize> {
    let text = value.as_str().unwrap();
    signs
        .chars()
        .map(|sign| text.matches(sign).count())
        .collect()
}

proptest! {
    #![proptest_config(cases(300))]

    /// Whatever an expression gives, it is one value of its place and nothing around it changes.
    #[test]
    fn any_value_stays_in_its_place(source in grown()) {
        if let Some(url) = placed("https://example.com/a/@/b?c=@&d=1#e", Place::Url, &source) {
            prop_assert!(url.as_str().unwrap().starts_with("https://example.com/a/"), "{}", url);
            prop_assert_eq!(count(&url, "/?&=# \"<>\\"), [5, 1, 1, 2, 1, 0, 0, 0, 0, 0], "{}", url);
        }
        for place in [Place::Html, Place::Xml] {
            if let Some(markup) = placed("<b title=\"@\">@</b>", place, &source) {
                prop_assert_eq!(count(&markup, "<>\""), [2, 2, 2], "{}", markup);
            }
        }
        if let Some(form) = placed("a=@&b=@", Place::FormBody, &source) {
            prop_assert_eq!(count(&form, "&= +"), [1, 2, 0, 0], "{}", form);
        }
        if let Some(sql) = placed("SELECT a FROM b WHERE c = @ AND d = @", Place::Sql, &source) {
            prop_assert_eq!(&sql["text"], &json!(["SELECT a FROM b WHERE c = ", " AND d = ", ""]));
            prop_assert_eq!(sql["values"].as_array().map(Vec::len), Some(2));
        }
        if let Some(headers) = placed("a @ b", Place::Headers, &source) {
            let value = headers["x"].as_str().unwrap();
            prop_assert!(value.starts_with("a ") && value.ends_with(" b") && !value.contains(['\r', '\n', '\0']));
        }
        for place in [Place::Query, Place::Form] {
            let named = placed("a @ b", place, &source);
            prop_assert!(named.is_none_or(|named| named.as_object().unwrap().len() == 1 && named["x"].is_string()));
        }
        if let Some(body) = placed("{\"a\": @, \"b\": \"- @ -\", \"c\": 1}", Place::Body, &source) {
            // Raw, for the value may nest deeper than a reader of values goes.
            let body: BTreeMap<String, Box<RawValue>> = serde_json::from_str(body.as_str().unwrap()).unwrap();
            prop_assert!(body.keys().eq(["a", "b", "c"]) && body["c"].get() == "1", "{:?}", body);
            let inner: String = serde_json::from_str(body["b"].get()).unwrap();
            prop_assert!(inner.starts_with("- ") && inner.ends_with(" -"));
        }
    }
}
