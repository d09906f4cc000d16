//! Tables for spreadsheets: quoted by RFC 4180, and guarded against formulas. Not the flows' `csv.write`, which people can set up.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header;

/// A table as the file of this name.
pub fn file(name: &str, table: impl Into<Body>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, table.into()).into_response()
}

/// What begins as a formula does and stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plain {
    Nothing,
    /// Telephone numbers and amounts: for tables that are full of them.
    Numbers,
}

/// One line with its end.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>, plain: Plain) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        write(&mut line, cell.as_ref(), plain);
    }
    line.push_str("\r\n");
    line
}

/// Before a cell that a spreadsheet would take for a formula.
pub fn guard(cell: &str, plain: Plain) -> &'static str {
    match is_formula(cell) && !(plain == Plain::Numbers && is_number(cell)) {
        true => "'",
        false => "",
    }
}

fn write(line: &mut String, cell: &str, plain: Plain) {
    let guard = guard(cell, plain);
    if cell.contains([',', '"', '\r', '\n']) || cell.starts_with(' ') || cell.ends_with(' ') {
        line.push('"');
        line.push_str(guard);
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(guard);
        line.push_str(cell);
    }
}

/// What a spreadsheet takes for a formula by its first sign, as OWASP's page on CSV injection lists it.
fn is_formula(cell: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.starts_with(['\t', '\r']) || shown(cell).starts_with(signs)
}

fn is_number(cell: &str) -> bool {
    let of_numbers = |sign: char| sign.is_ascii_digit() || " .,()-".contains(sign);
    let cell = shown(cell);
    cell.starts_with(['+', '-']) && cell[1..].chars().all(of_numbers)
}

fn shown(cell: &str) -> &str {
    cell.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::Plain;

    #[test]
    fn cells_are_quoted_and_formulas_are_texts() {
        let cells = [
            "+15550100",
            "a,b",
            "say \"x\"",
            "=HYPERLINK(1)",
            "\t@x,y",
            "",
            "-12.5",
        ];
        assert_eq!(
            super::line(cells, Plain::Numbers),
            "+15550100,\"a,b\",\"say \"\"x\"\"\",'=HYPERLINK(1),\"'\t@x,y\",,-12.5\r\n"
        );
        assert_eq!(
            super::line(["+15550100", "\tx"], Plain::Nothing),
            "'+15550100,'\tx\r\n"
        );
    }
}
