//! Prints what the filters of this crate take: the first time for each region, which prepares its patterns, and afterwards.

use kernel::lang::{Expr, Report};
use serde_json::{Map, json};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let cases = [
        ("n | phone('international')", "+14155552671"),
        ("n | phone_type", "+14155552671"),
        ("n | phone_type", "+4915112345678"),
        ("n | phone_type", "+447400123456"),
        ("n | phone", "anonymous"),
        ("n | parse_date('Europe/Berlin')", "next Tuesday at 3 pm"),
        ("n | parse_date('Europe/Berlin')", "2026-12-05T15:00:00Z"),
    ];
    for (source, input) in cases {
        let mut scope = Map::new();
        scope.insert("n".into(), json!(input));
        scope.insert("timestamp".into(), json!("2026-11-20T16:30:00Z"));
        let expr = Expr::parse(source, "", filters::ALL).expect("it is well written");
        let run = |rounds: u32| {
            let started = Instant::now();
            for _ in 0..rounds {
                let _ = black_box(expr.eval(&scope, &mut Report::default()));
            }
            started.elapsed() / rounds
        };
        let first = run(1);
        let later = (0..50).map(|_| run(200)).min().unwrap_or_default();
        println!("{source} of {input}: first {first:?}, then {later:?}");
    }
}
