//! Contacts over HTTP: one for each number, found by parts of what they say, read in from tables, seen by calls.
use crate::world::{Answer, World, world};
use api::Scope;
use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

struct Office {
    world: World,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let world = world().await;
        let key = world.key(world.ours, Scope::Write).await;
        Self { world, key }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.world.call(&self.key, method, path, body).await
    }

    async fn make(&self, contact: Value) -> Value {
        self.call("POST", "/v1/contacts", contact).await.expect(201)
    }

    async fn import(&self, query: &str, table: impl Into<Body>) -> Answer {
        let request = Request::post(format!("/v1/contacts/import?{query}"))
            .header("content-type", "text/csv")
            .header("authorization", format!("Bearer {}", self.key));
        self.world.send(request.body(table.into()).unwrap()).await
    }

    async fn found(&self, search: &str) -> Vec<String> {
        let query: String = url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
        let path = format!("/v1/contacts?search={query}");
        let list = self.call("GET", &path, Value::Null).await.expect(200);
        let data = list["data"].as_array().unwrap().iter();
        data.map(|contact| contact["first_name"].as_str().unwrap_or("-").to_owned())
            .collect()
    }
}

#[tokio::test]
async fn there_is_one_contact_for_each_number_however_it_is_written() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+1 (415) 555-2671", "first_name": " Ada ", "email": "", "columns": { "plan": "gold" } });
    let made = office.make(ada.clone()).await;
    assert_eq!(made["phone"], "+14155552671");
    assert_eq!(made["first_name"], "Ada");
    assert_eq!(made["email"], Value::Null);
    let again = office.call("POST", "/v1/contacts", ada).await;
    again.refused(409, "already_exists");
    // The other workspace has a book of its own.
    let theirs = office.world.key(office.world.theirs, Scope::Write).await;
    let same = json!({ "phone": "+14155552671" });
    let made_there = office
        .world
        .call(&theirs, "POST", "/v1/contacts", same)
        .await;
    made_there.expect(201);
}

#[tokio::test]
async fn a_contact_is_changed_over_the_version_that_its_editor_saw() {
    let office = Office::open().await;
    let made = office
        .make(json!({ "phone": "+14155552671", "columns": { "a": "1", "b": "2" } }))
        .await;
    let path = format!("/v1/contacts/{}", made["id"].as_str().unwrap());
    let changed = json!({ "last_name": "Lovelace", "columns": { "a": null, "c": 3 } });
    let changed = office.call("PATCH", &path, changed).await.expect(200);
    assert_eq!(changed["columns"], json!({ "b": "2", "c": 3 }));
    assert_eq!(changed["version"], 2);
    let request = Request::put(&path)
        .header("authorization", format!("Bearer {}", office.key))
        .header("content-type", "application/json")
        .header("if-match", "\"1\"");
    let body = json!({ "phone": "+14155552671" }).to_string();
    let late = office
        .world
        .send(request.body(Body::from(body)).unwrap())
        .await;
    late.refused(412, "version_conflict");
    office.call("DELETE", &path, Value::Null).await.expect(204);
    office
        .call("GET", &path, Value::Null)
        .await
        .refused(404, "not_found");
}

