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
    // After the calls come their recordings, with a key that may read them.
    let last = json!({ "calls": [], "next_page_uri": null });
    assert_eq!(
        read("twilio", &api, &last, 200).next.as_deref(),
        Some("recordings")
    );
    api["key_sid"] = format!("SK{}", "0".repeat(32)).into();
    assert_eq!(read("twilio", &api, &last, 200).next, None);
    // Nobody is led elsewhere.
    let astray = json!({ "calls": [], "next_page_uri": "/2010-04-01/Accounts/ACother/Keys.json" });
    let read = list("twilio").read(&api, astray.to_string().as_bytes(), None, 200);
    assert!(read.is_err());
}

const RECORDINGS: &str = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings.json?";

fn recording(sid: &str, status: &str) -> Value {
    json!({
        "sid": sid, "account_sid": "AC00000000000000000000000000000000", "call_sid": TWILIO_CALL, "status": status,
        "duration": "61", "channels": 2, "source": "DialVerb", "start_time": "Fri, 20 Nov 2026 11:00:05 +0000",
        "date_created": "Fri, 20 Nov 2026 11:00:05 +0000", "date_updated": "Fri, 20 Nov 2026 11:01:20 +0000",
        "uri": format!("/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings/{sid}.json"),
    })
}

#[test]
fn each_recording_that_twilio_lists_is_the_callback_that_told_it_whichever_comes_first() {
    let ask = list("twilio").page(&twilio_api(), window(), Some("recordings"), 200);
    let times = "DateCreated%3E=2026-11-20T11:00:00Z&DateCreated%3C=2026-11-20T12:00:00Z";
    assert_eq!(ask.path, format!("{RECORDINGS}PageSize=200&{times}"));
    let next = format!("{RECORDINGS}Page=1");
    let answer = json!({
        "recordings": [recording("RE1", "completed"), recording("RE2", "completed"), recording("RE3", "processing"), recording("RE4", "deleted")],
        "next_page_uri": next,
    });
    let answer = answer.to_string();
    let read = |next| list("twilio").read(&twilio_api(), answer.as_bytes(), next, 200);
    let page = read(Some("recordings")).unwrap();
    assert_eq!(page.next.as_ref(), Some(&next));
    assert_eq!(read(Some(&next)).unwrap().calls.len(), 3);
    assert!(read(None).is_err());
    let states: Vec<_> = page.calls.iter().map(|one| one.state).collect();
    let ended = State::Ended(Some(at("2026-11-20T11:01:20Z")));
    assert_eq!(states, [ended, ended, State::Live]);
    assert_eq!(
        (&*page.calls[0].id, page.calls[0].part.as_deref()),
        (TWILIO_CALL, Some("RE1"))
    );

    let callback = |sid: &str| {
        let url = format!(
            "https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000000/Recordings/{sid}"
        );
        let form = format!(
            "CallSid={TWILIO_CALL}&RecordingSid={sid}&RecordingUrl={url}&RecordingStatus=completed&RecordingDuration=61"
        );
        observed("twilio", &[form.into_bytes()], false)
    };
    let listed = |at: usize| observed("twilio", &page.calls[at].messages, true);
    let of = |told: &[Observation]| told[0].call.recording.clone().unwrap();
    assert_eq!(of(&listed(0)).url, of(&callback("RE1")).url);
    assert_eq!(of(&listed(0)).channels, Some(2));
    for order in [
        [callback("RE1"), listed(0), listed(1), callback("RE2")],
        [listed(1), listed(0), callback("RE1"), callback("RE2")],
    ] {
        assert_eq!(
            raised(&order.concat()),
            [Kind::RecordingReady, Kind::RecordingReady]
        );
    }
}

/// What these messages of a call raise, one after the other.
fn raised(told: &[Observation]) -> Vec<Kind> {
    let (mut call, mut kinds) = (None, Vec::new());
    let policy = provider("twilio").policy();
    for one in told {
        let folded = calls::fold(call, one, "ep_1", at("2026-11-20T11:10:00Z"), &policy);
        kinds.extend(folded.moments.iter().map(|moment| moment.kind));
        call = Some(folded.call);
    }
    kinds
}
