//! How far it has come, on standard error: one line that is written over on a terminal, at most a line per second elsewhere.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::transfer::{Progress, Stage};

const WIDTH: u64 = 24;

pub struct Bar {
    is_live: bool,
    state: Mutex<State>,
}

struct State {
    /// When the stage began, at which row.
    began: Option<(Stage, Instant, u64)>,
    written: Option<Instant>,
}

impl Bar {
    pub fn new() -> Self {
        Self {
            is_live: stderr().is_terminal(),
            state: Mutex::new(State {
                began: None,
                written: None,
            }),
        }
    }

    pub fn told(&self, progress: Progress) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (_, since, first) = *match &mut state.began {
            Some(began) if began.0 == progress.stage => began,
            other => other.insert((progress.stage, now, progress.all_rows)),
        };
        let every = Duration::from_millis(if self.is_live { 100 } else { 1000 });
        let is_last = progress.all_rows >= progress.all_total;
        let waits = state.written.is_some_and(|last| now - last < every);
        if waits && !(is_last && self.is_live) {
            return;
        }
        state.written = Some(now);
        let rate = (progress.all_rows - first.min(progress.all_rows)) as f64
            / (now - since).as_secs_f64().max(0.001);
        let text = line(progress, rate);
        if self.is_live {
            eprint!("\r\x1b[K{text}");
            let _ = stderr().flush();
        } else {
            eprintln!("{text}");
        }
    }

    /// Leaves the line as it stands.
    pub fn end(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_live && state.written.take().is_some() {
            eprintln!();
        }
    }
}

fn line(progress: Progress, rate: f64) -> String {
    let doing = match progress.stage {
        Stage::Copying => "copying",
        Stage::Verifying => "verifying",
    };
    let (rows, total) = (progress.all_rows, progress.all_total.max(1));
    let full = (rows * WIDTH / total).min(WIDTH);
    let left = match (total.saturating_sub(rows) as f64 / rate).ceil() {
        left if rate >= 1.0 && left < 360_000.0 => format!(", {} left", span(left as u64)),
        _ => String::new(),
    };
    format!(
        "{doing:<9} {}{} {:>3} %  {rows} of {} rows ({}), {rate:.0} rows/s{left}",
        "#".repeat(full as usize),
        ".".repeat((WIDTH - full) as usize),
        (rows * 100 / total).min(100),
        progress.all_total,
        progress.table.name(),
    )
}

fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::transfer::Table;

    #[test]
    fn a_line_tells_how_far_it_is_and_how_long_it_takes() {
        let mut progress = Progress {
            stage: Stage::Copying,
            table: Table::Runs,
            rows: 5,
            total: 10,
            all_rows: 500,
            all_total: 2000,
        };
        assert_eq!(
            line(progress, 20.0),
            "copying   ######..................  25 %  500 of 2000 rows (runs), 20 rows/s, 1 min 15 s left"
        );
        progress.all_total = 0;
        assert!(line(progress, 0.0).contains("100 %"));
    }
}
