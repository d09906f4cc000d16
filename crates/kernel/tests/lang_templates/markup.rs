//! HTML and XML: text, attributes, links, scripts.

use super::*;

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
