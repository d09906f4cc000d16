//! Bounded random attacks on the language, in CI on every run; `SWITCHHOOK_FUZZ=100000 cargo test -p kernel --release --test
//! lang_fuzz` is the long form. What must hold of any input: no panic, no more looked at than is allowed, no more put out.

#![allow(clippy::unwrap_used)]

use kernel::lang::{
    Expr, Filters, MAX_DEPTH, MAX_EXPRESSION, MAX_OUTPUT, MAX_WORK, Place, Report, Template,
};
use proptest::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::LazyLock;

fn cases(usual: u32) -> ProptestConfig {
    let told = std::env::var("SWITCHHOOK_FUZZ").ok();
    ProptestConfig::with_cases(told.and_then(|cases| cases.parse().ok()).unwrap_or(usual))
}

static WORLD: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let deep = (0..200).fold(json!("x"), |inner, _| json!([inner]));
    let world = json!({
        "n": 5, "big": u64::MAX, "real": 1e300, "zero": -0.0, "nothing": null, "yes": true, "text": "Ada, <b>\"é\u{FDD0}\" ",
        "five": "5", "at": "2026-03-07T20:30:00-05:00[America/New_York]", "list": [3, "1", null, [2], {"a": 1}, "1"],
        "people": [{ "name": "Bo", "age": 30 }, { "name": "Al", "tags": ["x"] }], "o": { "a": { "b": [1, 2] }, "0": 1, "k y": 2 },
        "long": "ab, ".repeat(5_000), "deep": deep, "b64": "YWJj", "evil": "{{ secrets.key }} ${n} '; --", "empty": ""
    });
    world.as_object().unwrap().clone()
});

/// What must hold of any source; gives what was looked at.
fn hold(source: &str, scope: &Map<String, Value>) -> usize {
    let Ok(expr) = Expr::parse(source, "", Filters::default()) else {
        return 0;
    };
    assert!(source.len() <= MAX_EXPRESSION);
    let mut report = Report::default();
    if let Ok(value) = expr.eval(scope, &mut report) {
        // Escapes make at most six bytes of one; what a path lends is as long as it was.
        let lent: usize = scope
            .values()
            .map(|value| value.to_string().len())
            .max()
            .unwrap_or(0);
        assert!(
            value.to_string().len() <= 6 * MAX_OUTPUT.max(lent),
            "{source}"
        );
    }
    assert!(report.work <= MAX_WORK, "{source}");
    assert!(report.missing.len() <= 100);
    let again = &mut Report::default();
    let _ = expr.holds(scope, again);
    report.work
}

