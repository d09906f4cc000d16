//! Rows read and written: types, conflicts, values that stay values, what is shown of them.

use super::*;

#[tokio::test]
async fn every_type_comes_back_as_json_has_it() {
    let (world, office) = (open(), office("create type mood as enum ('ok', 'bad')"));
    let text = "select true as b, 7::int2 as i, 9007199254740993 as big, 1.5::float8 as f, 0.1::float4 as f4, 'NaN'::float8 as nan,
        12345678901234567890.1200 as n, 'x' as t, null as nothing, 'ok'::mood as m, '{\"a\":[1]}'::jsonb as j, '\\x6869'::bytea as raw,
        date '2026-11-26' as d, time '10:20:30.5' as clock, timestamp '2026-11-26 10:00' as local,
        timestamptz '2026-11-26 10:00+02' as moment, interval '1 day 2 hours' as span, array[1, null, 3] as list,
        array[['a'],['b']] as deep, '{}'::text[] as none, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as u, inet '10.0.0.1/8' as net";
    assert_eq!(
        rows(&world, &office, text).await[0],
        json!({
            "b": true, "i": 7, "big": 9_007_199_254_740_993_i64, "f": 1.5, "f4": 0.1, "nan": "NaN",
            "n": "12345678901234567890.1200", "t": "x", "nothing": null, "m": "ok", "j": { "a": [1] }, "raw": "aGk=",
            "d": "2026-11-26", "clock": "10:20:30.5", "local": "2026-11-26T10:00:00", "moment": "2026-11-26T08:00:00Z",
            "span": "P1DT2H", "list": [1, null, 3], "deep": [["a"], ["b"]], "none": [],
            "u": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "net": "10.0.0.1/8"
        })
    );
    let text = sql(&["select point(1, 2) as place"], json!([]));
    let refused = failure(run(&world, &office, "sql.query", text).await);
    assert!(
        refused.message.contains("`place::text`"),
        "{}",
        refused.message
    );
}

#[tokio::test]
async fn values_take_the_type_of_their_column() {
    let (world, office) = (open(), office(LEADS));
    let with = json!({ "table": "leads", "values": {
        "phone": "+14155550100", "budget": 1500.5, "tags": ["a\"b", "c,d"], "data": { "deep": [1, "x"] },
        "at": "2026-11-26T10:00:00Z", "hot": "true", "raw": "aGk=" }, "returning": "id, budget" });
    let output = run(&world, &office, "sql.insert", with)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [{ "id": 1, "budget": "1500.50" }] })
    );
    let found = sql(
        &[
            "select phone, tags, data, at, hot, raw from leads where budget > ",
            " and hot = ",
            " and phone = any(",
            ")",
        ],
        json!([1500, true, ["+14155550100", "x"]]),
    );
    let output = run(&world, &office, "sql.query", found)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body["rows"],
        json!([{ "phone": "+14155550100", "tags": ["a\"b", "c,d"], "data": { "deep": [1, "x"] }, "at": "2026-11-26T10:00:00Z",
                 "hot": true, "raw": "aGk=" }])
    );
    let change = json!({ "table": "leads", "set": { "hot": false, "budget": null }, "where": { "phone": "+14155550100" },
        "returning": ["hot", "budget"] });
    let output = run(&world, &office, "sql.update", change)
        .await
        .result
        .unwrap();
    assert_eq!(
        output.body,
        json!({ "count": 1, "rows": [{ "hot": false, "budget": null }] })
    );
    let gone = sql(&["delete from leads where id = $1;"], json!([]));
    let mut with = gone;
    with["params"] = json!(["1"]);
    let output = run(&world, &office, "sql.execute", with)
        .await
        .result
        .unwrap();
    assert_eq!(output.body["count"], 1);
}

