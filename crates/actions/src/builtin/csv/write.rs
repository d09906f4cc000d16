//! The table as text: quoted by RFC 4180, and guarded against spreadsheets, which take a text for a formula by its first sign.

use super::super::input::text;
use super::Style;
use super::table::Table;
use std::borrow::Cow;

/// What begins a formula, as OWASP's page on CSV injection lists it; the wide forms count in East Asian settings.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// `None`: more than `most` bytes.
pub(super) fn write(table: &Table<'_>, style: Style, most: usize) -> Option<String> {
    let mut written = String::new();
    if style.header && !table.columns.is_empty() {
        let names = table.columns.iter().map(|name| Cow::Borrowed(*name));
        line(&mut written, names, |_| true, style);
    }
    for row in &table.rows {
        let guarded = |at: usize| row[at].is_string();
        line(
            &mut written,
            row.iter().map(|value| text(value)),
            guarded,
            style,
        );
        if written.len() > most {
            return None;
        }
    }
    (written.len() <= most).then_some(written)
}

fn line<'c>(
    written: &mut String,
    cells: impl Iterator<Item = Cow<'c, str>>,
    is_text: impl Fn(usize) -> bool,
    style: Style,
) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            written.push(style.separator);
        }
        let guard = style.guard && is_text(at) && is_formula(&cell);
        quote(written, guard, &cell, style.separator);
    }
    written.push_str("\r\n");
}

fn quote(written: &mut String, guard: bool, cell: &str, separator: char) {
    let special = |sign: char| sign == separator || matches!(sign, '"' | '\r' | '\n');
    let quoted = cell.contains(special) || cell.starts_with(' ') || cell.ends_with(' ');
    if quoted {
        written.push('"');
    }
    if guard {
        written.push('\'');
    }
    match quoted {
        true => {
            written.push_str(&cell.replace('"', "\"\""));
            written.push('"');
        }
        false => written.push_str(cell),
    }
}

/// A phone number or a number is none, though it begins like one: nothing but digits and what groups them can call nothing.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control());
    if !cell.starts_with(FORMULA) {
        return false;
    }
    let number =
        |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '.' | ',' | '(' | ')' | '-');
    let is_number = cell.starts_with(['+', '-']) && cell[1..].chars().all(number);
    !is_number
}
