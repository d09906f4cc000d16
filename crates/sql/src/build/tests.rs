//! What is built, for each database; and that no name or value gets out of its place.

use super::*;
use serde_json::{Map, json};

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).into()).collect()
}

fn inserted(dialect: Dialect, conflict: Option<Conflict>, keys: &[&str]) -> String {
    let row = map(json!({ "id": 1, "n": "x" }));
    let made = insert(
        dialect,
        &Insert {
            table: "app.calls",
            rows: &[&row, &row],
            conflict,
            keys: &texts(keys),
            returning: &[],
        },
    );
    let made = made.unwrap();
    assert_eq!(made.values, [json!(1), json!("x"), json!(1), json!("x")]);
    made.text
}

#[test]
fn rows_are_inserted_as_each_database_wants_it() {
    use Dialect::{MySql, Postgres, Sqlite};
    for (dialect, conflict, keys, text) in [
        (
            Postgres,
            None,
            &[][..],
            r#"insert into "app"."calls" ("id", "n") values ($1, $2), ($3, $4)"#,
        ),
        (
            Sqlite,
            Some(Conflict::Ignore),
            &[],
            r#"insert into "app"."calls" ("id", "n") values (?, ?), (?, ?) on conflict do nothing"#,
        ),
        (
            Postgres,
            Some(Conflict::Update),
            &["id"],
            r#"insert into "app"."calls" ("id", "n") values ($1, $2), ($3, $4) on conflict ("id") do update set "n" = excluded."n""#,
        ),
        (
            MySql,
            Some(Conflict::Update),
            &["id"],
            "insert into `app`.`calls` (`id`, `n`) values (?, ?), (?, ?) on duplicate key update `n` = if(`id` <=> values(`id`), values(`n`), `n`)",
        ),
        (
            MySql,
            Some(Conflict::Ignore),
            &[],
            "insert into `app`.`calls` (`id`, `n`) values (?, ?), (?, ?) on duplicate key update `id` = `id`",
        ),
    ] {
        assert_eq!(inserted(dialect, conflict, keys), text);
    }
}

#[test]
fn a_name_stays_a_name_whatever_it_is_made_of() {
    let row = map(json!({ "a\"; drop table x; --": 1 }));
    let rows = [&row];
    let with = |table| Insert {
        table,
        rows: &rows,
        conflict: None,
        keys: &[],
        returning: &[],
    };
    let made = insert(Dialect::Postgres, &with("t\" x")).unwrap();
    assert_eq!(
        made.text,
        r#"insert into "t"" x" ("a""; drop table x; --") values ($1)"#
    );
    let made = insert(Dialect::MySql, &with("a`b")).unwrap();
    assert!(made.text.starts_with("insert into `a``b` "));
    for bad in ["", "a..b", "a\0b", "a\nb", &"x".repeat(200)] {
        assert!(insert(Dialect::Postgres, &with(bad)).is_err(), "{bad:?}");
    }
}

#[test]
fn rows_that_do_not_fit_each_other_are_refused_with_where() {
    let (one, two) = (map(json!({ "a": 1 })), map(json!({ "a": 1, "b": 2 })));
    let refused_by = |dialect, rows: &[&Map<String, Value>], keys: &[String]| {
        let made = Insert {
            table: "t",
            rows,
            conflict: Some(Conflict::Update),
            keys,
            returning: &[],
        };
        insert(dialect, &made).unwrap_err()
    };
    let refused =
        |rows: &[&Map<String, Value>], keys: &[String]| refused_by(Dialect::Postgres, rows, keys);
    assert!(refused(&[&one, &two], &[]).contains("row 1 has a `b`"));
    assert!(refused(&[&two, &one], &[]).contains("row 1 has no `b`"));
    assert!(refused(&[], &[]).contains("no row"));
    assert!(refused(&[&one], &[]).contains("needs `keys`"));
    assert!(refused_by(Dialect::MySql, &[&one], &[]).contains("needs `keys`"));
    assert!(refused(&[&one], &texts(&["z"])).contains("`z`"));
    assert!(refused(&[&two; 20_000], &[]).contains("batches"));
}

#[test]
fn an_update_knows_which_rows_it_means() {
    let change = |filter: Value, returning: &[&str], dialect| {
        update(
            dialect,
            &Update {
                table: "t",
                set: &map(json!({ "n": null })),
                filter: &map(filter),
                returning: &texts(returning),
            },
        )
    };
    let made = change(json!({ "id": 7, "k": "x" }), &["*"], Dialect::Postgres).unwrap();
    assert_eq!(
        made.text,
        r#"update "t" set "n" = $1 where "id" = $2 and "k" = $3 returning *"#
    );
    assert_eq!(made.values, [json!(null), json!(7), json!("x")]);
    for (filter, why) in [
        (json!({}), "all rows"),
        (json!({ "id": null }), "has no value"),
        (json!({ "id": [1] }), "one value"),
    ] {
        let refused = change(filter, &[], Dialect::Postgres).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
    assert!(change(json!({ "id": 1 }), &["id"], Dialect::MySql).is_err());
}

#[test]
fn the_first_word_is_found_behind_comments() {
    for (text, word) in [
        ("  Select 1", "select"),
        ("-- a\n/* b */ UPDATE x", "update"),
        ("(select 1)", "("),
        ("", ""),
        ("/* open", ""),
        ("{{ x }}", ""),
    ] {
        assert_eq!(first_word(text), word);
    }
    assert!(is_reading("with a as (select 1) select 2") && !is_reading("delete from x"));
}
