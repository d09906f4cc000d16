//! When somebody is busy, by the events of a calendar: those that are called off or shown as free take no time. A server spells
//! repeating events out (RFC 4791, `expand`); where one did not, nothing is guessed.

use crate::span::Span;
use crate::tree::Component;
use jiff::Timestamp;
use jiff::tz::TimeZone;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    pub start: Timestamp,
    pub end: Timestamp,
}

/// Of one calendar object; `floating` is the zone of days and of times that name none.
pub fn taken(text: &str, floating: &TimeZone) -> Result<Vec<Busy>, String> {
    let calendar =
        Component::read(text).map_err(|why| format!("an event cannot be read: {why}"))?;
    let events = calendar
        .parts
        .iter()
        .filter(|part| part.name == "VEVENT" && takes_time(part));
    let mut taken = Vec::new();
    for event in events {
        if event.line("RRULE").is_some() || event.line("RDATE").is_some() {
            let title: String = event
                .text("SUMMARY")
                .unwrap_or_default()
                .chars()
                .take(60)
                .collect();
            return Err(format!(
                "`{}` repeats, and the server does not say when: it does not know `expand` (RFC 4791)",
                title.escape_debug()
            ));
        }
        let busy = match Span::of(event, &calendar, floating)? {
            Span::Moments { start, end } => Busy {
                start: start.timestamp(),
                end: end.timestamp(),
            },
            Span::Days { first, last } => {
                let midnight = |day: jiff::civil::Date| {
                    let moment = day.to_zoned(floating.clone());
                    moment
                        .map(|moment| moment.timestamp())
                        .map_err(|error| error.to_string())
                };
                Busy {
                    start: midnight(first)?,
                    end: midnight(last.tomorrow().unwrap_or(last))?,
                }
            }
        };
        if busy.end > busy.start {
            taken.push(busy);
        }
    }
    Ok(taken)
}

fn takes_time(event: &Component) -> bool {
    let is = |name: &str, value: &str| {
        event
            .line(name)
            .is_some_and(|line| line.value.trim().eq_ignore_ascii_case(value))
    };
    !is("STATUS", "CANCELLED") && !is("TRANSP", "TRANSPARENT")
}

/// In order, those that touch or overlap made one.
pub fn merged(mut all: Vec<Busy>) -> Vec<Busy> {
    all.sort_unstable();
    let mut merged: Vec<Busy> = Vec::with_capacity(all.len());
    for busy in all {
        match merged.last_mut() {
            Some(last) if busy.start <= last.end => last.end = last.end.max(busy.end),
            _ => merged.push(busy),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(events: &str) -> Result<Vec<String>, String> {
        let events = events
            .replace("[", "BEGIN:VEVENT\n")
            .replace("]", "\nEND:VEVENT\n");
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let all = taken(
            &format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n"),
            &berlin,
        )?;
        Ok(merged(all)
            .iter()
            .map(|busy| format!("{}/{}", busy.start, busy.end))
            .collect())
    }

    #[test]
    fn what_is_called_off_or_shown_as_free_takes_no_time() {
        let at = "DTSTART:20261124T140000Z\nDTEND:20261124T150000Z";
        assert_eq!(
            of(&format!("[{at}]")).unwrap(),
            ["2026-11-24T14:00:00Z/2026-11-24T15:00:00Z"]
        );
        for line in ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "status:cancelled"] {
            assert_eq!(of(&format!("[{at}\n{line}]")).unwrap(), [""; 0], "{line}");
        }
        assert_eq!(of(&format!("[{at}\nSTATUS:TENTATIVE]")).unwrap().len(), 1);
        assert_eq!(of("[DTSTART:20261124T140000Z]").unwrap(), [""; 0]);
    }

    #[test]
    fn a_day_has_as_many_hours_as_it_has_there() {
        for (day, taken) in [
            ("20261124", "2026-11-23T23:00:00Z/2026-11-24T23:00:00Z"),
            ("20260329", "2026-03-28T23:00:00Z/2026-03-29T22:00:00Z"),
            ("20261025", "2026-10-24T22:00:00Z/2026-10-25T23:00:00Z"),
        ] {
            assert_eq!(of(&format!("[DTSTART;VALUE=DATE:{day}]")).unwrap(), [taken]);
        }
    }

    #[test]
    fn what_touches_is_one() {
        let events = "[DTSTART:20261124T150000Z\nDURATION:PT1H][DTSTART:20261124T140000Z\nDURATION:PT1H]\
                      [DTSTART:20261124T141500Z\nDURATION:PT5M][DTSTART:20261124T170000Z\nDURATION:PT1H]";
        let merged = [
            "2026-11-24T14:00:00Z/2026-11-24T16:00:00Z",
            "2026-11-24T17:00:00Z/2026-11-24T18:00:00Z",
        ];
        assert_eq!(of(events).unwrap(), merged);
    }

    #[test]
    fn what_is_not_spelled_out_is_not_guessed() {
        let repeats =
            "[SUMMARY:Stand-up\nDTSTART:20261124T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY]";
        assert!(of(repeats).unwrap_err().contains("`Stand-up` repeats"));
        let nowhere = "[DTSTART;TZID=Mars/Base:20261124T140000]";
        assert!(of(nowhere).unwrap_err().contains("`Mars/Base`"));
    }
}
