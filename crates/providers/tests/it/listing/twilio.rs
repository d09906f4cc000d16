//! The list of Twilio.

use super::*;

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
