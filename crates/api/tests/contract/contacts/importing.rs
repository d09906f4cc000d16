//! Tables that are read in.

use super::Office;
use serde_json::{Value, json};

const TABLE: &str = "Name;Handy;E-Mail;Lead source\r\n\
    Ada Lovelace;+1 415 555 2671;ada@example.com;\"fair; hall 3\"\r\n\
    Charles Babbage;030 901820;;\r\n\
    Nobody;;;\r\n\
    Rounded;1.41555E+10;;\r\n\
    Ada L.;\"=\"\"+14155552671\"\"\";;web\r\n";

#[tokio::test]
async fn a_table_is_read_in_and_says_what_became_of_each_row() {
    let office = Office::open().await;
    let dry = office
        .import("country=DE&dry_run=true", TABLE)
        .await
        .expect(200);
    assert_eq!(
        (&dry["created"], &dry["skipped"], &dry["refused"]),
        (&json!(2), &json!(1), &json!(2))
    );
    assert_eq!(office.found("").await, [] as [&str; 0]);
    let feeds: Vec<&Value> = dry["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["feeds"])
        .collect();
    assert_eq!(feeds, ["full_name", "phone", "email", "lead_source"]);
    assert_eq!(
        dry["samples"][0]["columns"],
        json!({ "lead_source": "fair; hall 3" })
    );

    let done = office.import("country=DE", TABLE).await.expect(200);
    assert_eq!(
        (&done["rows"], &done["created"], &done["stopped"]),
        (&json!(5), &json!(2), &Value::Null)
    );
    let lines: Vec<(u64, &Value)> = done["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|refused| (refused["line"].as_u64().unwrap(), &refused["field"]))
        .collect();
    assert_eq!(lines, [(4, &json!("phone")), (5, &json!("phone"))]);
    assert_eq!(office.found("+4930901820").await, ["Charles"]);

    let again = office.import("country=DE", TABLE).await.expect(200);
    assert_eq!(
        (&again["created"], &again["skipped"]),
        (&json!(0), &json!(3))
    );
    let update = office
        .import("country=DE&mode=update", TABLE)
        .await
        .expect(200);
    assert_eq!(
        (&update["updated"], &update["unchanged"]),
        (&json!(1), &json!(2))
    );
    let ada = office
        .call("GET", "/v1/contacts?search=415", Value::Null)
        .await
        .expect(200);
    assert_eq!(ada["data"][0]["last_name"], "L.");
    // An empty cell says nothing.
    assert_eq!(ada["data"][0]["email"], "ada@example.com");
    assert_eq!(ada["data"][0]["columns"]["lead_source"], "web");
}

#[tokio::test]
async fn columns_feed_what_the_mapping_says() {
    let office = Office::open().await;
    let mapping = |value: Value| {
        let text = value.to_string();
        let text: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        format!("mapping={text}")
    };
    let table = "a,b,c\n+14155552671,Ada,x\n";
    let query = mapping(json!({ "a": "phone", "b": "first_name", "c": null }));
    let done = office.import(&query, table).await.expect(200);
    assert_eq!(done["created"], 1);
    assert_eq!(office.found("").await, ["Ada"]);
    let query = mapping(json!({ "b": "no good", "c": "company", "d": "email" }));
    let refused = office.import(&query, table).await.expect(422);
    let paths: Vec<&str> = refused["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["/mapping/d", "/mapping/b", "/mapping"]);
    office
        .import("mode=replace&delimiter=x", table)
        .await
        .refused(422, "invalid_request");
    office.import("", "").await.refused(422, "invalid_request");
}

#[tokio::test]
async fn what_cannot_be_read_keeps_nothing_back_that_came_before() {
    let office = Office::open().await;
    let table = format!(
        "phone,name\n+14155552671,Ada\n+14155552672,\"{}",
        "x".repeat(600_000)
    );
    let done = office.import("", table).await.expect(200);
    assert_eq!((&done["created"], &done["rows"]), (&json!(1), &json!(1)));
    assert!(
        done["stopped"].as_str().unwrap().starts_with("line 3: "),
        "{done}"
    );
}
