//! The calendar's actions against a real server (Radicale), and against one that misbehaves: what stands in the calendar
//! afterwards, and what comes of refusals.

mod finding;
mod free;
mod inputs;
mod writing;

use crate::receiver::{Act, Receiver, answer};
use crate::world::{Names, Workspace, closed, completed, failure, nets, open, step};
use actions::{Actions, Config, World};
use kernel::run::{Failure, Outcome, Perform, Retriable};
use lab::CalendarServer;
use serde_json::{Value, json};
use std::time::Duration;

const PASSWORD: &str = "canary-password";
const UID: &str = "0123456789abcdef0123456789abcdef";

fn server() -> CalendarServer {
    CalendarServer::start(PASSWORD, &[("work", "Work")]).unwrap()
}

fn office_at(url: &str, more: Value) -> Workspace {
    let mut fields = json!({ "url": url, "user": "ada", "password": PASSWORD, "email": "Ada <ada@example.com>" });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Bookings", "caldav", fields)
}

fn office(server: &CalendarServer) -> Workspace {
    office_at(&server.url(), json!({}))
}

fn slow(action: &str, with: Value) -> Perform {
    Perform {
        timeout: Duration::from_secs(30),
        ..step(action, with)
    }
}

async fn act(office: &Workspace, action: &str, with: Value) -> Outcome {
    open().perform(&slow(action, with), office).await
}

async fn done(office: &Workspace, action: &str, with: Value) -> Value {
    act(office, action, with).await.result.unwrap().body
}

async fn refused(office: &Workspace, action: &str, with: Value) -> Failure {
    let outcome = act(office, action, with).await;
    let shown = format!("{outcome:?}");
    assert!(
        !shown.contains("canary") && !shown.contains("Y2FuYXJ5"),
        "{shown}"
    );
    failure(outcome)
}

fn meeting() -> Value {
    json!({
        "title": "Meeting with Ada", "start": "2026-11-24 15:00", "zone": "America/New_York", "duration_min": 45,
        "attendees": ["Bob <bob@example.com>", "", null], "description": "Line 1\nLine 2; more", "location": "Room 5",
        "reminder_min": 15
    })
}

fn has(event: &str, lines: &[&str]) {
    let event = event.replace("\r\n ", "").replace("\r\n", "\n");
    for line in lines {
        assert!(event.contains(&format!("{line}\n")), "{line}\n{event}");
    }
}

/// An event as another program writes it, with the zone's rules.
fn event(uid: &str, lines: &str) -> String {
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n\
        TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n\
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{zone}BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn found(href: &str, properties: &str) -> Act {
    let body = format!(
        "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:response><D:href>{href}</D:href>\
         <D:propstat><D:prop>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response></D:multistatus>"
    );
    answer(
        "207 Multi-Status",
        "content-type: application/xml\r\n",
        &body,
    )
}

fn calendar() -> Act {
    found(
        "/c/",
        "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>",
    )
}
