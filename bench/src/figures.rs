//! What a subject is measured by, over several rounds, and how it reads in the table.

use crate::calls::Calls;
use bench::table::median;

#[derive(Default)]
pub struct Figures {
    pub per_s: Vec<f64>,
    pub accept_p50: Vec<f64>,
    pub accept_p99: Vec<f64>,
    pub end_p50: Vec<f64>,
    pub end_p99: Vec<f64>,
    pub cpu_ms: Vec<f64>,
    pub disk_kb: Vec<f64>,
    pub idle_mb: Vec<f64>,
    pub busy_mb: Vec<f64>,
    pub start_s: Vec<f64>,
    pub five_per_s: Vec<f64>,
    pub five_cpu_ms: Vec<f64>,
    pub killed: Option<Killed>,
    pub calls: Option<Calls>,
}

/// kill -9 of one node in the middle of a burst.
pub struct Killed {
    pub acknowledged: usize,
    pub lost: usize,
    pub repeated: usize,
    pub all_delivered_s: f64,
}

/// The rows, and what each must reach.
pub const ROWS: [(&str, &str); 21] = [
    (
        "events/s end to end",
        "SQLite >= 5,000 (goal 15,000), PostgreSQL >= 3,000 (goal 5,000)",
    ),
    (
        "accept p50 / p99, ms",
        "p99 <= 20, PostgreSQL <= 30 (goal 2.5 / 8)",
    ),
    ("end to end p50 / p99 at 100/s, ms", "goal 2 / 4"),
    ("CPU per event, the whole stack, ms", "goal 0.10"),
    ("disk per event, KB", "goal 2"),
    (
        "memory of the nodes idle / under load, MB",
        "idle <= 40 a node (goal 30 / 150)",
    ),
    ("start to first accepted event, s", "<= 0.2 (goal 0.1)"),
    ("kill -9 in a burst: acknowledged", ""),
    ("  lost / delivered twice", "0 / only what was in flight"),
    (
        "  all delivered after, s",
        "<= 3, elsewhere <= 10 (its lease)",
    ),
    ("five-step flow, runs/s", ">= 2,500"),
    ("  CPU per run, the whole stack, ms", ""),
    ("hang-up to webhook p50 / p99 at 20/s, ms", "p50 <= 10"),
    (
        "1,000 finished calls/s, 30 s: accept p50 / p99, ms",
        "p99 <= 20",
    ),
    ("  lost / refused", "0 / 0"),
    ("  memory at most, MB", "<= 150"),
    (
        "a call of 10,000 turns: accept / webhook, ms (memory, MB)",
        "<= 150 MB",
    ),
    ("a call of 50 MB: accept, ms (memory at most, MB)", ""),
    ("a body of 1.5 KiB, 10 values: raw / tree, us", "<= 6"),
    (
        "flows found among 10 / 10,000, us",
        "<= 50, and nearly flat",
    ),
    ("  of those that have only bounds, us", "<= 50"),
];
/// The last of them are the kernel's alone.
const KERNEL: usize = 3;

/// The cells of the kernel's column.
pub fn kernel(cells: [String; KERNEL]) -> Vec<String> {
    let mut column = vec!["-".to_owned(); ROWS.len() - KERNEL];
    column.extend(cells);
    column
}

impl Figures {
    /// One cell for each of `ROWS`; `bare` are the bare pipeline's events and runs a second.
    pub fn cells(&mut self, bare: Option<[f64; 2]>) -> Vec<String> {
        let one = |values: &mut Vec<f64>, decimals: usize| match values.is_empty() {
            true => "-".into(),
            false => format!("{:.decimals$}", median(values)),
        };
        let rate = |values: &mut Vec<f64>, at: usize| {
            let per_s = median(values);
            let bare = bare.map(|bare| bare[at]).filter(|bare| *bare > 0.0);
            let share = bare.map(|bare| format!(" ({:.0} %)", 100.0 * per_s / bare));
            match values.is_empty() {
                true => "-".into(),
                false => format!("{per_s:.0}{}", share.unwrap_or_default()),
            }
        };
        let killed = |cell: fn(&Killed) -> String| self.killed.as_ref().map_or("-".into(), cell);
        let calls = |cell: fn(&Calls) -> String| self.calls.as_ref().map_or("-".into(), cell);
        let (acknowledged, lost, after) = (
            killed(|killed| killed.acknowledged.to_string()),
            killed(|killed| format!("{} / {}", killed.lost, killed.repeated)),
            killed(|killed| format!("{:.2}", killed.all_delivered_s)),
        );
        vec![
            rate(&mut self.per_s, 0),
            pair(&mut self.accept_p50, &mut self.accept_p99),
            pair(&mut self.end_p50, &mut self.end_p99),
            one(&mut self.cpu_ms, 3),
            one(&mut self.disk_kb, 1),
            pair(&mut self.idle_mb, &mut self.busy_mb),
            one(&mut self.start_s, 3),
            acknowledged,
            lost,
            after,
            rate(&mut self.five_per_s, 1),
            one(&mut self.five_cpu_ms, 3),
            calls(|calls| slashed(calls.hang_up_ms)),
            calls(|calls| slashed(calls.storm_ms)),
            calls(|calls| format!("{} / {}", calls.storm_lost, calls.storm_refused)),
            calls(|calls| format!("{:.0}", calls.storm_mb)),
            calls(|calls| {
                let times = slashed([calls.long_accept_ms, calls.long_hook_ms]);
                format!("{times} ({:.0})", calls.long_mb)
            }),
            calls(|calls| format!("{:.0} ({:.0})", calls.large_accept_ms, calls.large_mb)),
            "-".into(),
            "-".into(),
            "-".into(),
        ]
    }
}

fn slashed([first, second]: [f64; 2]) -> String {
    format!("{first:.1} / {second:.1}")
}

fn pair(first: &mut [f64], second: &mut [f64]) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => "-".into(),
        (true, false) => format!("- / {:.1}", median(second)),
        (false, _) => format!("{:.1} / {:.1}", median(first), median(second)),
    }
}