#[tokio::test]
async fn all_that_is_wrong_with_a_contact_is_said_at_once() {
    let office = Office::open().await;
    let wrong = json!({ "phone": "555-0100", "email": "ada@", "columns": { "Plan": "gold" } });
    let refused = office.call("POST", "/v1/contacts", wrong).await.expect(422);
    let errors = refused["errors"].as_array().unwrap().iter();
    let paths: Vec<&str> = errors.map(|e| e["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/phone", "/email", "/columns/Plan"]);
    assert!(
        refused["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("has no country")
    );
    let odd = json!({ "phone": "+14155552671", "fist_name": "Ada" });
    office
        .call("POST", "/v1/contacts", odd)
        .await
        .refused(422, "invalid_request");
}

#[tokio::test]
async fn contacts_are_found_by_parts_of_names_addresses_and_numbers() {
    let office = Office::open().await;
    for (name, last, phone) in [
        ("Ada", "Lovelace", "+14155552671"),
        ("Charles", "Babbage", "+442079460018"),
        ("Ädam", "Love", "+4930901820"),
    ] {
        office.make(json!({ "phone": phone, "first_name": name, "last_name": last, "company": "Engines 100%" })).await;
    }
    assert_eq!(office.found("love").await, ["Ädam", "Ada"]);
    assert_eq!(office.found("ada LOVE").await, ["Ada"]);
    assert_eq!(office.found("ädam").await, ["Ädam"]);
    assert_eq!(office.found("+44 20").await, ["Charles"]);
    assert_eq!(office.found("(415) 555").await, ["Ada"]);
    assert_eq!(office.found("100%").await.len(), 3);
    assert_eq!(office.found("10_%").await.len(), 0);
    let page = office
        .call("GET", "/v1/contacts?limit=2", Value::Null)
        .await
        .expect(200);
    let next = page["next"].as_str().unwrap();
    let rest = office
        .call(
            "GET",
            &format!("/v1/contacts?limit=2&cursor={next}"),
            Value::Null,
        )
        .await
        .expect(200);
    assert_eq!(
        (rest["data"].as_array().unwrap().len(), &rest["next"]),
        (1, &Value::Null)
    );
}

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

#[tokio::test]
async fn a_call_finds_its_contact_by_the_customers_number() {
    let office = Office::open().await;
    let event = |id: &str, call: Value| {
        let mut call = call;
        call["provider_call_id"] = id.into();
        json!({ "kind": "call.started", "call": call })
    };
    let contact_of = async |id: &str, call: Value| {
        let ingest = office.world.key(office.world.ours, Scope::Ingest).await;
        let sent = office
            .world
            .call(&ingest, "POST", "/v1/events", event(id, call))
            .await
            .expect(202);
        let call = sent["events"][0]["call_id"].as_str().unwrap().to_owned();
        let shown = office
            .call("GET", &format!("/v1/calls/{call}"), Value::Null)
            .await
            .expect(200);
        shown["snapshot"]["contact"].clone()
    };
    let inbound =
        json!({ "direction": "inbound", "from": "+1 415-555-2671", "to": "+14155550000" });
    assert_eq!(contact_of("before", inbound.clone()).await, Value::Null);
    let made = office
        .make(
            json!({ "phone": "+14155552671", "first_name": "Ada", "columns": { "plan": "gold" } }),
        )
        .await;
    let found = contact_of("found", inbound.clone()).await;
    let wanted = json!({ "plan": "gold", "first_name": "Ada", "phone": "+14155552671", "do_not_call": false, "id": made["id"] });
    assert_eq!(found, wanted);
    let outbound = json!({ "direction": "outbound", "from": "+14155552671", "to": "+14155550000" });
    assert_eq!(contact_of("theirs", outbound).await, Value::Null);
    // A platform that repeats the number as the contact's brings no contact.
    let mut bare = inbound.clone();
    bare["contact"] = json!({ "phone": "+14155552671" });
    assert_eq!(contact_of("bare", bare).await, wanted);
    let alone = json!({ "contact": { "phone": "+1 415 555 2671" } });
    assert_eq!(contact_of("alone", alone).await, wanted);
    // Who brings a contact knows better what it says, and hides nothing that it does not.
    let mut told = inbound.clone();
    told["contact"] = json!({ "full_name": "Ada King", "email": "", "seat": "3a" });
    let merged = contact_of("told", told).await;
    let said = [&merged["full_name"], &merged["seat"], &merged["email"]];
    assert_eq!(said, ["Ada King", "3a", ""]);
    assert_eq!(
        (&merged["plan"], &merged["id"]),
        (&json!("gold"), &made["id"])
    );
}

#[tokio::test]
async fn what_is_told_of_another_person_with_the_number_is_filled_with_nothing_kept() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+14155552671", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
        "columns": { "plan": "gold" } });
    let made = office.make(ada).await;
    let elsewhere = office.make(json!({ "phone": "+14155552672" })).await;
    let ingest = office.world.key(office.world.ours, Scope::Ingest).await;
    let told = async |told: Value| {
        let call = json!({ "provider_call_id": told.to_string(), "direction": "inbound", "from": "+14155552671", "contact": told });
        let event = json!({ "kind": "call.started", "call": call });
        let sent = office.world.call(&ingest, "POST", "/v1/events", event);
        let sent = sent.await.expect(202);
        let path = format!(
            "/v1/calls/{}",
            sent["events"][0]["call_id"].as_str().unwrap()
        );
        let shown = office.call("GET", &path, Value::Null).await.expect(200);
        shown["snapshot"]["contact"].clone()
    };
    for same in [
        json!({ "id": made["id"], "first_name": "Augusta" }),
        json!({ "email": "ADA@example.com", "name": "A. King" }),
        json!({ "name": "ada" }),
        json!({ "first_name": "Ada", "last_name": "Lovelace", "id": "crm-1" }),
    ] {
        let filled = told(same.clone()).await;
        assert_eq!(filled["plan"], "gold", "{same}");
        assert_eq!(filled["last_name"], "Lovelace", "{same}");
    }
    for another in [
        json!({ "id": elsewhere["id"], "first_name": "Ada" }),
        json!({ "email": "ben@example.com", "first_name": "Ada" }),
        json!({ "first_name": "Ben", "last_name": "Lovelace" }),
    ] {
        assert_eq!(told(another.clone()).await, another);
    }
}

#[tokio::test]
async fn a_later_message_that_tells_of_another_person_takes_back_what_was_filled_in() {
    let office = Office::open().await;
    let ada = json!({ "phone": "+14155552671", "first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com",
        "columns": { "plan": "gold" } });
    let made = office.make(ada).await;
    let ingest = office.world.key(office.world.ours, Scope::Ingest).await;
    let told = async |id: &str, kind: &str, contact: Value| {
        let call = json!({ "provider_call_id": id, "direction": "inbound", "from": "+14155552671", "contact": contact });
        let event = json!({ "kind": kind, "call": call });
        let sent = office.world.call(&ingest, "POST", "/v1/events", event);
        let sent = sent.await.expect(202);
        let path = format!(
            "/v1/calls/{}",
            sent["events"][0]["call_id"].as_str().unwrap()
        );
        let shown = office.call("GET", &path, Value::Null).await.expect(200);
        shown["snapshot"]["contact"].clone()
    };
    let none = || json!({});
    assert_eq!(told("c-1", "call.started", none()).await["id"], made["id"]);
    let ben = json!({ "first_name": "Ben", "last_name": "Lovelace" });
    let mut wanted = ben.clone();
    wanted["phone"] = "+14155552671".into();
    assert_eq!(told("c-1", "call.answered", ben).await, wanted);
    assert_eq!(told("c-1", "call.ended", none()).await, wanted);

    let augusta = || json!({ "first_name": "Augusta", "seat": "3a" });
    let mut known = augusta();
    known["id"] = made["id"].clone();
    for (kind, contact) in [
        ("call.started", known),
        ("call.answered", augusta()),
        ("call.ended", json!({ "full_name": "Ada Lovelace" })),
    ] {
        let filled = told("c-2", kind, contact).await;
        assert_eq!(
            (&filled["id"], &filled["plan"]),
            (&made["id"], &json!("gold")),
            "{kind}"
        );
    }
}

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
