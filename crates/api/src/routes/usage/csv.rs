//! Usage as a table for spreadsheets: one line for each hour, day, agent or flow, a column of every meter. Names come from calls,
//! so none may become a formula.

use crate::csv::{self, Plain};
use engine::usage::Line;
use kernel::usage::Meter;

pub fn table(lines: &[Line]) -> String {
    let heads = ["at", "agent", "flow_id", "flow_name", "credits"].into_iter();
    let mut table = csv::line(
        heads.chain(Meter::ALL.iter().map(|meter| meter.name())),
        Plain::Nothing,
    );
    for line in lines {
        let mut cells = vec![
            line.at.map(|at| at.to_string()).unwrap_or_default(),
            line.agent.clone().unwrap_or_default(),
            line.flow.map(|flow| flow.to_string()).unwrap_or_default(),
            line.flow_name.clone().unwrap_or_default(),
            line.credits.to_string(),
        ];
        let amounts = Meter::ALL
            .iter()
            .map(|meter| line.amounts.of(*meter).to_string());
        cells.extend(amounts);
        table += &csv::line(cells, Plain::Nothing);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_neither_a_formula_nor_a_column_of_its_own() {
        let cell = |text| csv::line([text], Plain::Nothing);
        assert_eq!(cell("Sarah"), "Sarah\r\n");
        assert_eq!(cell("=1+1"), "'=1+1\r\n");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"\r\n");
    }
}
