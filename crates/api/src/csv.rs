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

/// One line with its end.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }
        write(&mut line, cell.as_ref());
    }
    line.push_str("\r\n");
    line
}

/// Before a cell that a spreadsheet would take for a formula.
pub fn guard(cell: &str) -> &'static str {
    if is_formula(cell) { "'" } else { "" }
}

fn write(line: &mut String, cell: &str) {
    let guard = guard(cell);
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

/// What a spreadsheet takes for a formula by its first sign, as OWASP's page on CSV injection lists it; a telephone number is
/// none, though it begins like one.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control());
    let begins = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let of_numbers = |sign: char| sign.is_ascii_digit() || " .,()-".contains(sign);
    let is_number = cell.starts_with(['+', '-']) && cell[1..].chars().all(of_numbers);
    begins && !is_number
}

#[cfg(test)]
mod tests {
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
            super::line(cells),
            "+15550100,\"a,b\",\"say \"\"x\"\"\",'=HYPERLINK(1),\"'\t@x,y\",,-12.5\r\n"
        );
    }
}