#[tokio::test]
async fn a_row_that_is_there_is_left_changed_or_an_error_as_the_step_says() {
    let (world, office) = (open(), office(LEADS));
    let with = |hot: bool, conflict: Value| {
        json!({ "table": "public.leads", "rows": [{ "phone": "1", "hot": hot }, { "phone": "2", "hot": hot }],
                "on_conflict": conflict, "keys": "phone" })
    };
    let count = |outcome: Outcome| outcome.result.unwrap().body["count"].clone();
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(false, json!(null))).await),
        2
    );
    let refused = failure(run(&world, &office, "sql.insert", with(true, json!(null))).await);
    assert_eq!(
        (&*refused.code, refused.retry),
        ("sql_refused", Retriable::No)
    );
    assert!(
        refused.message.contains("leads_phone_key"),
        "{}",
        refused.message
    );
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(true, json!("ignore"))).await),
        0
    );
    assert_eq!(
        count(run(&world, &office, "sql.insert", with(true, json!("update"))).await),
        2
    );
    let hot = rows(&world, &office, "select count(*) from leads where hot").await;
    assert_eq!(hot, json!([{ "count": 2 }]));
}

#[tokio::test]
async fn no_value_and_no_name_becomes_a_part_of_the_statement() {
    let (world, office) = (open(), office(LEADS));
    for text in [
        "'; drop table leads; --",
        "1 or 1=1",
        "\\'; select pg_sleep(9); --",
        "$1",
        "{{ secrets.crm }}",
        "' || (select version()) || '",
        "𝕏\u{202e}'\"`\\",
        "null",
    ] {
        let with = json!({ "table": "leads", "values": { "phone": text, "data": { text: text }, "tags": [text, "\\"] },
            "returning": "phone, data, tags" });
        let output = run(&world, &office, "sql.insert", with)
            .await
            .result
            .unwrap();
        assert_eq!(
            output.body["rows"],
            json!([{ "phone": text, "data": { text: text }, "tags": [text, "\\"] }])
        );
        let found = sql(
            &["select count(*) from leads where phone = ", ""],
            json!([text]),
        );
        let output = run(&world, &office, "sql.query", found)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["rows"], json!([{ "count": 1 }]), "{text}");
        let change =
            json!({ "table": "leads", "set": { "budget": "7" }, "where": { "phone": text } });
        let output = run(&world, &office, "sql.update", change)
            .await
            .result
            .unwrap();
        assert_eq!(output.body["count"], 1, "{text}");
        for with in [
            json!({ "table": format!("leads\" {text}"), "values": { "phone": "x" } }),
            json!({ "table": "leads", "values": { format!("phone\") values ('x'); {text}"): "x" } }),
        ] {
            let refused = failure(run(&world, &office, "sql.insert", with).await);
            assert_eq!(refused.code, "sql_refused", "{}", refused.message);
        }
    }
    let nothing = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select ", ""], json!(["a\0b"])),
        )
        .await,
    );
    assert_eq!(nothing.code, "sql_refused", "{}", nothing.message);
    let inside = failure(
        run(
            &world,
            &office,
            "sql.query",
            sql(&["select $$", "$$"], json!(["x"])),
        )
        .await,
    );
    assert!(
        inside.message.contains("0 places for values"),
        "{}",
        inside.message
    );
    let two = failure(
        run(
            &world,
            &office,
            "sql.execute",
            sql(&["select 1; drop table leads"], json!([])),
        )
        .await,
    );
    assert_eq!(two.code, "sql_refused", "{}", two.message);
    assert_eq!(
        rows(&world, &office, "select count(*) from leads").await,
        json!([{ "count": 8 }])
    );
}

