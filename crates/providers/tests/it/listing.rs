//! Lists of calls: what platforms are asked, what is read of their answers, and that a call that is found in a list and one whose
//! webhooks come are one, whichever comes first. Answers have the shape that the platforms' packages give them, with values of ours.

use crate::world::{post, provider};
use calls::{Call, Kind, Observation, fold};
use kernel::Timestamp;
use providers::listing::{CallList, Page, State, Window, problems};
use providers::{Scenario, vapi::simulate};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn window() -> Window {
    Window {
        from: at("2026-11-20T11:00:00Z"),
        to: at("2026-11-20T12:00:00Z"),
    }
}

fn list(name: &str) -> &'static dyn CallList {
    provider(name).call_list().unwrap()
}

fn read(name: &str, api: &Value, answer: &Value, most: usize) -> Page {
    let body = answer.to_string();
    list(name).read(api, body.as_bytes(), None, most).unwrap()
}

fn observed(name: &str, bodies: &[Vec<u8>], backfilled: bool) -> Vec<Observation> {
    let read = |body: &Vec<u8>| provider(name).read(&post(&[], body)).unwrap();
    let mut all: Vec<_> = bodies.iter().flat_map(read).collect();
    all.iter_mut().for_each(|one| one.backfilled = backfilled);
    all
}

/// A call as Vapi lists it, of the report that it has sent; links are signed anew each time.
fn vapi_call(id: &str, created_at: &str) -> Value {
    let report = simulate::end_of_call_report(Scenario::Interested, id, at(created_at));
    let message = &report["message"];
    let mut call = message["call"].clone();
    for name in [
        "artifact",
        "analysis",
        "startedAt",
        "endedAt",
        "endedReason",
        "cost",
    ] {
        call[name] = message[name].clone();
    }
    call["transcript"] = message["artifact"]["transcript"].clone();
    call["createdAt"] = created_at.into();
    call["updatedAt"] = message["endedAt"].clone();
    call["customer"] = message["customer"].clone();
    call["artifact"]["presignedMonoUrl"] = format!("https://r.example/{id}?signed=anew").into();
    call
}

fn retell_call(id: &str) -> Value {
    json!({
        "call_id": id, "call_type": "phone_call", "direction": "inbound", "call_status": "ended", "agent_id": "desk",
        "from_number": "+447700900123", "to_number": "+442079460100", "disconnection_reason": "user_hangup",
        "start_timestamp": 1_795_172_400_000_u64, "end_timestamp": 1_795_172_472_000_u64, "duration_ms": 72_000,
        "transcript": "Agent: Hello!\nUser: Thursday, please.\n", "recording_url": "https://r.example/1.wav",
        "call_analysis": { "call_summary": "Moved to Thursday.", "custom_analysis_data": { "new_day": "Thursday" } },
    })
}

const TWILIO_CALL: &str = "CA00000000000000000000000000000001";

fn twilio_api() -> Value {
    json!({ "account_sid": "AC00000000000000000000000000000000", "api_key": "token" })
}

fn twilio_call(sid: &str, status: &str) -> Value {
    json!({
        "sid": sid, "account_sid": "AC00000000000000000000000000000000", "parent_call_sid": null, "from": "+447700900123",
        "to": "+442079460100", "status": status, "direction": "inbound", "duration": "72", "answered_by": null,
        "date_created": "Fri, 20 Nov 2026 11:00:00 +0000", "start_time": "Fri, 20 Nov 2026 11:00:02 +0000",
        "end_time": "Fri, 20 Nov 2026 11:01:14 +0000",
    })
}

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

#[test]
fn twilio_is_asked_by_start_and_legs_and_foreign_numbers_are_left_out() {
    let ask = list("twilio").page(&twilio_api(), window(), None, 200);
    assert_eq!(
        ask.path,
        "/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json?PageSize=200&StartTime%3E=2026-11-20T11:00:00Z&StartTime%3C=2026-11-20T12:00:00Z"
    );
    let signed_in = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDp0b2tlbg==";
    assert_eq!(ask.headers[0].1, signed_in);
    let mut leg = twilio_call("CA2", "completed");
    leg["parent_call_sid"] = TWILIO_CALL.into();
    let mut foreign = twilio_call("CA3", "completed");
    foreign["to"] = "+15550100".into();
    let next = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json?Page=1";
    let answer = json!({
        "calls": [twilio_call(TWILIO_CALL, "completed"), leg, foreign, twilio_call("CA4", "ringing")],
        "next_page_uri": next,
    });
    let mut api = twilio_api();
    api["number"] = "+442079460100, +442079460101".into();
    let page = read("twilio", &api, &answer, 200);
    let ids: Vec<_> = page.calls.iter().map(|call| call.id.as_str()).collect();
    assert_eq!(ids, [TWILIO_CALL, "CA4"]);
    assert_eq!(page.calls[1].state, State::Live);
    let ask = list("twilio").page(&api, window(), page.next.as_deref(), 200);
    assert_eq!(ask.path, next);
    let told = observed("twilio", &page.calls[0].messages, true);
    let call = &told[0].call;
    assert_eq!(call.status.as_deref(), Some("completed"));
    assert_eq!(call.started_at, Some(at("2026-11-20T11:00:02Z")));
    assert_eq!((call.duration_s, told[0].complete), (Some(72.0), true));
    // Nobody is led elsewhere.
    let astray = json!({ "calls": [], "next_page_uri": "/2010-04-01/Accounts/ACother/Keys.json" });
    let read = list("twilio").read(&api, astray.to_string().as_bytes(), None, 200);
    assert!(read.is_err());
}

