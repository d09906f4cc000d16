//! Inputs: what is refused of them, what is said on save, where they lead.

use super::*;

#[tokio::test]
async fn inputs_of_the_wrong_shape_are_refused() {
    let receiver = Receiver::ok().await;
    let url = receiver.url("/");
    for (with, code) in [
        (json!({}), "bad_url"),
        (json!({ "url": 7 }), "bad_url"),
        (json!({ "url": url, "method": "CONNECT" }), "bad_input"),
        (json!({ "url": url, "method": "GE T" }), "bad_input"),
        (json!({ "url": url, "headers": [1] }), "bad_input"),
        (json!({ "url": url, "form": "a=b" }), "bad_input"),
        (
            json!({ "url": url, "auth": { "digest": "x" } }),
            "bad_input",
        ),
        (
            json!({ "url": url, "body": "x".repeat(9 << 20) }),
            "bad_input",
        ),
    ] {
        assert_eq!(failure(request(&open(), with).await).code, code);
    }
    let unknown = open()
        .perform(&step("no.such", json!({})), &Workspace::default())
        .await;
    let unknown = failure(unknown);
    assert_eq!(
        (&*unknown.code, unknown.retry, &*unknown.step),
        ("unknown_action", Retriable::No, "tell")
    );
    assert_eq!(receiver.connections(), 0);
}

#[test]
fn what_is_wrong_with_a_step_is_said_on_save_all_at_once() {
    let with = json!({ "url": "x", "json": 1, "body": "b", "form": {}, "auth": { "basic": "x" }, "method": "GE T" });
    let (_, problems) = completed(&open(), "http.request", with);
    assert_eq!(problems, ["/body", "/form", "/auth", "/method"]);
    let with = json!({ "url": "x", "method": "{{ vars.method }}", "auth": "{{ secrets.key }}" });
    assert!(completed(&open(), "http.request", with).1.is_empty());
}

#[test]
fn the_destination_is_known_before_the_call() {
    let world = open();
    let of =
        |url: &str| world.destination("http.request", json!({ "url": url }).as_object().unwrap());
    assert_eq!(
        of("https://API.example.com/x?y#z").as_deref(),
        Some("api.example.com:443")
    );
    assert_eq!(
        of(&format!("http://e.com:81/{}", secret("key"))).as_deref(),
        Some("e.com:81")
    );
    assert_eq!(of("ftp://e.com"), None);
    assert_eq!(world.destination("no.such", &serde_json::Map::new()), None);
    for name in world.names() {
        assert!(world.spec(name).is_some(), "{name}");
    }
}
