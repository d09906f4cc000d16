//! Lists, counts, exports, and whom a campaign may call.

use super::Office;
use serde_json::{Value, json};

#[tokio::test]
async fn contacts_are_listed_counted_and_exported_by_what_is_kept_of_them() {
    let office = Office::open().await;
    for (n, name) in ["Ada", "Ben", "=Eve"].iter().enumerate() {
        let contact = json!({ "phone": format!("+1415555267{n}"), "first_name": name, "do_not_call": n == 1,
            "columns": { "plan": if n == 0 { "gold" } else { "basic" }, "seats": n } });
        office.make(contact).await;
    }
    let names = async |query: &str| {
        let path = format!("/v1/contacts?{query}");
        let list = office.call("GET", &path, Value::Null).await.expect(200);
        assert_eq!(list["next"], Value::Null);
        let names = list["data"].as_array().unwrap().iter();
        let names: Vec<String> = names
            .map(|each| each["first_name"].as_str().unwrap().to_owned())
            .collect();
        names
    };
    assert_eq!(names("do_not_call=true").await, ["Ben"]);
    assert_eq!(names("do_not_call=false&search=ada").await, ["Ada"]);
    let basic = "columns=%7B%22plan%22%3A%22basic%22%2C%22seats%22%3A%222%22%7D";
    assert_eq!(names(basic).await, ["=Eve"]);
    let count = async |query: &str| {
        let path = format!("/v1/contacts/count?{query}");
        office.call("GET", &path, Value::Null).await.expect(200)
    };
    let may = json!({ "contacts": 2, "complete": true });
    assert_eq!(count("do_not_call=false").await, may);
    assert_eq!(count(basic).await["contacts"], 1);
    let wrong = office.call("GET", "/v1/contacts?columns=plan", Value::Null);
    assert_eq!(wrong.await.expect(422)["errors"][0]["path"], "columns");
    let table = office.call("GET", "/v1/contacts.csv?do_not_call=false", Value::Null);
    let table = table.await.text;
    assert_eq!(
        table,
        "phone,first_name,last_name,email,company,do_not_call,plan,seats\r\n\
         +14155552672,'=Eve,,,,false,basic,2\r\n+14155552670,Ada,,,,false,gold,0\r\n"
    );
    let one = office.call("GET", "/v1/contacts.csv?limit=1", Value::Null);
    assert_eq!(one.await.text.lines().count(), 2);
}

#[tokio::test]
async fn an_export_that_nobody_touched_changes_nothing_when_it_is_imported() {
    let office = Office::open().await;
    let columns = [
        json!({ "seats": 3, "paid": true, "rate": -0.5, "mobile": "none", "contact": "by mail" }),
        json!({ "seats": "3", "paid": "true", "note": "=SUM(A1)", "firm": "@home" }),
        json!({ "note": "-", "number": 7, "zip": "01067" }),
    ];
    for (n, columns) in columns.into_iter().enumerate() {
        let contact = json!({ "phone": format!("+1415555267{n}"), "first_name": "=Eve", "company": "Acme", "columns": columns });
        office.make(contact).await;
    }
    let table = office.call("GET", "/v1/contacts.csv", Value::Null);
    let table = table.await.text;
    let done = office.import("mode=update", table).await.expect(200);
    assert_eq!((&done["rows"], &done["unchanged"]), (&json!(3), &json!(3)));
}

#[tokio::test]
async fn pages_of_filtered_contacts_have_no_gaps_or_repeats() {
    let office = Office::open().await;
    for n in 0..9 {
        let contact = json!({ "phone": format!("+1415555267{n}"), "do_not_call": n % 2 == 0 });
        office.make(contact).await;
    }
    let (mut seen, mut path) = (
        Vec::new(),
        "/v1/contacts?do_not_call=true&limit=2".to_owned(),
    );
    loop {
        let page = office.call("GET", &path, Value::Null).await.expect(200);
        let phones = page["data"].as_array().unwrap().iter();
        seen.extend(phones.map(|each| each["phone"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/v1/contacts?do_not_call=true&limit=2&cursor={next}");
    }
    let expected = [8, 6, 4, 2, 0].map(|n| format!("+1415555267{n}"));
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_contact_is_of_the_outbound_campaigns_whose_columns_it_has() {
    let office = Office::open().await;
    let made = office
        .make(json!({ "phone": "+14155552671", "columns": { "list": "spring" } }))
        .await;
    for campaign in [
        json!({ "name": "All" }),
        json!({ "name": "Spring", "contacts": { "list": "spring" }, "do_not_call": ["+14155552671"] }),
        json!({ "name": "Autumn", "contacts": { "list": "autumn" } }),
        json!({ "name": "Hotline", "type": "inbound" }),
    ] {
        office
            .call("POST", "/v1/campaigns", campaign)
            .await
            .expect(201);
    }
    let path = format!("/v1/contacts/{}/campaigns", made["id"].as_str().unwrap());
    let its = office.call("GET", &path, Value::Null).await.expect(200);
    let its: Vec<(&str, bool)> = its
        .as_array()
        .unwrap()
        .iter()
        .map(|each| {
            (
                each["name"].as_str().unwrap(),
                each["may_be_called"].as_bool().unwrap(),
            )
        })
        .collect();
    assert_eq!(its, [("Spring", false), ("All", true)]);
}
