//! The table at the end: each figure of each subject with what it must reach; and the arithmetic behind its cells.

/// Rows of a name and what it must reach, columns of a head and a cell for each row; as Markdown.
pub fn print(rows: &[(&str, &str)], columns: Vec<(&str, Vec<String>)>) {
    let mut lines = vec![
        std::iter::once("figure")
            .chain(columns.iter().map(|(head, _)| *head))
            .chain(["must reach"])
            .map(str::to_owned)
            .collect::<Vec<_>>(),
    ];
    for (n, (what, must)) in rows.iter().enumerate() {
        let cells = columns.iter().map(|(_, cells)| cells[n].clone());
        let line = std::iter::once((*what).to_owned()).chain(cells);
        lines.push(line.chain([(*must).to_owned()]).collect());
    }
    let width = |column: usize| {
        let widths = lines.iter().map(|line| line[column].chars().count());
        widths.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    lines.insert(1, rule);
    for line in lines {
        let cells = line.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        println!("| {} |", cells.join(" | "));
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
