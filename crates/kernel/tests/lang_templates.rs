//! Facts about templates: what each place writes, what it refuses, and that values never become templates.

#![allow(clippy::unwrap_used)]

use kernel::lang::secret::{self, Mode};
use kernel::lang::{Filters, MAX_OUTPUT, MAX_RENDERED, Place, Report, Template};
use kernel::{Problem, Scope};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

fn world() -> Map<String, Value> {
    let Value::Object(world) = json!({
        "duration": 125, "caller_number": "+1555", "yes": true, "nothing": null, "tags": ["a", "b"],
        "outcome": { "notes": "said \"hi\"\\\nthen left", "budget": 1.5 },
        "evil": "{{secrets.x}} ${duration} {{duration}} $${", "climb": "../admin?x=#@evil", "dots": "..", "dot": ".",
        "crlf": "a\r\nX-Evil: 1", "html": "<script>alert('x')</script> & \"co\"", "host": "evil.example",
        "link": "https://x.example/?a=1&b=2", "evil_link": "javascript:alert(1)",
        "forged": "\u{FDD0}tkey\u{FDD1}", "deep": { "a\u{FDD0}": ["\u{FDD1}"] }
    }) else {
        unreachable!()
    };
    world
}

fn compile(value: &Value, place: Place) -> (Template, Vec<Problem>) {
    let mut problems = Vec::new();
    let template = Template::compile(value, place, "/with", Filters::default(), &mut problems);
    (template, problems)
}

#[track_caller]
fn render(value: impl Into<Value>, place: Place) -> Result<Value, String> {
    let (template, problems) = compile(&value.into(), place);
    assert_eq!(problems, []);
    template
        .render(&world(), &mut Report::default())
        .map_err(|mistake| mistake.0)
}

#[track_caller]
fn facts(place: Place, table: &[(&str, &str)]) {
    for (source, expected) in table {
        assert_eq!(render(*source, place), Ok(json!(expected)), "{source}");
    }
}

#[track_caller]
fn refused(place: Place, table: &[(Value, &str, &str)]) {
    for (value, path, reason) in table {
        let (_, problems) = compile(value, place);
        assert!(
            problems
                .iter()
                .any(|problem| problem.path == *path && problem.message.contains(reason)),
            "{value}: {problems:?}"
        );
    }
}

#[test]
fn text_is_filled_in() {
    facts(
        Place::Text,
        &[
            ("", ""),
            (
                "call of {{ duration }} s by {{caller_number}}",
                "call of 125 s by +1555",
            ),
            ("{{ duration }}", "125"),
            ("${outcome.notes}", "said \"hi\"\\\nthen left"),
            ("{{ tags }} {{ nothing }} {{ gone.x }}|", "[\"a\",\"b\"]  |"),
            (
                "{{ '{{' }} $${x} {{ \"}}\" }} $5 { } }} $",
                "{{ ${x} }} $5 { } }} $",
            ),
            ("$$${duration}", "$${duration}"),
            ("{{7*7}} {{ __globals__ }} {{ config.__class__ }}", "49  "),
        ],
    );
}

#[test]
fn a_payload_view_comes_before_the_common_scope_in_the_second_spelling() {
    struct Viewed;
    impl Scope for Viewed {
        fn get(&self, name: &str) -> Option<Cow<'_, Value>> {
            (name == "outcome").then(|| Cow::Owned(json!({ "notes": "n" })))
        }
        fn view(&self, name: &str) -> Option<Cow<'_, Value>> {
            (name == "outcome").then(|| Cow::Owned(json!("Interested")))
        }
    }
    let (template, problems) = compile(
        &json!("${outcome} {{outcome.notes}} ${outcome.notes}"),
        Place::Text,
    );
    assert_eq!(problems, []);
    assert_eq!(
        template.render(&Viewed, &mut Report::default()),
        Ok(json!("Interested n n"))
    );
}

#[test]
fn text_from_a_value_is_never_a_template() {
    let evil = "{{secrets.x}} ${duration} {{duration}} $${";
    facts(
        Place::Text,
        &[
            ("{{ evil }}", evil),
            ("${evil}", evil),
            ("{{ evil | trim }}", evil),
        ],
    );
    assert_eq!(
        render(json!({ "a": "{{evil}}" }), Place::Json),
        Ok(json!({ "a": evil }))
    );
}

#[test]
fn what_is_missing_is_null_in_json_and_empty_in_text_and_listed() {
    let (template, _) = compile(
        &json!({ "a": "{{ gone.x }}", "b": "<{{ gone.x }}{{ other[0] }}>" }),
        Place::Json,
    );
    let mut report = Report::default();
    assert_eq!(
        template.render(&world(), &mut report),
        Ok(json!({ "a": null, "b": "<>" }))
    );
    assert_eq!(report.missing, ["gone.x", "other[0]"]);
}

