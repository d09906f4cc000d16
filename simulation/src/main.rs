//! `cargo run --release -p simulation -- --seeds 1000000`: tells the stories of many seeds on all cores and stops at the
//! first that goes wrong, with the command that tells it again; `--seed N --trace` prints what happened in one.

use anyhow::{Context, Result, bail};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Says whether all went well.
fn run() -> Result<bool> {
    let (mut from, mut seeds, mut is_read) = (0, 10_000, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut number = || -> Result<u64> {
            let value = arguments
                .next()
                .with_context(|| format!("{name} needs a number"))?;
            value
                .parse()
                .with_context(|| format!("{name} needs a number, not `{value}`"))
        };
        match name.as_str() {
            "--seeds" => seeds = number()?,
            "--from" => from = number()?,
            "--seed" => (from, seeds) = (number()?, 1),
            "--trace" => is_read = true,
            _ => bail!("usage: simulation [--seeds N] [--from N] [--seed N] [--trace]"),
        }
    }
    let (began, next, failed) = (Instant::now(), AtomicU64::new(from), AtomicBool::new(false));
    let (calls, runs, sent) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while !failed.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from + seeds {
                        break;
                    }
                    let told = simulation::tell(seed, is_read);
                    told.lines.iter().for_each(|line| println!("{line}"));
                    calls.fetch_add(told.calls, Ordering::Relaxed);
                    runs.fetch_add(told.runs as u64, Ordering::Relaxed);
                    sent.fetch_add(told.sent as u64, Ordering::Relaxed);
                    if let Some(fault) = told.fault {
                        failed.store(true, Ordering::Relaxed);
                        eprintln!("seed {seed}: {fault}\ntell it again: cargo run --release -p simulation -- --seed {seed} --trace");
                    }
                }
            });
        }
    });
    let (took, [calls, runs, sent]) = (
        began.elapsed(),
        [calls, runs, sent].map(AtomicU64::into_inner),
    );
    let rate = seeds as f64 / took.as_secs_f64();
    println!(
        "{seeds} seeds in {took:.1?} ({rate:.0}/s): {runs} runs, {sent} calls to the world, {calls} to the store"
    );
    Ok(!failed.into_inner())
}
