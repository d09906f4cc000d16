//! Facts about tables as they come in, in pieces of any size.

use super::*;

/// The table in pieces of `size` bytes.
fn read(table: &[u8], size: usize) -> Result<Vec<(u64, Vec<String>)>, Error> {
    let (mut reader, mut rows) = (Reader::new(None), Vec::new());
    for piece in table.chunks(size) {
        reader.push(piece, &mut rows)?;
    }
    reader.finish(&mut rows)?;
    Ok(rows.into_iter().map(|row| (row.line, row.fields)).collect())
}

fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
    (line, fields.iter().map(|field| (*field).into()).collect())
}

#[test]
fn a_table_reads_the_same_in_pieces_of_any_size() {
    let table = "\u{feff}name;note\r\nÄda;\"two\nlines; \"\"quoted\"\"\"\r\n\r\n;\r\nlast;1";
    let wanted = [
        row(1, &["name", "note"]),
        row(2, &["Äda", "two\nlines; \"quoted\""]),
        row(5, &["", ""]),
        row(6, &["last", "1"]),
    ];
    for size in [1, 2, 3, 7, 1000] {
        assert_eq!(read(table.as_bytes(), size).unwrap(), wanted, "{size}");
    }
}

#[test]
fn what_excel_writes_is_read_in_every_encoding() {
    let wanted = [row(1, &["Name", "Größe"]), row(2, &["Zoë", "ñ"])];
    let text = "Name\tGröße\r\nZoë\tñ\r\n";
    let little: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_be_bytes)
        .collect();
    let western = b"Name\tGr\xf6\xdfe\r\nZo\xeb\t\xf1\r\n";
    for table in [text.as_bytes(), &little, &big, western] {
        for size in [1, 5, 1000] {
            assert_eq!(read(table, size).unwrap(), wanted);
        }
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_ends_the_table_and_not_the_memory() {
    let table = format!("a,b\n1,2\n3,\"{}", "x".repeat(2 * LONGEST_ROW));
    assert_eq!(read(table.as_bytes(), 4096), Err(Error::TooLong(3)));
}

#[test]
fn a_row_with_too_many_columns_is_refused() {
    let table = format!("a,b\n{}\n", ",".repeat(MOST_COLUMNS + 1));
    assert_eq!(read(table.as_bytes(), 4096), Err(Error::TooWide(2)));
}

#[test]
fn nothing_reads_as_no_rows() {
    assert_eq!(read(b"", 1).unwrap(), []);
    assert_eq!(read(b"\r\n\n", 1).unwrap(), []);
}