#[test]
fn what_is_no_list_is_said_to_be_none() {
    for name in ["vapi", "retell", "twilio"] {
        for answer in ["<html>", "{}", "[1", "null", r#"{"calls": 7, "items": {}}"#] {
            let read = list(name).read(&json!({}), answer.as_bytes(), None, 9);
            assert!(
                read.unwrap_err().contains("is this its API?"),
                "{name} {answer}"
            );
        }
    }
    // Of a list, what has no id is left out.
    assert!(
        read("vapi", &json!({}), &json!([7, {}, null]), 9)
            .calls
            .is_empty()
    );
}

#[test]
fn settings_are_checked_before_anything_is_asked() {
    let names = |name: &str, api: Value| {
        let problems = problems(list(name), &api).into_iter();
        problems.map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(names("vapi", json!({ "agent": "x" })), ["agent", "api_key"]);
    assert_eq!(
        names("retell", json!({ "api_key": 7 })),
        ["api_key", "api_key"]
    );
    assert_eq!(names("retell", json!({ "api_key": "a\nb" })), ["api_key"]);
    let wrong = json!({ "account_sid": "AC1", "key_sid": "AC2", "api_key": "k" });
    assert_eq!(names("twilio", wrong), ["account_sid", "key_sid"]);
    assert_eq!(names("twilio", twilio_api()), [""; 0]);
    let many = vec!["a"; 51].join(",");
    assert_eq!(
        names("vapi", json!({ "api_key": "k", "assistant_id": many })),
        ["assistant_id"]
    );
}

/// The webhooks of a call, and the same call out of a list.
fn both(name: &str) -> (Vec<Observation>, Vec<Observation>) {
    let (sent, listed) = match name {
        "vapi" => {
            let created = "2026-11-20T11:00:00Z";
            let mut report = simulate::end_of_call_report(Scenario::Interested, "v-1", at(created));
            report["message"]["artifact"]["presignedMonoUrl"] =
                "https://r.example/v-1?signed=1".into();
            let mut ended = report["message"].clone();
            ended["type"] = "status-update".into();
            ended["status"] = "ended".into();
            let page = read("vapi", &json!({}), &json!([vapi_call("v-1", created)]), 50);
            let sent = vec![json!({ "message": ended }).to_string(), report.to_string()];
            (sent, page.calls[0].messages.clone())
        }
        "retell" => {
            let call = retell_call("r-1");
            let message = |event: &str| json!({ "event": event, "call": call }).to_string();
            let sent = ["call_started", "call_ended", "call_analyzed"].map(message);
            let listed = list("retell").read_one(call.to_string().as_bytes());
            (sent.to_vec(), listed.unwrap())
        }
        _ => {
            let form = |status: &str, number: u8| {
                format!(
                    "CallSid={TWILIO_CALL}&CallStatus={status}&CallbackSource=call-progress-events&SequenceNumber={number}"
                )
            };
            let recording = |sid: &str| {
                format!(
                    "CallSid={TWILIO_CALL}&RecordingSid={sid}&RecordingStatus=completed&RecordingUrl=https%3A%2F%2Fr.example%2F{sid}"
                )
            };
            let sent = vec![
                form("in-progress", 1),
                form("completed", 2),
                recording("RE1"),
            ];
            let answer = json!({ "calls": [twilio_call(TWILIO_CALL, "completed")] });
            let page = read("twilio", &twilio_api(), &answer, 50);
            (sent, page.calls[0].messages.clone())
        }
    };
    let sent: Vec<_> = sent.into_iter().map(String::into_bytes).collect();
    (observed(name, &sent, false), observed(name, &listed, true))
}

fn told<'a>(
    name: &str,
    messages: impl Iterator<Item = &'a Observation>,
) -> (Call, BTreeMap<(Kind, bool), usize>) {
    let (mut call, mut counts, now) = (None, BTreeMap::new(), at("2026-11-20T13:00:00Z"));
    for message in messages {
        let folded = fold(call.take(), message, "e-1", now, &provider(name).policy());
        for moment in &folded.moments {
            *counts.entry((moment.kind, moment.settled)).or_default() += 1;
            assert!(
                !moment.backfilled || message.backfilled,
                "{name}: {moment:?}"
            );
        }
        call = Some(folded.call);
    }
    (call.unwrap(), counts)
}

#[test]
fn webhooks_and_a_back_fill_are_one_call_whichever_comes_first() {
    for name in ["vapi", "retell", "twilio"] {
        let (sent, listed) = both(name);
        let (_, wanted) = told(name, sent.iter());
        for position in 0..=sent.len() {
            let (before, after) = sent.split_at(position);
            let (call, counts) = told(name, before.iter().chain(&listed).chain(after));
            // Late word of the beginning is told, but nothing twice, and nothing that only a list says.
            assert_eq!(counts, wanted, "{name}, after {position} webhooks");
            assert!(call.settled, "{name}");
            // And what is known is no news.
            let known = calls::is_news(
                &calls::agent::Roster::default(),
                Some(call),
                &listed,
                "e-1",
                at("2026-11-20T14:00:00Z"),
                &provider(name).policy(),
            );
            assert!(!known, "{name}, after {position} webhooks");
        }
    }
}

#[test]
fn a_call_whose_report_got_lost_is_news_though_its_end_is_known() {
    let (sent, listed) = both("vapi");
    let (call, _) = told("vapi", sent[..1].iter());
    let later = at("2026-11-20T14:00:00Z");
    let call = calls::expire(
        call,
        calls::TimerKind::Grace,
        later,
        &provider("vapi").policy(),
    )
    .call;
    let roster = calls::agent::Roster::default();
    let policy = provider("vapi").policy();
    let is_news = calls::is_news(&roster, Some(call), &listed, "e-1", later, &policy);
    assert!(is_news);
}