/// Expressions that are mostly well formed, of all operators and filters.
fn grown() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "n",
        "big",
        "real",
        "zero",
        "nothing",
        "yes",
        "text",
        "five",
        "at",
        "list",
        "people",
        "o",
        "long",
        "deep",
        "b64",
        "evil",
        "empty",
        "gone",
        "gone.a[3]",
        "o.a.b[1]",
        "o['k y']",
        "people[0].name",
        "list[99]",
        "1",
        "-7",
        "1.5e3",
        "'x'",
        "\"it's\"",
        "'\\n'",
        "true",
        "null",
        "[]",
        "'a{50}{50}'",
        "'(a+)+$'",
        "'['",
        "'%Y-%m-%d'",
        "'UTC'",
        "'2 days'",
        "'name'",
        "1048576",
        "99999999999999999999",
    ])
    .prop_map(str::to_owned);
    let filters: Vec<String> = Filters::default()
        .iter()
        .map(|filter| filter.name.to_owned())
        .collect();
    let operators = vec![
        "==",
        "!=",
        ">",
        ">=",
        "<",
        "<=",
        "and",
        "or",
        "in",
        "not in",
        "contains",
        "not contains",
        "starts_with",
        "ends_with",
        "matches",
        "not matches",
        "+",
        "-",
        "*",
        "/",
    ];
    leaf.prop_recursive(6, 40, 3, move |inner| {
        let arguments = prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(filters.clone()), arguments).prop_map(|(input, filter, arguments)| {
                match arguments.is_empty() {
                    true => format!("{input} | {filter}"),
                    false => format!("{input} | {filter}({})", arguments.join(", ")),
                }
            }),
            3 => (inner.clone(), prop::sample::select(operators.clone()), inner.clone())
                .prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
            1 => inner.clone().prop_map(|inner| format!("({inner})")),
            1 => inner.clone().prop_map(|inner| format!("not {inner}")),
            1 => inner.clone().prop_map(|inner| format!("-{inner}")),
            1 => inner.clone().prop_map(|inner| format!("{inner} is_empty")),
            1 => inner.clone().prop_map(|inner| format!("{inner} exists")),
            1 => prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

/// A grown expression with a piece cut out, doubled or swapped for bytes of any kind.
fn mutated() -> impl Strategy<Value = String> {
    (
        grown(),
        any::<prop::sample::Index>(),
        0..8usize,
        prop::collection::vec(any::<u8>(), 0..6),
        0..3,
    )
        .prop_map(|(source, at, length, bytes, how)| {
            let mut source = source.into_bytes();
            let from = at.index(source.len() + 1);
            let to = (from + length).min(source.len());
            let piece = source[from..to].to_vec();
            let new = match how {
                0 => bytes,
                1 => [piece.clone(), piece].concat(),
                _ => Vec::new(),
            };
            source.splice(from..to, new);
            String::from_utf8_lossy(&source).into_owned()
        })
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn any_bytes_are_an_expression_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        hold(&String::from_utf8_lossy(&bytes), &WORLD);
    }

    #[test]
    fn any_expression_ends_within_its_bounds(source in grown()) {
        hold(&source, &WORLD);
    }

    #[test]
    fn any_mutation_ends_within_its_bounds(source in mutated()) {
        hold(&source, &WORLD);
    }
}

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

/// Twice the placeholders are at most twice the work, and the whole stays within one template's bounds.
#[test]
fn a_template_is_linear_in_its_placeholders() {
    let work = |placeholders: usize| {
        let mut problems = Vec::new();
        let text = json!("{{ long | upper | truncate(20) }}, ".repeat(placeholders));
        let template = Template::compile(&text, Place::Text, "", Filters::default(), &mut problems);
        assert_eq!(problems.len(), 0);
        let mut report = Report::default();
        template.render(&*WORLD, &mut report).unwrap();
        report.work
    };
    let (before, after) = (work(50), work(100));
    assert!(
        before > 100_000 && after <= before * 21 / 10,
        "{before}, {after}"
    );
    let huge = json!("{{ long }}".repeat(2_000));
    let template = Template::compile(&huge, Place::Text, "", Filters::default(), &mut Vec::new());
    let mistake = template
        .render(&*WORLD, &mut Report::default())
        .unwrap_err();
    assert!(mistake.0.contains("too much"), "{}", mistake.0);
}

