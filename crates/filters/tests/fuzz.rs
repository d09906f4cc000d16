//! Random attacks on the filters that the kernel does not have; `SWITCHHOOK_FUZZ=100000 cargo test -p filters --release --test
//! fuzz` is the long form. No panic, nothing put out that is larger than allowed, work that grows with the input alone.
#![allow(clippy::unwrap_used)]

use kernel::lang::{Expr, MAX_OUTPUT, MAX_WORK, Report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Those that the kernel's own attacks do not know.
const OURS: [&str; 4] = ["parse_date", "phone", "phone_country", "phone_type"];

const ARGUMENTS: [&str; 10] = [
    "",
    "('UTC')",
    "('America/New_York', said_at)",
    "('Europe/Berlin', 'yesterday')",
    "('e164')",
    "('national', 'DE')",
    "('US')",
    "('XX')",
    "(said)",
    "(null, 5)",
];

fn cases(usual: u32) -> ProptestConfig {
    let told = std::env::var("SWITCHHOOK_FUZZ").ok();
    ProptestConfig::with_cases(told.and_then(|cases| cases.parse().ok()).unwrap_or(usual))
}

/// What must hold of any input; gives what was looked at.
fn hold(source: &str, said: Value) -> usize {
    let mut scope = Map::new();
    scope.insert("said".into(), said);
    scope.insert(
        "said_at".into(),
        json!("2026-03-07T20:30:00-05:00[America/New_York]"),
    );
    let mut report = Report::default();
    if let Ok(expr) = Expr::parse(source, "", filters::ALL)
        && let Ok(value) = expr.eval(&scope, &mut report)
    {
        let lent = scope["said"].to_string().len();
        assert!(
            value.to_string().len() <= 6 * MAX_OUTPUT.max(lent),
            "{source}"
        );
    }
    assert!(report.work <= MAX_WORK, "{source}");
    report.work
}

fn hold_all(said: &Value) {
    for filter in OURS {
        for arguments in ARGUMENTS {
            hold(&format!("said | {filter}{arguments}"), said.clone());
        }
    }
}

/// Words, numbers and signs of dates and of telephone numbers, in any order.
fn spoken() -> impl Strategy<Value = String> {
    let words = [
        "next",
        "last",
        "Tuesday",
        "tomorrow",
        "in",
        "half",
        "past",
        "noon",
        "the",
        "31st",
        "of",
        "February",
        "2026",
        "99999999999999999999",
        "-1",
        "12:61",
        "25",
        "pm",
        "weeks",
        "ago",
        "zwei",
        "Uhr",
        "mañana",
        "à",
        "2026-02-30",
        "T",
        "Z",
        "+49",
        "(0)",
        "170",
        "ext.",
        "00",
        "١٢٣",
        "\u{202e}",
        "\u{0}",
        "p.m.",
        "quarter",
        "to",
        "/",
        ",",
        "hundred",
    ];
    let signs = [" ", "", "-", ".", ":", "\n"];
    prop::collection::vec(
        (
            prop::sample::select(words.to_vec()),
            prop::sample::select(signs.to_vec()),
        ),
        0..40,
    )
    .prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, sign)| [word, sign])
            .collect()
    })
}

#[test]
fn all_that_the_kernel_does_not_have_is_attacked() {
    let kernels = kernel::lang::Filters::default();
    let kernels: Vec<&str> = kernels.iter().map(|filter| filter.name).collect();
    let others = filters::ALL.iter().map(|filter| filter.name);
    let mut others: Vec<&str> = others.filter(|name| !kernels.contains(name)).collect();
    others.sort_unstable();
    assert_eq!(others, OURS);
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn any_text_is_a_value_or_a_mistake(said in any::<String>()) {
        hold_all(&said.into());
    }

    #[test]
    fn what_sounds_like_a_date_or_a_number_is_a_value_or_a_mistake(said in spoken()) {
        hold_all(&said.into());
    }

    #[test]
    fn any_number_is_a_value_or_a_mistake(whole in any::<i64>(), real in any::<f64>()) {
        for said in [json!(whole), json!(real), json!([whole, real]), json!({ "at": whole })] {
            hold_all(&said);
        }
    }
}

/// Steps, not seconds: twice the input is at most twice the work, and a little.
#[test]
fn work_is_linear_in_the_input() {
    let mut grew = 0;
    for piece in [
        "tomorrow at noon, ",
        "+49 170 1234567 ",
        "9",
        "next ",
        "١٢٣",
    ] {
        let sized = |n: usize| Value::from(piece.repeat(n));
        for filter in OURS {
            for arguments in ARGUMENTS {
                let source = format!("said | {filter}{arguments}");
                let (before, after) = (hold(&source, sized(400)), hold(&source, sized(800)));
                assert!(
                    after <= before * 21 / 10 + 64,
                    "{source}: {before}, {after}"
                );
                grew += usize::from(after > before);
            }
        }
    }
    assert!(grew > 50, "{grew} expressions looked at their input");
}
