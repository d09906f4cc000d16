//! Which changes of an event are read, and which are refused.

use super::edited;
use crate::event::Origin;
use crate::{Event, Kind, samples};
use kernel::id::{CallId, EventId, WorkspaceId};
use serde_json::{Value, json};
use std::sync::Arc;

fn event(kind: Kind) -> Event {
    let origin = Origin {
        workspace_id: WorkspaceId::from_bytes([1; 16]),
        workspace_name: "Sample".into(),
        call_id: CallId::from_bytes([2; 16]),
        raw: json!({"as": "it came"}).into(),
    };
    let mut event = samples::event(kind, EventId::from_bytes([3; 16]), &origin);
    let call = Arc::make_mut(&mut event.call);
    call.phone_type = Some("mobile".into());
    call.tools.insert("book".into(), json!({"day": 1}));
    event
}

fn with(event: &Event, change: impl FnOnce(&mut Value)) -> Value {
    let mut told = samples::told(event);
    change(&mut told);
    told
}

#[test]
fn an_event_that_is_told_as_it_was_is_the_same() {
    for kind in Kind::MOMENTS {
        let event = event(kind);
        let (same, changed) = edited(&event, samples::told(&event)).unwrap();
        assert_eq!(changed, Vec::<String>::new());
        assert_eq!(*same.call, *event.call);
        assert_eq!(same.tool, event.tool);
        let (same, changed) =
            edited(&event, json!({"call": samples::told(&event)["call"]})).unwrap();
        assert!(same.at == event.at && !changed.contains(&"/at".to_owned()));
    }
}

#[test]
fn what_says_the_same_in_other_words_is_no_change() {
    let mut event = event(Kind::Ended);
    let call = Arc::make_mut(&mut event.call);
    let told = json!({"rate": 7.0, "order": 9_007_199_254_740_993_u64, "list": [1.0, {"a": 2.0}]});
    call.variables = told.as_object().unwrap().clone();
    let wanted = with(&event, |told| {
        told["call"]["variables"] =
            json!({"rate": 7, "order": 9_007_199_254_740_992_u64, "list": [1, {"a": 2}]});
        for path in ["/at", "/call/started_at"] {
            let at = told.pointer_mut(path).unwrap();
            let same = at.as_str().unwrap().replace('Z', "+00:00");
            *at = same.into();
        }
    });
    let (same, changed) = edited(&event, wanted).unwrap();
    assert_eq!(changed, Vec::<String>::new());
    assert_eq!(*same.call, *event.call);
    let wanted = with(&event, |told| told["call"]["variables"]["rate"] = 8.into());
    assert_eq!(edited(&event, wanted).unwrap().1, ["/call/variables/rate"]);
}

#[test]
fn what_differs_is_taken_and_named_and_all_else_stays() {
    let event = event(Kind::Ended);
    let wanted = with(&event, |told| {
        told["call"]["contact"]["first_name"] = "Grace".into();
        told["call"]["transcript"] = json!([{"role": "user", "text": "Hello"}]);
        told["call"]["analysis"] = Value::Null;
    });
    let (now, mut changed) = edited(&event, wanted).unwrap();
    changed.sort();
    let places = [
        "/call/analysis",
        "/call/contact/first_name",
        "/call/transcript",
    ];
    assert_eq!(changed, places);
    assert_eq!(now.call.contact["first_name"], "Grace");
    assert_eq!(now.call.transcript[0].role, "customer");
    assert_eq!(now.call.analysis, None);
    assert_eq!((&now.call.tools, &now.raw), (&event.call.tools, &event.raw));
    assert_eq!(now.call.phone_type.as_deref(), Some("mobile"));
}

#[test]
fn what_cannot_be_changed_is_refused_where_it_stands() {
    let event = event(Kind::Ended);
    let paths = |change: &dyn Fn(&mut Value)| -> Vec<String> {
        let problems = edited(&event, with(&event, change)).unwrap_err();
        problems.into_iter().map(|problem| problem.path).collect()
    };
    assert_eq!(
        paths(&|told| told["kind"] = "call.started".into()),
        ["/kind"]
    );
    assert_eq!(
        paths(&|told| told["provider"] = "vapi".into()),
        ["/provider"]
    );
    assert_eq!(paths(&|told| told["id"] = "evt_1".into()), ["/id"]);
    assert_eq!(
        paths(&|told| told["call"]["duration_s"] = "long".into()),
        ["/call/duration_s"]
    );
    assert_eq!(
        paths(&|told| told["call"]["form"] = "+49".into()),
        ["/call/form"]
    );
    assert_eq!(
        paths(&|told| told["call"]["phone_type"] = "fax".into()),
        ["/call/phone_type"]
    );
    for id in [Value::Null, "another".into(), 7.into()] {
        let other = |told: &mut Value| told["call"]["provider_call_id"] = id.clone();
        assert_eq!(paths(&other), ["/call/provider_call_id"]);
    }
    assert_eq!(paths(&|told| told["call"] = 7.into()), ["/call"]);
    assert_eq!(edited(&event, json!([])).unwrap_err()[0].path, "");
}

#[test]
fn an_event_about_another_run_is_not_edited() {
    let event = event(Kind::RunFailed);
    assert!(edited(&event, samples::told(&event)).is_err());
}
