//! Filters: of text, lists and objects, numbers, times, encodings.

use super::*;

#[test]
fn text_filters() {
    facts(&[
        ("' a ' | trim", json!("a")),
        ("name | upper", json!("ADA LOVELACE")),
        ("name | title", json!("Ada Lovelace")),
        ("'Été à Nice! ' | slug", json!("été-à-nice")),
        ("'abcdef' | truncate(4)", json!("abc…")),
        ("'abcd' | truncate(4)", json!("abcd")),
        ("'abcdef' | truncate(4, '...')", json!("a...")),
        ("'abcdef' | truncate(2, '...')", json!("..")),
        ("'a-b-c' | replace('-', '+')", json!("a+b+c")),
        ("'a, b' | split(', ')", json!(["a", "b"])),
        ("'äb' | split('')", json!(["ä", "b"])),
        ("empty | split(',')", json!([])),
        ("'+15550100' | mask", json!("*****0100")),
        ("'123' | mask(4)", json!("***")),
        ("outcome['odd key'] | text", json!("[{\"x\":1}]")),
        ("outcome['odd key'] | json", json!("[{\"x\":1}]")),
        (r#"'it\'s "so"\n'"#, json!("it's \"so\"\n")),
    ]);
}

#[test]
fn list_and_object_filters() {
    facts(&[
        ("list | join", json!("3, 1, 2, 2")),
        ("list | join('')", json!("3122")),
        ("list | first", json!(3)),
        ("list | last", json!(2)),
        ("none | first", json!(null)),
        ("'äb' | length", json!(2)),
        ("gone | length", json!(0)),
        ("people | map('name')", json!(["Bo", "Al"])),
        ("people | map('a.b')", json!([null, null])),
        ("people | where('ok') | map('name')", json!(["Bo"])),
        ("people | where('age', '4') | map('name')", json!(["Al"])),
        ("list | sort", json!(["1", 2, 2, 3])),
        ("people | sort('age') | map('name') | first", json!("Al")),
        (
            "[null, 'b', 2, true, [1], 'a'] | sort",
            json!([null, true, 2, "a", "b", [1]]),
        ),
        ("list | unique", json!([3, "1", 2])),
        ("list | sum", json!(8)),
        ("people | sum('age')", json!(34)),
        ("list | max", json!(3)),
        ("list | min", json!("1")),
        ("none | max", json!(null)),
        ("people[0] | pick('age', 'gone')", json!({"age": 30})),
        ("people[0] | omit('age')", json!({"name": "Bo", "ok": true})),
        (
            "people[0] | pick('age') | merge(people[1])",
            json!({"age": 4, "name": "Al", "ok": false}),
        ),
        (
            "people[0] | pick('age') | entries",
            json!([{"key": "age", "value": 30}]),
        ),
    ]);
    refused(&[
        ("n | join", "`n | join`: `5` is not a list"),
        ("list | pick('a')", "is not an object"),
    ]);
}

#[test]
fn number_filters() {
    facts(&[
        ("' +007.50 ' | number", json!(7.5)),
        ("'-0012' | number", json!(-12)),
        ("'000' | number", json!(0)),
        ("empty | number", json!(null)),
        ("2.675 | round(1)", json!(2.7)),
        ("2.5 | round", json!(3)),
        ("-2.5 | round", json!(-3)),
        ("'Yes' | bool", json!(true)),
        ("zero | bool", json!(false)),
        ("gone | bool", json!(false)),
    ]);
    refused(&[
        ("'1,5' | number", "`1,5` is not a number"),
        ("'maybe' | bool", "neither yes nor no"),
    ]);
}

#[test]
fn time_filters_follow_zones_through_clock_changes() {
    facts(&[
        ("at | to_iso", json!("2026-03-07T20:30:00-05:00")),
        ("at | to_unix", json!(1_772_933_400)),
        ("now | to_iso", json!("2023-11-14T22:13:20Z")),
        ("now * 1000 | to_iso", json!("2023-11-14T22:13:20Z")),
        ("at | date('%d.%m.%Y %H:%M')", json!("07.03.2026 20:30")),
        (
            "at | in_zone('America/New_York')",
            json!("2026-03-07T20:30:00-05:00[America/New_York]"),
        ),
        (
            "at | in_zone('America/New_York') | add_time('1 day')",
            json!("2026-03-08T20:30:00-04:00[America/New_York]"),
        ),
        (
            "at | in_zone('America/New_York') | add_time('24h') | to_iso",
            json!("2026-03-08T21:30:00-04:00"),
        ),
        ("at | in_zone('UTC')", json!("2026-03-08T01:30:00Z")),
        (
            "at | add_time('-1h 30m')",
            json!("2026-03-07T19:00:00-05:00"),
        ),
        ("at | add_time(60) | date('%M')", json!("31")),
        ("at | add_time('PT10M') | date('%M')", json!("40")),
        ("'2026-03-07 20:30' | to_iso", json!("2026-03-07T20:30:00Z")),
        ("'2026-03-07' | to_iso", json!("2026-03-07T00:00:00Z")),
        (
            "'Sat, 07 Mar 2026 20:30:00 -0500' | to_iso",
            json!("2026-03-07T20:30:00-05:00"),
        ),
        ("gone | date('%Y')", json!(null)),
    ]);
    refused(&[
        ("'next Tuesday' | to_iso", "is not a date or time"),
        ("1e300 | to_iso", "is not a date or time"),
        ("at | add_time('9000 years')", "out of range"),
    ]);
}

#[test]
fn encodings_and_digests() {
    facts(&[
        (
            "'abc' | hash",
            json!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ),
        (
            "'what do ya want for nothing?' | hmac('Jefe')",
            json!("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ),
        ("'a?b>' | base64", json!("YT9iPg==")),
        ("'YT9iPg' | unbase64", json!("a?b>")),
        ("phone | urlencode", json!("%2B15550100")),
        (
            "text | html_escape",
            json!("a &lt;b&gt; &amp; &#39;c&#39; = d"),
        ),
        ("'*a_[b]' | markdown_escape", json!("\\*a\\_\\[b\\]")),
        (
            "['=HYPERLINK(\"x\")', -5, '-5', 'a,b'] | csv",
            json!("\"'=HYPERLINK(\"\"x\"\")\",-5,'-5,\"a,b\""),
        ),
        ("'@x' | csv", json!("'@x")),
    ]);
    refused(&[
        ("'%%%' | unbase64", "not base64"),
        ("'/w==' | unbase64", "not a text"),
    ]);
}
