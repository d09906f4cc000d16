//! What the calendar's actions take, and how a form shows it.

use super::Verb;
use super::inputs::{complete, complete_known};
use crate::connection::{caldav, smtp};
use crate::describe::Input::{Addresses, Choice, Json, LongText, Number, Text};
use crate::describe::{FieldWords, Words};
use kernel::flow::{ActionSpec, Connects, Field, OnUnknown};
use kernel::lang::Place;
use kernel::retry::{Retry, Schedule};
use serde_json::{Value, json};
use std::time::Duration;

const BOTH: [&str; 2] = [caldav::KIND.name, smtp::KIND.name];
const SERVER: [&str; 1] = [caldav::KIND.name];

const TIME: &str = "a time such as `2026-11-24 15:00`, with its zone or in `zone`, or what `parse_date` gives; a date alone is the whole day";

/// One input: its name, what it is, and its words in a form.
struct Row {
    name: &'static str,
    place: Place,
    help: &'static str,
    words: FieldWords,
}

fn row(
    name: &'static str,
    label: &'static str,
    input: crate::describe::Input,
    example: impl Into<Value>,
    help: &'static str,
) -> Row {
    Row {
        name,
        place: Place::Text,
        help,
        words: FieldWords::new(name, label, input, example),
    }
}

pub(super) fn spec(verb: Verb) -> ActionSpec {
    let field = |row: Row| Field {
        name: row.name,
        place: row.place,
        required: needed(verb).contains(&row.name),
        secrets: false,
        help: row.help,
    };
    ActionSpec {
        name: match verb {
            Verb::Create => "calendar.create",
            Verb::Update => "calendar.update",
            Verb::Cancel => "calendar.cancel",
            Verb::Free => "calendar.free",
        },
        fields: rows(verb).into_iter().map(field).collect(),
        retry: Retry {
            attempts: 5,
            schedule: Schedule::Exponential {
                first: Duration::from_secs(5),
                factor: 4.0,
                max: Duration::from_secs(1_800),
            },
        },
        timeout: Duration::from_secs(30),
        on_unknown: OnUnknown::Retry,
        settles: false,
        connects: Connects {
            kinds: match verb {
                Verb::Free => &SERVER,
                _ => &BOTH,
            },
            required: true,
        },
        complete: match verb {
            Verb::Create | Verb::Free => complete,
            Verb::Update | Verb::Cancel => complete_known,
        },
    }
}

fn needed(verb: Verb) -> &'static [&'static str] {
    match verb {
        Verb::Create => &["title", "start"],
        Verb::Update | Verb::Cancel => &[],
        Verb::Free => &["from", "to", "zone"],
    }
}

fn rows(verb: Verb) -> Vec<Row> {
    let parts = match verb {
        Verb::Create => vec![about(), time(), more(), vec![uid(), calendar(), subject()]],
        Verb::Update => vec![
            which(),
            about(),
            time(),
            more(),
            vec![sequence(), calendar(), subject()],
        ],
        Verb::Cancel => vec![
            which(),
            vec![afterwards()],
            about(),
            time(),
            vec![attendees(), sequence(), calendar(), subject()],
        ],
        Verb::Free => vec![search()],
    };
    parts.into_iter().flatten().collect()
}

fn about() -> Vec<Row> {
    let title = "Meeting with {{ contact.first_name }} {{ contact.last_name }}";
    vec![row(
        "title",
        "Title",
        Text,
        title,
        "what it is called, one line",
    )]
}

fn time() -> Vec<Row> {
    vec![
        row(
            "start",
            "Begins",
            Text,
            "{{ outcome.day | parse_date('America/New_York') }}",
            TIME,
        ),
        row(
            "end",
            "Ends",
            Text,
            "2026-11-24 15:30",
            "the same; with whole days the last of them",
        )
        .in_group("Length"),
        row(
            "duration_min",
            "Minutes",
            Number(1_440),
            30,
            "instead of `end`; without both 30",
        )
        .in_group("Length"),
        row(
            "zone",
            "Time zone",
            Text,
            "America/New_York",
            "of times that name none",
        ),
    ]
}

fn more() -> Vec<Row> {
    let busy = Choice(&[("busy", "Busy"), ("free", "Free")]);
    vec![
        attendees(),
        row(
            "location",
            "Place",
            Text,
            "Room 5",
            "where it is; an empty text takes it away",
        ),
        row(
            "description",
            "Notes",
            LongText,
            "{{ outcome.meeting_notes }}",
            "more about it; an empty text takes it away",
        ),
        row(
            "reminder_min",
            "Remind before, minutes",
            Number(40_320),
            15,
            "so many minutes before it begins; at most four weeks",
        ),
        row(
            "show_as",
            "Show as",
            busy,
            "busy",
            "`busy` or `free`: whether the time is taken",
        ),
    ]
}

