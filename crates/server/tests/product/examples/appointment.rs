//! Example 2: an appointment in the calendar.

use super::*;

fn booked() -> Value {
    json!({ "appointment_booked": true, "appointment_date": "2026-12-01", "appointment_time": "10:00", "meeting_notes": "demo" })
}

#[tokio::test(flavor = "multi_thread")]
async fn example_2_books_confirms_and_tells_the_crm() {
    let house = House::new(|_, _| (200, "{}")).await;
    house.example("appointment").await;
    assert_eq!(
        house
            .call(&call("Any", 1, json!({ "appointment_booked": false })))
            .await,
        [""; 0]
    );
    let (run, sent) = house.story(&call("Any", 1, booked())).await;
    assert_eq!(run["status"], "succeeded", "{run:#}");
    assert_eq!(taken(&run), ["event", "confirm", "crm"]);
    house.appointment(&[
        "SUMMARY:Meeting with Ada Lovelace",
        "DTSTART:20261201T150000Z",
        "DTEND:20261201T153000Z",
        "DESCRIPTION:demo",
        "ATTENDEE;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ada@example.com",
    ]);
    house.mailed(&[[
        "ada@example.com",
        "Appointment Confirmed",
        "Your appointment is confirmed for 2026-12-01 at 10:00.",
    ]]);
    house.sent(
        &sent,
        &[(
            "PUT /api.crm.com/contacts/7/update",
            "api_key",
            r#"{"next_appointment":"2026-12-01","status":"appointment_scheduled"}"#,
        )],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn example_2_confirms_nothing_that_the_calendar_did_not_take() {
    let mut house = House::new(|_, _| (200, "{}")).await;
    house.example("appointment").await;
    house.calendar.stop();
    let (run, sent) = house.story(&call("Any", 1, booked())).await;
    house.sent(&sent, &[]);
    house.mailed(&[]);
    assert_eq!(failed_at(&run), "event");
    let tries = [1, 2, 3].map(|attempt| ("event".to_owned(), attempt));
    assert_eq!(steps(&run), tries);
}