/// Steps, not seconds: twice the input is at most twice the work, and a little.
#[test]
fn work_is_linear_in_the_input() {
    let sized = |n: usize| {
        let mut scope = Map::new();
        scope.insert("text".into(), "word, Ünï <b> ".repeat(n).into());
        let items = (0..n).map(|at| json!({ "name": format!("n{at}"), "age": at % 7 }));
        scope.insert("people".into(), items.collect());
        scope.insert(
            "names".into(),
            (0..n).map(|at| json!(format!("n{}", at % 50))).collect(),
        );
        scope.insert(
            "o".into(),
            (0..n).map(|at| (format!("k{at}"), json!(at))).collect(),
        );
        scope
    };
    let (small, large) = (sized(400), sized(800));
    let mut grew = 0;
    for filter in Filters::default().iter() {
        for input in ["text", "people", "names", "o"] {
            for arguments in [
                "",
                "('name')",
                "(3)",
                "(', ', '-')",
                "('name', 'n7')",
                "(o)",
                "('%Y')",
            ] {
                let source = format!("{input} | {}{arguments}", filter.name);
                let (before, after) = (hold(&source, &small), hold(&source, &large));
                assert!(
                    after <= before * 21 / 10 + 64,
                    "{source}: {before}, {after}"
                );
                grew += usize::from(after > before);
            }
        }
    }
    for operator in [
        "==",
        "!=",
        "<",
        "in",
        "contains",
        "starts_with",
        "ends_with",
        "matches",
    ] {
        for (left, right) in [
            ("text", "text"),
            ("names", "'n7'"),
            ("'n7'", "names"),
            ("text", "'(a|a)*$'"),
        ] {
            let source = format!("{left} {operator} {right}");
            let (before, after) = (hold(&source, &small), hold(&source, &large));
            assert!(
                after <= before * 21 / 10 + 64,
                "{source}: {before}, {after}"
            );
            grew += usize::from(after > before);
        }
    }
    assert!(grew > 100, "{grew} expressions looked at their input");
}

#[test]
fn a_thousand_terms_over_a_long_text_are_cut_short() {
    let mut scope = Map::new();
    scope.insert("x".into(), "a".repeat(1 << 20).into());
    scope.insert("p".into(), "b+c".into());
    for term in [
        "x contains 'b'",
        "x matches p",
        "(x | upper) == 'b'",
        "x starts_with p",
    ] {
        let source = vec![term; 700].join(" or ");
        let expr = Expr::parse(&source, "", Filters::default()).unwrap();
        let mut report = Report::default();
        let mistake = expr.holds(&scope, &mut report).unwrap_err();
        assert!(mistake.0.contains("look at more than"), "{}", mistake.0);
        assert!(report.work <= MAX_WORK);
    }
    let source = vec!["x matches 'b+'"; 17].join(" or ");
    let problem = Expr::parse(&source, "", Filters::default()).unwrap_err();
    assert!(
        problem.message.contains("at most 16 patterns"),
        "{}",
        problem.message
    );
}

/// Attack 51: what other engines were broken with is arithmetic, a missing path or a problem here.
#[test]
fn payloads_against_other_engines_do_nothing() {
    let world = &*WORLD;
    for payload in [
        "7*7",
        "7*'7'",
        "constructor",
        "constructor.constructor",
        "__globals__",
        "__proto__.polluted",
        "o.__proto__",
        "o.constructor.prototype",
        "text.length",
        "self._TemplateReference__context",
        "config.items",
        "request.application.__globals__",
        "lipsum.__globals__.os",
        "process.env.SECRET",
        "$json.x",
        "this.constructor",
        "global.process.mainModule",
    ] {
        let Ok(expr) = Expr::parse(payload, "", Filters::default()) else {
            continue;
        };
        let value = expr
            .eval(world, &mut Report::default())
            .unwrap()
            .into_owned();
        assert!(value.is_null() || value == 49, "{payload}: {value}");
    }
    for payload in [
        "constructor.constructor('return process')()",
        "''.__class__.__mro__[1].__subclasses__()",
        "cycler.__init__.__globals__.os.popen('id').read()",
        "(()=>{})()",
        "[].map.constructor('x')()",
        "#with 'constructor' as |f|",
        "% include 'x' %",
        "x ? y : z",
        "`id`",
        "$eval('1')",
        "{a: 1}",
        "x = 1",
        "x; y",
        "import('fs')",
        "new Function('x')",
        "n | attr('__class__')",
        "n | eval",
    ] {
        assert!(
            Expr::parse(payload, "", Filters::default()).is_err(),
            "{payload}"
        );
    }
}