#[test]
fn a_leaf_that_is_one_placeholder_keeps_its_type() {
    let tree = json!({ "phone": "{{ caller_number }}", "d": "{{ duration }}", "t": ["{{tags}}", "{{duration}} s", 1, null], "k": "$${x}" });
    let filled =
        json!({ "phone": "+1555", "d": 125, "t": [["a", "b"], "125 s", 1, null], "k": "${x}" });
    assert_eq!(render(tree.clone(), Place::Json), Ok(filled.clone()));
    assert_eq!(render(tree, Place::Text), Ok(filled));
    assert_eq!(
        render(json!({ "a": ["$${x}"] }), Place::Json),
        Ok(json!({ "a": ["${x}"] }))
    );
    refused(
        Place::Json,
        &[(
            json!({ "a/b": { "{{x}}": 1 } }),
            "/with/a~1b/{{x}}",
            "cannot be a template",
        )],
    );
}

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

#[test]
fn forms_and_queries_are_plain_text() {
    let form = json!({ "To": "{{ caller_number }}", "n": 1, "k": "{{ secrets.k }}" });
    let filled = json!({ "To": "+1555", "n": "1", "k": "\u{FDD0}tk\u{FDD1}" });
    assert_eq!(render(form.clone(), Place::Form), Ok(filled.clone()));
    assert_eq!(render(form, Place::Query), Ok(filled));
}

#[test]
fn markup_is_escaped() {
    let escaped = "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;</p>";
    facts(Place::Html, &[("<p>{{ html }}</p>", escaped)]);
    facts(
        Place::Xml,
        &[
            ("<p>{{ html }}</p>", escaped),
            ("{{ secrets.a }}", "\u{FDD0}ha\u{FDD1}"),
        ],
    );
}

