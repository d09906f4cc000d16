//! A call out of a list and one whose webhooks come: they are one, whichever comes first.

use super::*;
use calls::{Call, fold};
use std::collections::BTreeMap;

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
