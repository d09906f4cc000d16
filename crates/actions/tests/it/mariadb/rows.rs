//! Rows read and written: types, conflicts, procedures, values that stay values.

use super::*;

#[tokio::test]
async fn every_type_comes_back_as_json_has_it() {
    let (world, office) = (open(), office("create table t (b bool, i tinyint, s smallint, m mediumint, big bigint, u bigint unsigned, f double, f4 float,
        n decimal(30,4), t text, nothing int, e enum('ok','bad'), raw varbinary(9), d date, clock time(1), h time, local datetime, moment timestamp(3) null, y year, bits bit(12));;
        insert into t values (true, -7, -300, -70000, -9007199254740993, 18446744073709551615, 1.5, 0.1, 12345678901234567890.12, '𝕏é', null, 'ok', 'hi',
        '2026-11-26', '10:20:30.5', '-100:00:00', '2026-11-26 10:00', '2026-11-26 10:00:00.25', 2026, b'101')", json!({})));
    let zone = sql(&["select *, moment as again from t"], json!([]));
    let output = run(&world, &office, "sql.query", zone)
        .await
        .result
        .unwrap();
    let mut row = output.body["rows"][0].clone();
    let moment = row["moment"].take();
    assert!(moment.as_str().unwrap().ends_with(":00.25Z"), "{moment}");
    assert_eq!(moment, row["again"].take());
    assert_eq!(
        row,
        json!({
            "b": 1, "i": -7, "s": -300, "m": -70000, "big": -9_007_199_254_740_993_i64, "u": u64::MAX, "f": 1.5, "f4": 0.1,
            "n": "12345678901234567890.1200", "t": "𝕏é", "nothing": null, "e": "ok", "raw": "aGk=", "d": "2026-11-26",
            "clock": "10:20:30.5", "h": "-100:00:00", "local": "2026-11-26T10:00:00", "moment": null, "y": 2026, "bits": 5, "again": null
        })
    );
    let many = rows(
        &world,
        &office,
        "select 1 a, null b, 2 c, null d, 3 e, null f, 4 g, null h, 5 i, null j",
    )
    .await;
    assert_eq!(
        many[0],
        json!({ "a": 1, "b": null, "c": 2, "d": null, "e": 3, "f": null, "g": 4, "h": null, "i": 5, "j": null })
    );
}

#[tokio::test]
async fn rows_are_inserted_updated_and_found() {
    let (world, office) = (open(), office(LEADS, json!({})));
    let with = json!({ "table": "leads", "values": { "phone": "+1", "budget": 1500.5, "data": { "deep": [1, "x"] },
        "at": "2026-11-26T12:00:00.5+02:00", "hot": true } });
    let output = run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [], "insert_id": 1 })
    );
    let found = sql(
        &[
            "select phone, budget, data, at, hot from leads where budget > ",
            " and hot = ",
            "",
        ],
        json!([1500, true]),
    );
    let output = run(&world, &office, "sql.query", found)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body["rows"],
        json!([{ "phone": "+1", "budget": "1500.50", "data": "{\"deep\":[1,\"x\"]}", "at": "2026-11-26T10:00:00.5", "hot": 1 }])
    );
    // Rows that were found count, also where nothing in them changes.
    let change = json!({ "table": "leads", "set": { "hot": true }, "where": { "phone": "+1" } });
    assert_eq!(
        run(&world, &office, "sql.update", change)
            .await
            .result
            .unwrap()
            .body["count"],
        1
    );
    let with = |conflict: Value| json!({ "table": "leads", "rows": [{ "phone": "+1", "hot": false }, { "phone": "+2", "hot": false }], "on_conflict": conflict, "keys": "phone" });
    let refused = failure(run(&world, &office, "sql.insert", with(json!(null))).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No)
    );
    run(&world, &office, "sql.insert", with(json!("ignore")))
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(&world, &office, "select hot from leads order by id").await,
        json!([{ "hot": 1 }, { "hot": 0 }])
    );
    run(&world, &office, "sql.insert", with(json!("update")))
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(&world, &office, "select hot from leads order by id").await,
        json!([{ "hot": 0 }, { "hot": 0 }])
    );
    // What does not fit is refused, not cut.
    let long = json!({ "table": "leads", "values": { "note": "too long for it" } });
    assert_eq!(
        failure(run(&world, &office, "sql.insert", long).await).code,
        "sql_refused"
    );
    let back = json!({ "table": "leads", "values": { "phone": "+3" }, "returning": "phone" });
    assert_eq!(
        run(&world, &office, "sql.insert", back)
            .await
            .result
            .unwrap()
            .body["rows"],
        json!([{ "phone": "+3" }])
    );
}