#[test]
fn a_placeholder_in_markup_stands_where_escaping_is_enough() {
    facts(
        Place::Html,
        &[
            (
                "<a class='{{ caller_number }}' title=\"{{ html }}\">x</a>",
                "<a class='+1555' title=\"&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;\">x</a>",
            ),
            (
                "<a href=\"{{ link }}\">",
                "<a href=\"https://x.example/?a=1&amp;b=2\">",
            ),
            ("<a href=\"{{ gone }}\">", "<a href=\"\">"),
            (
                "<a href=\"https://x.example/{{ climb }}?q={{ caller_number }}\">",
                "<a href=\"https://x.example/..%2Fadmin%3Fx%3D%23%40evil?q=%2B1555\">",
            ),
            (
                "<a href = 'tel:{{ caller_number }}'>",
                "<a href = 'tel:+1555'>",
            ),
            (
                "<a href='/r/{{ caller_number }}'>{{ duration }}<!-- x --> {{ duration }}",
                "<a href='/r/%2B1555'>125<!-- x --> 125",
            ),
            (
                "<style>a > b {}</style>{{ duration }}<script>1 < 2</script>{{ duration }}",
                "<style>a > b {}</style>125<script>1 < 2</script>125",
            ),
            ("a &lt; b {{ duration }}", "a &lt; b 125"),
        ],
    );
    facts(
        Place::Xml,
        &[(
            "<a b='{{ html }}' href='{{ evil_link }}'/><script>{{ duration }}</script>",
            "<a b='&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;' href='javascript:alert(1)'/><script>125</script>",
        )],
    );
    for source in [
        "<a href=\"{{ evil_link }}\">",
        "<a download href=\"{{ evil_link }}\">",
        "<img/src=\"{{ evil_link }}\">",
        "<a x=y href='{{ evil_link }}'>",
        "<a x=\"y\"HREF='{{ evil_link }}'>",
        "<a href=\" \n{{ evil_link }}\">",
    ] {
        let mistake = render(source, Place::Html).unwrap_err();
        assert!(
            mistake.contains("a link must begin with"),
            "{source}: {mistake}"
        );
    }
    let at = "/with";
    let refusals = [
        ("<a title={{ html }}>", "attribute's quotes"),
        ("<{{ html }}>", "attribute's quotes"),
        ("<a {{ html }}='x'>", "attribute's quotes"),
        (
            "<a onclick=\"f('{{ html }}')\">",
            "in the attribute `onclick`",
        ),
        ("<p style='color: {{ html }}'>", "in the attribute `style`"),
        (
            "<a href='javascript:f({{ duration }})'>",
            "a link is one of https",
        ),
        (
            "<a href='data:text/html,{{ duration }}'>",
            "a link is one of https",
        ),
        ("<script>var x = '{{ html }}'</script>", "in a script"),
        ("<STYLE>{{ html }}", "in a script, style"),
        ("<!-- {{ html }} -->", "comment"),
    ];
    let refusals = refusals.map(|(source, reason)| (json!(source), at, reason));
    refused(Place::Html, &refusals);
    refused(
        Place::Xml,
        &[
            (json!("<a><![CDATA[{{ html }}]]></a>"), at, "CDATA"),
            (json!("<a b={{ html }}>"), at, "quotes"),
        ],
    );
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

/// Attack 49.
#[test]
fn a_value_in_a_statement_is_bound_and_never_part_of_it() {
    assert_eq!(
        render(
            "SELECT * FROM leads WHERE phone = {{ caller_number }} AND note = ${html} -- it's\n AND d > {{ duration }}",
            Place::Sql
        ),
        Ok(json!({
            "text": ["SELECT * FROM leads WHERE phone = ", " AND note = ", " -- it's\n AND d > ", ""],
            "values": ["+1555", "<script>alert('x')</script> & \"co\"", 125]
        }))
    );
    assert_eq!(
        render(
            "INSERT INTO t (a, b) VALUES ('it''s', {{ gone }}, {{ tags }}, {{ secrets.k }})",
            Place::Sql
        ),
        Ok(json!({
            "text": ["INSERT INTO t (a, b) VALUES ('it''s', ", ", ", ", ", ")"],
            "values": [null, ["a", "b"], "\u{FDD0}tk\u{FDD1}"]
        }))
    );
    assert_eq!(
        render("SELECT 1", Place::Sql),
        Ok(json!({ "text": ["SELECT 1"], "values": [] }))
    );
    let at = "/with";
    refused(
        Place::Sql,
        &[
            (json!("SELECT '{{ html }}'"), at, "without quotes"),
            (json!("SELECT \"{{ html }}\""), at, "without quotes"),
            (json!("SELECT `{{ html }}`"), at, "without quotes"),
            (json!("SELECT 1 -- {{ html }}"), at, "comment"),
            (json!("SELECT /* {{ html }} */ 1"), at, "comment"),
            (json!("SELECT * FROM {{ html }}"), at, "names of tables"),
            (
                json!("insert into\n{{ html }} values (1)"),
                at,
                "names of tables",
            ),
            (json!({ "a": 1 }), at, "must be a text"),
        ],
    );
}

#[test]
fn a_literal_is_left_alone() {
    let code = json!({ "source": "`${a + 1}` {{ not a template", "n": [1] });
    assert_eq!(render(code.clone(), Place::Literal), Ok(code));
}

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

#[test]
fn all_problems_come_at_once_with_their_places() {
    let (_, problems) = compile(
        &json!({ "a": "{{ x | nope }} {{ }} ${1+1} {{ y", "b": ["{{ 1 | }}"], "c": "${open" }),
        Place::Json,
    );
    let paths: Vec<_> = problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "/with/a",
            "/with/a",
            "/with/a",
            "/with/a",
            "/with/b/0",
            "/with/c"
        ]
    );
}

#[test]
fn output_is_bounded() {
    let mut scope = Map::new();
    scope.insert("x".into(), "a".repeat(MAX_RENDERED / 2 + 1).into());
    for (value, place) in [
        (json!("{{x}}{{x}}"), Place::Text),
        (json!(["{{x}}", "{{x}}"]), Place::Json),
        (json!({ "a": "{{x}}", "b": "-{{x}}" }), Place::Form),
        (json!("[{{x}},{{x}}]"), Place::Body),
    ] {
        let (template, problems) = compile(&value, place);
        assert_eq!(problems, []);
        let mistake = template.render(&scope, &mut Report::default()).unwrap_err();
        assert!(
            mistake.0.contains("a template 20 MiB in all"),
            "{}",
            mistake.0
        );
    }
    let (_, problems) = compile(&json!("a".repeat(MAX_OUTPUT + 1)), Place::Text);
    assert_eq!(problems.len(), 1);
    let deep = (0..100).fold(json!("x"), |inner, _| json!([inner]));
    assert_eq!(compile(&deep, Place::Json).1.len(), 1);
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

    #[test]
    fn any_text_is_a_template_or_a_problem(text in "([{}$'\"| .a-z0-9(\\[\\]\\\\]|\\{\\{|\\}\\}|\\$\\{){0,40}") {
        for place in [Place::Text, Place::Url, Place::Body, Place::Json, Place::Html] {
            let (template, problems) = compile(&json!(text), place);
            let rendered = template.render(&world(), &mut Report::default());
            if let (true, Ok(value)) = (problems.is_empty(), rendered) {
                prop_assert!(value.to_string().len() <= 2 * MAX_OUTPUT);
            }
        }
    }
}
