//! What is told at the end: what was moved, its hashes, and how to start the server on it. No key and no password is shown.

use super::Migrate;
use super::address::Address;
use crate::output;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use store::transfer::{Digest, Report, Table, Verified, Wrong};

pub fn told(options: &Migrate, places: (&Address, &Address), report: &Report, took: Duration) {
    let (from, to) = places;
    let next = next(from, to);
    if options.json {
        let mut all = json!({
            "from": from.to_string(), "to": to.to_string(), "verified": report.is_same(), "seconds": took.as_secs_f64(),
            "tables": report.tables.iter().map(table).collect::<Vec<_>>(),
            "different": report.different, "differences": differences(report),
        });
        if report.is_same() && !options.verify_only {
            all["next"] = next.into();
        }
        output::json(&all);
        return;
    }
    let rows: Vec<Vec<String>> = report.tables.iter().map(row).collect();
    output::table(&["table", "rows", "bytes", "sha-256", ""], &rows);
    let rows: u64 = report.tables.iter().map(|table| table.rows).sum();
    let seconds = took.as_secs_f64();
    if !report.is_same() {
        println!("{} rows of {to} are not as in {from}:", report.different);
        for difference in differences(report) {
            println!("  {}", difference.as_str().unwrap_or_default());
        }
        println!(
            "Stop every server on either of them, give an empty target, and run `switchhook migrate` again."
        );
        return;
    }
    println!("{rows} rows verified in {seconds:.1} s: {to} holds what {from} holds.");
    if !options.verify_only {
        println!("{next}");
    }
}

fn table(table: &Verified) -> Value {
    json!({
        "table": table.table.name(), "rows": table.rows, "bytes": table.bytes,
        "sha256": hex(&table.hash), "verified": table.hash == table.target,
    })
}

fn row(table: &Verified) -> Vec<String> {
    let is_same = table.hash == table.target;
    vec![
        table.table.name().into(),
        table.rows.to_string(),
        table.bytes.to_string(),
        hex(&table.hash)[..16].into(),
        if is_same { "verified" } else { "DIFFERS" }.into(),
    ]
}

fn differences(report: &Report) -> Vec<Value> {
    let said = report.differences.iter().map(|difference| {
        let wrong = match difference.wrong {
            Wrong::Missing => "is missing",
            Wrong::Extra => "should not be there",
            Wrong::Differs => "differs",
        };
        let name = Table::name(difference.table);
        Value::String(format!("{name}: {} {wrong}", difference.row))
    });
    said.collect()
}

fn hex(digest: &Digest) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How to start the server on the target, with the seal key of the source.
fn next(from: &Address, to: &Address) -> String {
    let serve = match to {
        Address::Directory(path) => format!("switchhook serve --data {}", quoted(path)),
        Address::Database(_) => format!("switchhook serve --database '{to}'"),
    };
    let key = match from {
        Address::Directory(path) => Some(path.join("seal.key")).filter(|path| path.exists()),
        Address::Database(_) => None,
    };
    let key_file = key.as_deref().map_or("FILE".into(), quoted);
    let mut text = format!(
        "Secrets stay sealed with the same key, which was not copied. Start the server on it with\n  SWITCHHOOK_SEAL_KEY_FILE={key_file} {serve}"
    );
    if key.is_none() {
        text += "\nwhere FILE holds the seal key that the old server was given (64 hexadecimal digits, chmod 600).";
    }
    if let Address::Directory(path) = to {
        text += &format!(
            "\nor put that file into its place first: {}",
            quoted(&path.join("seal.key"))
        );
    }
    text + "\nDo not start a server on the old place again: both would go on with the same waiting runs."
}

/// For a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted(Path::new("/var/lib/a-b")), "/var/lib/a-b");
        assert_eq!(quoted(Path::new("it's $HOME")), r"'it'\''s $HOME'");
    }
}