#[tokio::test]
async fn no_value_and_no_name_becomes_a_part_of_the_statement() {
    let (world, office) = (open(), office(LEADS, json!({})));
    for text in [
        "'; drop table leads; -- ",
        "1 or 1=1",
        "\\'; drop table leads; # ",
        "?",
        "\" or \"\"=\"",
        "𝕏\u{202e}'\"`\\\0",
        "/*! 1 */",
    ] {
        let with = json!({ "table": "leads", "values": { "phone": text } });
        run(&world, &office, "sql.insert", with)
            .await
            .result
            .unwrap();
        let found = sql(
            &["select phone from leads where phone = ", ""],
            json!([text]),
        );
        let output = run(&world, &office, "sql.query", found)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["rows"], json!([{ "phone": text }]));
        let change =
            json!({ "table": "leads", "set": { "budget": "7" }, "where": { "phone": text } });
        assert_eq!(
            run(&world, &office, "sql.update", change)
                .await
                .result
                .unwrap()
                .body["count"],
            1,
            "{text}"
        );
        let names = json!({ "table": "leads", "values": { format!("phone`) values ('x'); {}", text.replace('\0', "")): "x" } });
        assert_eq!(
            failure(run(&world, &office, "sql.insert", names).await).code,
            "sql_refused"
        );
    }
    let escaped = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select 'it\\'s ", "'"], json!(["x"])),
        )
        .await,
    );
    assert!(
        escaped.message.contains("0 places for values"),
        "{}",
        escaped.message
    );
    for text in [
        "select 1; drop table leads",
        "load data local infile '/etc/passwd' into table leads",
        "commit and chain; select 1",
    ] {
        let refused = failure(run(&world, &office, "sql.execute", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "sql_refused", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from leads").await,
        json!([{ "n": 7 }])
    );
}

#[tokio::test]
async fn what_only_reads_can_change_nothing() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int);; create function put() returns int modifies sql data begin insert into t values (1); return 1; end",
            json!({}),
        ),
    );
    for text in [
        "select put()",
        "with a as (select 1) delete from t",
        "(select 1) union select put()",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "sql_refused", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from t").await,
        json!([{ "n": 0 }])
    );
}

#[tokio::test]
async fn a_procedure_gives_its_first_answer() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int);; create procedure p(in a int) begin insert into t values (a); select a as got; select 2 as other; end",
            json!({}),
        ),
    );
    for n in [7, 8] {
        let called = run(
            &world,
            &office,
            "sql.execute",
            sql(&["call p(", ")"], json!([n])),
        )
        .await;
        assert_eq!(called.result.unwrap().body["rows"], json!([{ "got": n }]));
    }
    assert_eq!(
        rows(&world, &office, "select count(*) n from t").await,
        json!([{ "n": 2 }])
    );
}

#[tokio::test]
async fn a_row_that_another_unique_index_holds_is_not_overwritten() {
    let setup = format!(
        "{LEADS};; alter table leads add unique (note);; insert into leads (phone, note, hot) values ('+1', 'a', false), ('+2', 'b', false)"
    );
    let (world, office) = (open(), office(&setup, json!({})));
    let with = json!({ "table": "leads", "rows": [{ "phone": "+2", "note": "c", "hot": true }, { "phone": "+3", "note": "a", "hot": true }],
        "on_conflict": "update", "keys": "phone" });
    run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        rows(
            &world,
            &office,
            "select phone, note, hot from leads order by id"
        )
        .await,
        json!([{ "phone": "+1", "note": "a", "hot": 0 }, { "phone": "+2", "note": "c", "hot": 1 }])
    );
}