#[tokio::test]
async fn what_only_reads_can_change_nothing() {
    let (world, office) = (
        open(),
        office(
            "create table t (n int); create function put() returns int language sql as 'insert into t values (1) returning n'",
        ),
    );
    for text in [
        "with a as (insert into t values (1) returning n) select * from a",
        "select put()",
        "select nextval('s')",
        "select * into u from t",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(
            (&*refused.code, refused.retry),
            ("sql_refused", Retriable::No),
            "{text}"
        );
    }
    for text in [
        "insert into t values (1)",
        "/* select */ delete from t",
        "set role x",
        "commit",
        "",
    ] {
        let refused = failure(run(&world, &office, "sql.query", sql(&[text], json!([]))).await);
        assert_eq!(refused.code, "bad_input", "{text}: {}", refused.message);
    }
    assert_eq!(
        rows(&world, &office, "select count(*) from t").await,
        json!([{ "count": 0 }])
    );
    let put = sql(&["select put()"], json!([]));
    let output = run(&world, &office, "sql.execute", put)
        .await
        .result
        .unwrap();
    assert_eq!(output.body["rows"], json!([{ "put": 1 }]));
}

#[tokio::test]
async fn a_record_and_a_preview_show_statement_and_values_but_no_secret() {
    let url = lab::database();
    lab::sql(&url, LEADS).unwrap();
    let mut office = at(&url, json!({ "password": "canary-password" }));
    office.secrets = [("crm", vec!["canary-0123456789"])].into_iter().collect();
    let with = sql(
        &["select ", "::text as a, ", "::text as b"],
        json!([secret("crm"), "+1555"]),
    );
    let world = open();
    let preview = world
        .preview(&step("sql.query", with.clone()), &office)
        .await
        .unwrap();
    assert_eq!(
        preview.body.as_deref(),
        Some("select $1::text as a, $2::text as b")
    );
    assert_eq!(
        preview.headers,
        [
            ("$1".to_owned(), "‹secret:crm›".to_owned()),
            ("$2".to_owned(), "+1555".to_owned())
        ]
    );
    assert!(preview.url.starts_with("postgres://127.0.0.1:") && preview.method == "SQL");
    let outcome = run(&world, &office, "sql.query", with).await;
    assert!(!format!("{outcome:?}").contains("canary"), "{outcome:?}");
    let exchange = outcome.exchange.unwrap();
    assert_eq!(exchange.request, preview);
    assert!(exchange.response.unwrap().body.unwrap().contains("+1555"));
    assert_eq!(
        outcome.result.unwrap().body["rows"],
        json!([{ "a": "‹secret:crm›", "b": "+1555" }])
    );
}

#[tokio::test]
async fn what_is_surely_wrong_is_said_on_save() {
    let world = open();
    for (action, with, paths) in [
        (
            "sql.query",
            json!({ "sql": "delete from t" }),
            &["/sql"][..],
        ),
        ("sql.query", json!({ "sql": "{{ args.sql }}" }), &["/sql"]),
        ("sql.execute", json!({ "sql": "{{ args.sql }}" }), &["/sql"]),
        (
            "sql.query",
            json!({ "sql": "select {{ a }}", "params": [1], "max_rows": 0 }),
            &["/params", "/max_rows"],
        ),
        (
            "sql.query",
            json!({ "sql": "select {{ a }}", "max_rows": 10 }),
            &[],
        ),
        (
            "sql.insert",
            json!({ "table": "{{ t }}", "values": {}, "rows": [], "on_conflict": "x" }),
            &["/table", "/on_conflict", "/values"],
        ),
        ("sql.insert", json!({ "table": "t" }), &["/values"]),
        (
            "sql.update",
            json!({ "table": "t", "set": { "a": 1 }, "where": { "b": 2 }, "returning": "{{ x }}" }),
            &["/returning"],
        ),
    ] {
        assert_eq!(completed(&world, action, with.clone()).1, paths, "{with}");
    }
    let office = office(LEADS);
    for with in [
        json!({ "table": "leads", "set": { "hot": true }, "where": {} }),
        json!({ "table": "leads", "set": { "hot": true }, "where": { "phone": null } }),
        json!({ "table": "leads", "set": {}, "where": { "phone": "x" } }),
        json!({ "table": "leads", "set": "x", "where": { "phone": "x" } }),
    ] {
        assert_eq!(
            failure(run(&world, &office, "sql.update", with).await).code,
            "bad_input"
        );
    }
}
