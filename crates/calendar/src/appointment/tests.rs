//! What an appointment is on the wire, and what a change makes of it.

use super::*;
use crate::When;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn span(start: &str) -> Span {
    let When::Moment(start) = crate::read(start, None).unwrap().unwrap().when else {
        panic!("a moment")
    };
    Span::new(When::Moment(start), None, Some(45), None).unwrap()
}

fn ada() -> Person {
    Person {
        name: Some("Lovelace, Ada".into()),
        email: "ada@example.com".into(),
    }
}

fn shop() -> Person {
    Person {
        name: None,
        email: "shop@example.com".into(),
    }
}

fn made(span: &Span) -> Appointment {
    let details = Details {
        span: Some(span),
        title: Some("Meeting; with, Ada"),
        description: Some("Line 1\nLine 2"),
        location: Some("Room 5"),
        people: Some((&shop(), &[ada()])),
        reminder_min: Some(15),
        ..Details::default()
    };
    Appointment::new("k-1", &details, 0, at("2026-11-20T12:00:00Z"))
}

const WRITTEN: &str = "BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Switchhook//Calendar//EN\r
CALSCALE:GREGORIAN\r
BEGIN:VEVENT\r
UID:k-1\r
DTSTAMP:20261120T120000Z\r
SEQUENCE:0\r
STATUS:CONFIRMED\r
TRANSP:OPAQUE\r
DTSTART:20261124T140000Z\r
DTEND:20261124T144500Z\r
SUMMARY:Meeting\\; with\\, Ada\r
DESCRIPTION:Line 1\\nLine 2\r
LOCATION:Room 5\r
ORGANIZER:mailto:shop@example.com\r
ATTENDEE;CN=\"Lovelace, Ada\";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP\r
 =TRUE:mailto:ada@example.com\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
DESCRIPTION:Meeting\\; with\\, Ada\r
TRIGGER:-PT15M\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
";

#[test]
fn an_appointment_is_written_as_the_standard_says() {
    let span = span("2026-11-24T15:00:00+01:00");
    let appointment = made(&span);
    assert_eq!(appointment.write(), WRITTEN);
    assert_eq!(Appointment::read(WRITTEN).unwrap(), appointment);
    let mailed = appointment.mailed(Method::Request);
    assert!(mailed.contains("CALSCALE:GREGORIAN\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT"));
}

#[test]
fn a_change_raises_the_sequence_once_and_keeps_what_it_does_not_know() {
    let text = WRITTEN.replace("LOCATION:Room 5\r\n", "LOCATION:Room 5\r\nX-ODD;A=b:c\r\n");
    let mut appointment = Appointment::read(&text).unwrap();
    let later = span("2026-11-25T09:00:00Z");
    let change = Details {
        span: Some(&later),
        location: Some(""),
        ..Details::default()
    };
    assert!(appointment.change(&change, at("2026-11-21T12:00:00Z")));
    let once = appointment.clone();
    assert!(!appointment.change(&change, at("2026-11-22T12:00:00Z")));
    assert_eq!(appointment, once);
    assert_eq!(appointment.sequence(), 1);
    assert!(appointment.span(&TimeZone::UTC).unwrap().is(&later));
    let written = appointment.write();
    for line in [
        "X-ODD;A=b:c\r\n",
        "DTSTAMP:20261121T120000Z\r\n",
        "DTEND:20261125T094500Z\r\n",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
    assert!(!written.contains("LOCATION"), "{written}");
}

#[test]
fn who_has_answered_is_asked_again_only_about_another_time() {
    let text = WRITTEN.replace("PARTSTAT=NEEDS-ACTION;RSVP\r\n ", "PARTSTAT=ACCEPTED;RSVP");
    let (organizer, attendees) = (shop(), [ada()]);
    let invited = Details {
        people: Some((&organizer, &attendees)),
        ..Details::default()
    };
    let mut appointment = Appointment::read(&text).unwrap();
    assert!(!appointment.change(&invited, at("2026-11-21T12:00:00Z")));
    let later = span("2026-11-25T09:00:00Z");
    let moved = Details {
        span: Some(&later),
        ..invited
    };
    assert!(appointment.change(&moved, at("2026-11-21T12:00:00Z")));
    assert!(!appointment.write().contains("ACCEPTED"));
    let once = appointment.clone();
    assert!(!appointment.change(&moved, at("2026-11-22T12:00:00Z")));
    assert_eq!(appointment, once);
    let nobody = Details {
        people: Some((&organizer, &[])),
        ..Details::default()
    };
    assert!(appointment.change(&nobody, at("2026-11-21T12:00:00Z")));
    assert!(!appointment.write().contains("mailto:"));
}

#[test]
fn who_is_invited_is_the_same_in_whatever_order_a_server_keeps_them() {
    let bob = Person {
        name: None,
        email: "bob@example.com".into(),
    };
    let (organizer, attendees) = (shop(), [ada(), bob]);
    let invited = Details {
        people: Some((&organizer, &attendees)),
        description: Some("Line 3"),
        reminder_min: Some(15),
        ..Details::default()
    };
    let text = WRITTEN.replace("DESCRIPTION:Line 1\\nLine 2\r\n", "");
    let text = text.replace("ACTION:DISPLAY", "UID:alarm\r\nACTION:DISPLAY");
    let mut appointment = Appointment::read(&text).unwrap();
    assert!(appointment.change(&invited, at("2026-11-21T12:00:00Z")));
    let turned = [attendees[1].clone(), attendees[0].clone()];
    let turned = Details {
        people: Some((&organizer, &turned)),
        ..invited
    };
    for change in [invited, turned] {
        assert!(!appointment.change(&change, at("2026-11-22T12:00:00Z")));
    }
    assert_eq!(appointment.sequence(), 1);
    assert!(appointment.write().contains("UID:alarm"));
}

#[test]
fn what_is_called_off_is_called_off_once_and_takes_no_time() {
    let mut appointment = Appointment::read(WRITTEN).unwrap();
    assert!(appointment.cancel(at("2026-11-21T12:00:00Z")));
    assert!(!appointment.cancel(at("2026-11-22T12:00:00Z")));
    assert!(appointment.is_cancelled());
    let written = appointment.mailed(Method::Cancel);
    for line in [
        "METHOD:CANCEL",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "SEQUENCE:1",
        "UID:k-1",
    ] {
        assert!(
            written.contains(&format!("{line}\r\n")),
            "{line}: {written}"
        );
    }
    assert!(!written.contains("VALARM"));
}

#[test]
fn what_repeats_is_not_touched() {
    let repeats = WRITTEN.replace("STATUS:", "RRULE:FREQ=WEEKLY\r\nSTATUS:");
    assert!(Appointment::read(&repeats).unwrap_err().contains("repeats"));
    let todo = "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
    assert!(Appointment::read(todo).unwrap_err().contains("no event"));
}