/// Attack 52: what a caller says is data, however often it goes through a template.
#[test]
fn a_template_inside_data_is_never_evaluated() {
    let said = "{{secrets.crm}} ${n} {{ n }} $${x} {{ '{{' }}";
    let mut scope = WORLD.clone();
    let said_again = json!(said);
    scope.insert("said".into(), said_again.clone());
    for source in [
        "{{ said }}",
        "${said}",
        "{{ said | trim }}",
        "{{ [said] | first }}",
        "{{ said | default(said) }}",
    ] {
        for _ in 0..3 {
            let mut problems = Vec::new();
            let template = Template::compile(
                &json!(source),
                Place::Text,
                "",
                Filters::default(),
                &mut problems,
            );
            assert!(problems.is_empty() && template.paths().iter().all(|path| path.root == "said"));
            let value = template.render(&scope, &mut Report::default()).unwrap();
            assert_eq!(value, said_again, "{source}");
            scope.insert("said".into(), value);
        }
    }
}

/// Attack 53: patterns that other engines take for ever over.
#[test]
fn a_hostile_pattern_takes_linear_time_or_is_refused() {
    let mut scope = Map::new();
    scope.insert("x".into(), format!("{}!", "a".repeat(200_000)).into());
    for pattern in [
        "^(a+)+$",
        "(a|aa)+$",
        "^(a|a?)+$",
        "(.*a){20}b",
        "(x+x+)+y",
        "([a-zA-Z]+)*$",
        "a*a*a*a*a*a*b",
    ] {
        for source in [
            format!("x matches '{pattern}'"),
            format!("x matches ('{pattern}' | text)"),
        ] {
            let expr = Expr::parse(&source, "", Filters::default()).unwrap();
            let mut report = Report::default();
            assert!(expr.holds(&scope, &mut report).is_ok(), "{source}");
            assert!(report.work < 1 << 21, "{source}: {}", report.work);
        }
    }
    let nested = format!("x matches '{}a{}'", "(".repeat(100), ")".repeat(100));
    let long = format!("x matches '{}'", "a".repeat(1_001));
    for refused in [
        "x matches '(a{1000}){1000}'",
        "x matches '((a{100}){100}){100}'",
        "x matches '\\w{1000}'",
        "x matches '(?=a)a'",
        "x matches '(a)\\1'",
        nested.as_str(),
        long.as_str(),
    ] {
        assert!(
            Expr::parse(refused, "", Filters::default()).is_err(),
            "{refused}"
        );
    }
}

#[test]
fn what_nests_is_bounded_where_it_is_written() {
    for source in [
        format!(
            "{}n{}",
            "(".repeat(MAX_DEPTH + 1),
            ")".repeat(MAX_DEPTH + 1)
        ),
        format!(
            "{}n{}",
            "[".repeat(MAX_DEPTH + 1),
            "]".repeat(MAX_DEPTH + 1)
        ),
        format!("{}n", "not ".repeat(MAX_DEPTH + 1)),
        format!("{}n", "-".repeat(MAX_DEPTH + 1)),
        format!("n{}", " | text".repeat(MAX_DEPTH + 1)),
        format!("n{}", "[0]".repeat(MAX_DEPTH + 1)),
        format!("n{}", " + n".repeat(MAX_DEPTH + 1)),
        format!(
            "n | default({}n{}",
            "(n | default(".repeat(MAX_DEPTH),
            "))".repeat(MAX_DEPTH + 1)
        ),
    ] {
        let problem = Expr::parse(&source, "", Filters::default()).unwrap_err();
        assert!(problem.message.contains("at most"), "{}", problem.message);
    }
    let mut scope = WORLD.clone();
    scope.insert(
        "deepest".into(),
        (0..120).fold(json!(1), |inner, _| json!({ "a": inner })),
    );
    hold("deepest | json | length", &scope);
    hold(
        "[deepest, deep] | unique | sort | map('a.a.a') | json",
        &scope,
    );
}
