//! What is searched, and what finds it.

#![allow(clippy::unwrap_used, reason = "a test fails where its fact does")]

use super::{answered, answers, pattern, words};
use crate::Snapshot;
use serde_json::{Value, json};

fn call(call: Value) -> Snapshot {
    serde_json::from_value(call).unwrap()
}

#[test]
fn a_call_has_its_numbers_its_id_and_its_contact_to_be_searched() {
    let told = json!({"provider_call_id": "CA-9f\n", "from": "+15550100", "to": "sip:Ada@x",
        "contact": {"first_name": "Ada", "last_name": "King\nLovelace", "email": "ADA@x.org", "company": "Analytical"}});
    assert_eq!(
        words(&call(told)),
        "+15550100 sip:ada@x\nca-9f\nada king lovelace ada@x.org"
    );
    assert_eq!(words(&Snapshot::default()), " \n\n");
}

#[test]
fn digits_are_parts_of_numbers_or_begin_an_id_and_words_stand_anywhere() {
    let number = pattern("(555) 01-00").unwrap();
    assert_eq!(number, ["%5550100%\n%\n%", "%\n(555) 01-00%\n%"]);
    let [_, id] = pattern(" 1732612345.42 ").unwrap();
    assert_eq!(id, "%\n1732612345.42%\n%");
    let [anywhere, _] = pattern("Ada  100%_\\").unwrap();
    assert_eq!(anywhere, "%ada%100\\%\\_\\\\%");
    assert_eq!(pattern("  "), None);
}

#[test]
fn an_answer_is_found_by_its_question_and_by_itself() {
    let told = json!({"analysis": {"answers": {"Did they buy?": true, "Rating": 7.0, "Which \"days\"?": ["Mon", "Tue"],
        "Why": null, "Says ,\"rating\"": "x"}}});
    let all = answers(&call(told)).unwrap();
    for (question, answer) in [
        ("did they buy?", "TRUE"),
        ("Rating", "7"),
        ("Which \"days\"?", "tue"),
    ] {
        assert!(
            all.contains(&answered(question, Some(answer))),
            "{question}"
        );
        assert!(all.contains(&answered(question, None)));
    }
    for (question, answer) in [("Rating", Some("x")), ("Rating", Some("70")), ("Why", None)] {
        assert!(!all.contains(&answered(question, answer)), "{question}");
    }
    assert_eq!(answers(&Snapshot::default()), None);
}
