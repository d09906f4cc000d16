//! The wall around a file, and what a statement may do inside of it.

use super::*;
use crate::Dialect;
use serde_json::{Value, json};
use std::os::unix::fs::symlink;
use tempfile::TempDir;

const BOUNDS: Bounds = Bounds {
    rows: 100,
    bytes: 1 << 20,
    time: Duration::from_millis(500),
};

fn file() -> (TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().canonicalize().unwrap().join("crm.db");
    let made = Connection::open(&path).unwrap();
    made.execute_batch("create table t (id integer primary key, v)")
        .unwrap();
    (dir, path)
}

fn ask(path: &Path, texts: &[&str], values: Value, writes: bool) -> Result<Answer, Trouble> {
    let values = values.as_array().unwrap().clone();
    let statement = Statement::between(texts, values, writes, Dialect::Sqlite);
    run(path, &statement, BOUNDS)
}

#[test]
fn values_come_back_as_they_were_bound() {
    let (_dir, path) = file();
    for (value, back) in [
        (json!(null), json!(null)),
        (json!(7), json!(7)),
        (json!(true), json!(1)),
        (json!(0.5), json!(0.5)),
        (json!("'; drop table t; --"), json!("'; drop table t; --")),
        (json!([1]), json!("[1]")),
    ] {
        let put = ask(
            &path,
            &["insert into t (v) values (", ")"],
            json!([value]),
            true,
        )
        .unwrap();
        assert_eq!(put.count, 1);
        let id = put.insert_id.unwrap();
        let got = ask(
            &path,
            &["select v from t where id = ", ""],
            json!([id]),
            false,
        )
        .unwrap();
        assert_eq!(got.rows, [json!({ "v": back })]);
    }
    let bytes = ask(
        &path,
        &["select x'6869' as b, 1e999 as i"],
        json!([]),
        false,
    )
    .unwrap();
    assert_eq!(bytes.rows, [json!({ "b": "aGk=", "i": "inf" })]);
}

#[test]
fn a_statement_stays_within_its_file() {
    let (dir, path) = file();
    let other = dir.path().join("other.db");
    let attach = format!("attach '{}' as o", other.display());
    let into = format!("vacuum into '{}'", other.display());
    for text in [
        attach.as_str(),
        &into,
        "vacuum",
        "detach main",
        "pragma query_only = off",
        "pragma writable_schema = on",
        "select * from pragma_table_list",
        "commit",
        "rollback",
        "savepoint a",
        "begin",
        "select load_extension('x')",
        "create virtual table f using fts5(a)",
        "select fts3_tokenizer('a')",
        "update sqlite_schema set sql = 'x'",
        "select 1; drop table t",
        "select 1; garbage",
    ] {
        for writes in [true, false] {
            assert!(ask(&path, &[text], json!([]), writes).is_err(), "{text}");
        }
    }
    assert!(!other.exists());
    assert_eq!(count_tables(&path).unwrap(), 1);
}

#[test]
fn what_only_reads_writes_nothing() {
    let (_dir, path) = file();
    for text in [
        "insert into t (v) values (1)",
        "drop table t",
        "create table u (a)",
    ] {
        let refused = ask(&path, &[text], json!([]), false).unwrap_err();
        assert!(refused.to_string().contains("only reads"), "{refused}");
    }
}

#[test]
fn a_statement_without_end_ends() {
    let (_dir, path) = file();
    let endless = "with recursive r(n) as (select 1 union all select n + 1 from r)";
    for (text, writes) in [
        (format!("{endless} select count(*) from r"), false),
        (format!("{endless} insert into t (v) select n from r"), true),
    ] {
        let stopped = ask(&path, &[&text], json!([]), writes).unwrap_err();
        assert!(matches!(stopped, Trouble::Time(_)), "{stopped}");
    }
    for text in [
        format!("{endless} select n from r"),
        "select hex(zeroblob(100000000))".into(),
        "select printf('%.*c', 100000000, 'x')".into(),
        "select hex(zeroblob(2000000))".into(),
    ] {
        let stopped = ask(&path, &[&text], json!([]), false).unwrap_err();
        assert!(matches!(stopped, Trouble::TooLarge(_)), "{stopped}");
    }
    let left = ask(&path, &["select count(*) as n from t"], json!([]), false).unwrap();
    assert_eq!(left.rows, [json!({ "n": 0 })]);
}

#[test]
fn who_holds_the_file_is_waited_for_and_no_longer() {
    let (_dir, path) = file();
    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("begin immediate").unwrap();
    let busy = ask(&path, &["delete from t"], json!([]), true).unwrap_err();
    assert!(
        matches!(busy, Trouble::Refused { again: true, .. }),
        "{busy}"
    );
    holder.execute_batch("commit").unwrap();
    ask(&path, &["delete from t"], json!([]), true).unwrap();
}

#[test]
fn no_name_leads_out_of_the_directory() {
    let (dir, path) = file();
    let root = dir.path().join("files");
    std::fs::create_dir_all(root.join("shop")).unwrap();
    std::fs::copy(&path, root.join("shop/crm.db")).unwrap();
    symlink(&path, root.join("link.db")).unwrap();
    symlink(dir.path(), root.join("up")).unwrap();
    assert!(locate(&root, "shop/crm.db").is_ok());
    let absolute = path.display().to_string();
    for name in [
        "",
        ".",
        "..",
        "../crm.db",
        "shop/../../crm.db",
        &absolute,
        "link.db",
        "up/crm.db",
        "shop",
        "shop/",
        "gone.db",
        "shop//crm.db",
        "./shop/crm.db",
        ".hidden",
        "a\0b",
        "a\\b",
        "file:crm.db?mode=rwc",
        ":memory:",
        &"x".repeat(300),
    ] {
        assert!(locate(&root, name).is_err(), "{name}");
    }
    let link = root.join("link.db");
    assert!(ask(&link, &["select 1"], json!([]), false).is_err());
    std::fs::write(
        root.join("text.db"),
        "no database at all, and long enough to be read as one",
    )
    .unwrap();
    let text = locate(&root, "text.db").unwrap();
    let refused = ask(&text, &["select * from t"], json!([]), false).unwrap_err();
    assert!(matches!(refused, Trouble::NoDatabase(_)), "{refused}");
}