fn which() -> Vec<Row> {
    vec![
        row(
            "uid",
            "Appointment",
            Text,
            "{{ steps.event.body.uid }}",
            "the uid that `calendar.create` answered",
        )
        .in_group("Which"),
        row(
            "url",
            "Address of the event",
            Text,
            "https://caldav.example.com/ada/work/1.ics",
            "instead of its uid; not for mail",
        )
        .in_group("Which"),
    ]
}

fn attendees() -> Row {
    row(
        "attendees",
        "Attendees",
        Addresses,
        "{{ contact.first_name }} <{{ contact.email }}>",
        "one address or a list of them; those without an address are left out",
    )
}

fn afterwards() -> Row {
    let choices = Choice(&[
        ("keep", "Stays, marked as cancelled"),
        ("remove", "Is removed"),
    ]);
    row(
        "afterwards",
        "The event",
        choices,
        "keep",
        "`keep` marks it as cancelled, `remove` takes it out of the calendar; kept unless given",
    )
}

fn uid() -> Row {
    row(
        "uid",
        "Uid",
        Text,
        "order-{{ call_id }}",
        "its name over all calendars; made of the step's key unless given",
    )
}

fn sequence() -> Row {
    let help =
        "for mail: the number of this change, one more than the last answered; 1 unless given";
    row(
        "sequence",
        "Number of the change",
        Number(1_000_000),
        1,
        help,
    )
}

fn calendar() -> Row {
    row(
        "calendar",
        "Calendar",
        Text,
        "Work",
        "the name of one of the account's; the connection's unless given",
    )
}

fn subject() -> Row {
    row(
        "subject",
        "Subject of the mail",
        Text,
        "Your appointment",
        "for mail; the title unless given",
    )
}

fn search() -> Vec<Row> {
    let window =
        json!({ "from": "09:00", "to": "17:00", "days": ["mon", "tue", "wed", "thu", "fri"] });
    vec![
        row("from", "From", Text, "{{ now }}", TIME),
        row(
            "to",
            "To",
            Text,
            "{{ now | add_time('7 days') }}",
            "the same, at most 92 days later; a date alone with all of that day",
        ),
        row(
            "zone",
            "Time zone",
            Text,
            "America/New_York",
            "in which the window is meant, and times are answered",
        ),
        row(
            "duration_min",
            "Minutes",
            Number(1_440),
            30,
            "how long it takes; 30 unless given",
        ),
        row(
            "step_min",
            "Every … minutes",
            Number(1_440),
            30,
            "how far apart beginnings are, from the window's; as long as it takes unless given",
        ),
        Row {
            place: Place::Json,
            ..row(
                "window",
                "Hours",
                Json,
                window,
                "{from, to, days}: 09:00 to 17:00 from mon to fri unless given",
            )
        },
        row(
            "limit",
            "At most",
            Number(200),
            5,
            "how many times are answered; 20 unless given",
        ),
        calendar(),
    ]
}

impl Row {
    fn in_group(self, group: &'static str) -> Self {
        Self {
            words: self.words.one_of(group),
            ..self
        }
    }
}

pub(super) fn words(verb: Verb) -> Words {
    let (label, description) = match verb {
        Verb::Create => (
            "Make an appointment",
            "Puts an appointment into a calendar, or mails an invitation to it, as its connection says.",
        ),
        Verb::Update => (
            "Change an appointment",
            "Changes what is given of an appointment, and nothing else. By mail all of it is said again.",
        ),
        Verb::Cancel => (
            "Cancel an appointment",
            "Calls an appointment off in its calendar, or mails that it is.",
        ),
        Verb::Free => (
            "Find free times",
            "Tells which times are free in a calendar, in the hours of a window.",
        ),
    };
    let moment = |hour: &str| format!("2026-11-24T{hour}:00-05:00[America/New_York]");
    let (start, end) = (moment("15:00"), moment("15:30"));
    Words {
        label,
        description,
        fields: rows(verb).into_iter().map(|row| row.words).collect(),
        sample_answer: match verb {
            Verb::Free => json!({
                "slots": [{ "start": start, "end": end }],
                "busy": [{ "start": moment("13:00"), "end": moment("15:00") }]
            }),
            _ => json!({
                "uid": "0123456789abcdef0123456789abcdef", "url": "https://caldav.example.com/ada/work/0123456789abcdef0123456789abcdef.ics",
                "etag": "\"1a2b\"", "start": start, "end": end, "sequence": u8::from(verb != Verb::Create), "found": false, "note": null
            }),
        },
    }
}
