//! The list of Retell.

use super::*;

#[test]
fn retell_is_asked_from_the_oldest_on_and_for_what_its_list_leaves_out() {
    let api = json!({ "api_key": "key", "agent_id": "desk,night" });
    let ask = list("retell").page(&api, window(), Some("cursor"), 100);
    assert_eq!((ask.method, ask.path.as_str()), ("POST", "/v3/list-calls"));
    let wanted = json!({
        "filter_criteria": {
            "start_timestamp": { "type": "range", "op": "bt", "value": [1_795_172_400_000_u64, 1_795_176_000_000_u64] },
            "agent": [{ "agent_id": "desk" }, { "agent_id": "night" }],
        },
        "sort_order": "ascending", "limit": 100, "pagination_key": "cursor",
    });
    assert_eq!(ask.body, Some(wanted));
    let whole = retell_call("r-1");
    let mut item = whole.clone();
    item.as_object_mut()
        .unwrap()
        .retain(|name, _| !["transcript", "recording_url"].contains(&name.as_str()));
    let mut live = item.clone();
    live["call_status"] = "ongoing".into();
    live["call_id"] = "r-2".into();
    let answer = json!({ "items": [item, live], "has_more": true, "pagination_key": "next" });
    let page = read("retell", &api, &answer, 100);
    assert_eq!(page.next.as_deref(), Some("next"));
    assert!(page.calls[0].in_part && page.calls[1].state == State::Live);
    let one = list("retell").one(&api, "r/1").unwrap();
    assert_eq!(
        (one.method, one.path.as_str()),
        ("GET", "/v2/get-call/r%2F1")
    );
    let messages = list("retell")
        .read_one(whole.to_string().as_bytes())
        .unwrap();
    let told = observed("retell", &messages, true);
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].call.transcript.len(), 2);
    assert!(told[0].claims.contains(&Kind::RecordingReady));
    let last = json!({ "items": [], "has_more": false, "pagination_key": "next" });
    assert_eq!(read("retell", &api, &last, 100).next, None);
}
