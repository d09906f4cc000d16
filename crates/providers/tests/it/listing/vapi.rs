//! The list of Vapi, walked page by page.

use super::*;

#[test]
fn vapi_is_asked_page_by_page_by_time_of_creation() {
    let api = json!({ "api_key": "key", "assistant_id": "a-1" });
    let ask = list("vapi").page(&api, window(), None, 2);
    assert_eq!(
        (ask.method, ask.path.as_str()),
        (
            "GET",
            "/call?limit=2&createdAtGe=2026-11-20T11:00:00Z&createdAtLe=2026-11-20T12:00:00Z&assistantId=a-1"
        )
    );
    assert_eq!(ask.headers, [("authorization", "Bearer key".into())]);
    let page = |first: &str, second: &str| {
        let calls = json!([vapi_call("v-1", first), vapi_call("v-2", second)]);
        read("vapi", &json!({}), &calls, 2).next
    };
    let (early, late) = ("2026-11-20T11:10:00Z", "2026-11-20T11:40:00Z");
    assert_eq!(page(late, early), Some(format!("createdAtLe {early}")));
    assert_eq!(page(early, late), Some(format!("createdAtGe {late}")));
    assert_eq!(page(early, early), Some(format!("either {early}")));
    let next = format!("createdAtLe {early}");
    let ask = list("vapi").page(&json!({}), window(), Some(&next), 2);
    assert_eq!(
        ask.path,
        "/call?limit=2&createdAtGe=2026-11-20T11:00:00Z&createdAtLe=2026-11-20T11:10:00Z"
    );
    // The last page is not full.
    let calls = json!([vapi_call("v-1", late)]);
    assert_eq!(read("vapi", &json!({}), &calls, 2).next, None);
}

/// Vapi with these calls, asked until there is no next page: by id, as often as it was listed.
fn walk(calls: &[(&str, &str)], rises: bool, most: usize) -> Vec<String> {
    let (list, mut next, mut seen) = (list("vapi"), None, Vec::new());
    for _ in 0..40 {
        let asked: Option<String> = next.take();
        let path = list.page(&json!({}), window(), asked.as_deref(), most).path;
        let bounds: Vec<_> = path.split('&').skip(1).collect();
        let is_asked = |at: &str| {
            let holds = |bound: &&str| match bound.split_once('=').unwrap() {
                ("createdAtGe", bound) => at >= bound,
                ("createdAtGt", bound) => at > bound,
                ("createdAtLe", bound) => at <= bound,
                ("createdAtLt", bound) => at < bound,
                other => panic!("{other:?}"),
            };
            bounds.iter().all(holds)
        };
        let mut found: Vec<_> = calls.iter().filter(|(_, at)| is_asked(at)).collect();
        found.sort_by_key(|(_, at)| *at);
        if !rises {
            found.reverse();
        }
        found.truncate(most);
        seen.extend(found.iter().map(|(id, _)| (*id).to_owned()));
        let answer: Vec<_> = found.iter().map(|(id, at)| vapi_call(id, at)).collect();
        let body = json!(answer).to_string();
        let page = list.read(&json!({}), body.as_bytes(), asked.as_deref(), most);
        next = page.unwrap().next;
        if next.is_none() {
            seen.sort();
            seen.dedup();
            return seen;
        }
    }
    panic!("it does not end: {calls:?} {rises} {most}");
}

#[test]
fn all_that_vapi_lists_is_found_in_either_order_and_the_walk_ends() {
    let (a, b, c) = (
        "2026-11-20T11:10:00Z",
        "2026-11-20T11:20:00Z",
        "2026-11-20T11:30:00Z",
    );
    let apart = [("1", a), ("2", b), ("3", c)];
    let begins_at_once = [("1", a), ("2", a), ("3", b), ("4", c)];
    let ends_at_once = [("1", a), ("2", b), ("3", c), ("4", c)];
    let all_at_once = [("1", b), ("2", b)];
    for rises in [true, false] {
        assert_eq!(walk(&apart, rises, 1).len(), 3, "{rises}");
        for calls in [&apart[..], &begins_at_once, &ends_at_once, &all_at_once] {
            assert_eq!(walk(calls, rises, 2).len(), calls.len(), "{rises}");
        }
    }
}

#[test]
fn what_vapi_lists_is_the_report_that_it_would_have_sent() {
    let mut live = vapi_call("v-2", "2026-11-20T11:10:00Z");
    live["status"] = "in-progress".into();
    live["assistantId"] = "a-1".into();
    let answer = json!([vapi_call("v-1", "2026-11-20T11:00:00Z"), live]);
    let page = read("vapi", &json!({}), &answer, 50);
    let [ended, live] = &page.calls[..] else {
        panic!("{page:?}")
    };
    assert_eq!((live.state, live.messages.len()), (State::Live, 0));
    assert!(matches!(ended.state, State::Ended(Some(_))));
    let told = observed("vapi", &ended.messages, true);
    let call = &told[0].call;
    assert!(told[0].complete && call.transcript.len() > 2);
    assert_eq!(call.end_reason.as_deref(), Some("customer-ended-call"));
    assert!(call.analysis.is_some() && call.recording.is_some() && call.duration_s.is_some());
    // Several assistants are told apart here.
    let api = json!({ "assistant_id": "a-1, a-2" });
    let ids: Vec<_> = read("vapi", &api, &answer, 50).calls;
    assert_eq!(ids.len(), 1);
    assert_eq!(ids[0].id, "v-2");
}
