//! The table at the end: each figure with what it must reach and its ratio to the bare pipeline of the same run.

pub struct Row {
    pub what: &'static str,
    pub ours: String,
    pub bare: String,
    pub must: &'static str,
}

pub fn print(rows: &[Row]) {
    let width = |pick: fn(&Row) -> &str| {
        rows.iter()
            .map(|row| pick(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (what, ours, bare) = (
        width(|row| row.what),
        width(|row| &row.ours),
        width(|row| &row.bare).max(13),
    );
    println!(
        "{:what$}  {:>ours$}  {:>bare$}  must reach",
        "", "switchhook", "bare pipeline"
    );
    for row in rows {
        println!(
            "{:what$}  {:>ours$}  {:>bare$}  {}",
            row.what, row.ours, row.bare, row.must
        );
    }
}

pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A quantile in milliseconds of latencies in microseconds.
pub fn quantile_ms(latencies_us: &mut [u64], share: f64) -> f64 {
    latencies_us.sort_unstable();
    let at =
        ((latencies_us.len() as f64 * share) as usize).min(latencies_us.len().saturating_sub(1));
    latencies_us.get(at).map_or(0.0, |us| *us as f64 / 1000.0)
}
