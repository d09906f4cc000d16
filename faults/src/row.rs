//! One line of the table: what was done, what came of it, and which bounds were missed. The table is Markdown.

use crate::options::Kind;
use std::time::Duration;

#[derive(Debug, Default)]
pub struct Row {
    pub cycles: usize,
    pub acknowledged: usize,
    pub lost: usize,
    pub twice: usize,
    pub stalled: usize,
    /// How long each recovery took.
    pub recoveries: Vec<Duration>,
    pub notes: Vec<String>,
    /// Bounds that were not held.
    pub missed: Vec<String>,
}

pub enum Outcome {
    Ran(Row),
    /// It cannot be done on this machine.
    Skipped(String),
}

impl From<Row> for Outcome {
    fn from(row: Row) -> Self {
        Outcome::Ran(row)
    }
}

impl Row {
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Something that must hold.
    pub fn must(&mut self, holds: bool, otherwise: impl Into<String>) {
        if !holds {
            self.missed.push(otherwise.into());
        }
    }

    /// Each recovery, the slowest included, within `bound`.
    pub fn recovers_within(&mut self, bound: Duration) {
        let worst = self.recoveries.iter().max().copied().unwrap_or_default();
        let said = format!(
            "recovery took {:.1} s, the bound is {:.0} s",
            worst.as_secs_f64(),
            bound.as_secs_f64()
        );
        self.must(worst <= bound, said);
    }

    fn failed(&self) -> bool {
        self.lost + self.stalled > 0 || !self.missed.is_empty()
    }
}

pub struct Line {
    pub fault: &'static str,
    pub kind: Kind,
    pub outcome: anyhow::Result<Outcome>,
    pub took: Duration,
}

impl Line {
    pub fn failed(&self) -> bool {
        match &self.outcome {
            Ok(Outcome::Ran(row)) => row.failed(),
            Ok(Outcome::Skipped(_)) => false,
            Err(_) => true,
        }
    }

    /// As it is printed when the fault ends.
    pub fn short(&self) -> String {
        let result = match (&self.outcome, self.failed()) {
            (Err(error), _) => format!("could not be run: {error:#}"),
            (Ok(Outcome::Skipped(why)), _) => format!("skipped: {why}"),
            (Ok(Outcome::Ran(row)), failed) => format!(
                "{}: {} acknowledged, {} lost, {} twice, {} stalled; {}",
                if failed { "FAILED" } else { "ok" },
                row.acknowledged,
                row.lost,
                row.twice,
                row.stalled,
                remarks(row)
            ),
        };
        format!(
            "{} on {} ({:.0} s) {result}",
            self.fault,
            self.kind,
            self.took.as_secs_f64()
        )
    }

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![self.fault.into(), self.kind.to_string()];
        match &self.outcome {
            Ok(Outcome::Ran(row)) => {
                let figures = [
                    row.cycles,
                    row.acknowledged,
                    row.lost,
                    row.twice,
                    row.stalled,
                ];
                cells.extend(figures.map(grouped));
                cells.push(recovery(&row.recoveries));
                cells.push(remarks(row));
            }
            Ok(Outcome::Skipped(why)) => {
                cells.extend(std::iter::repeat_n("–".to_owned(), 6));
                cells.push(format!("skipped: {why}"));
            }
            Err(error) => {
                cells.extend(std::iter::repeat_n("–".to_owned(), 6));
                cells.push(format!("**could not be run**: {error:#}"));
            }
        }
        cells
    }
}

pub fn table(lines: &[Line]) -> String {
    let head = "| fault | store | cycles | acknowledged | lost | delivered twice | stalled | time to recover, s (median / worst) | remarks |\n\
                |---|---|---:|---:|---:|---:|---:|---:|---|\n";
    let rows = lines
        .iter()
        .map(|line| format!("| {} |\n", line.cells().join(" | ")));
    rows.fold(head.to_owned(), |table, row| table + &row)
}

fn remarks(row: &Row) -> String {
    let missed = row
        .missed
        .iter()
        .map(|missed| format!("**missed**: {missed}"));
    missed
        .chain(row.notes.iter().cloned())
        .collect::<Vec<_>>()
        .join("; ")
}

fn recovery(times: &[Duration]) -> String {
    let mut times = times.to_vec();
    times.sort_unstable();
    let Some(worst) = times.last() else {
        return "–".into();
    };
    let median = times[times.len() / 2];
    format!("{:.2} / {:.2}", median.as_secs_f64(), worst.as_secs_f64())
}

/// 12345 as `12,345`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
