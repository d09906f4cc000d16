//! Usage as a table for spreadsheets: one line for each hour, day, agent or flow, a column of every meter. Names come from calls,
//! so none may become a formula.

use engine::usage::Line;
use kernel::usage::Meter;

pub fn csv(lines: &[Line]) -> String {
    let mut heads = vec!["at", "agent", "flow_id", "flow_name", "credits"];
    heads.extend(Meter::ALL.iter().map(|meter| meter.name()));
    let mut table = heads.join(",") + "\r\n";
    for line in lines {
        let mut cells = vec![
            line.at.map(|at| at.to_string()).unwrap_or_default(),
            cell(line.agent.as_deref().unwrap_or_default()),
            line.flow.map(|flow| flow.to_string()).unwrap_or_default(),
            cell(line.flow_name.as_deref().unwrap_or_default()),
            line.credits.to_string(),
        ];
        let amounts = Meter::ALL
            .iter()
            .map(|meter| line.amounts.of(*meter).to_string());
        cells.extend(amounts);
        table += &cells.join(",");
        table += "\r\n";
    }
    table
}

/// A text as RFC 4180 has it; one that a spreadsheet would take for a formula has a quote before it.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_neither_a_formula_nor_a_column_of_its_own() {
        assert_eq!(cell("Sarah"), "Sarah");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
