//! When something is, from a text: a moment, or a whole day. A text without a zone is meant in the zone that is given; what the
//! change of clocks makes unclear is decided as RFC 5545 does, and said.

use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{AmbiguousOffset, TimeZone};

const LONGEST: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    Moment(Zoned),
    Day(Date),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub when: When,
    /// How a time was taken that does not exist on its day, or exists twice.
    pub note: Option<String>,
}

/// Reads ISO 8601, RFC 3339 and RFC 9557; `None`: it is none of them. A date alone is a day.
pub fn read(text: &str, zone: Option<&TimeZone>) -> Result<Option<Read>, String> {
    let text = text.trim();
    if text.len() > LONGEST {
        return Ok(None);
    }
    let Ok(pieces) = Pieces::parse(text) else {
        return Ok(None);
    };
    let plain = |when| Ok(Some(Read { when, note: None }));
    let Some(time) = pieces.time() else {
        return plain(When::Day(pieces.date()));
    };
    let civil = pieces.date().to_datetime(time);
    let named = match pieces.time_zone_annotation() {
        Some(annotation) => match annotation.to_time_zone() {
            Ok(zone) => Some(zone),
            Err(_) => return Err(format!("`{text}` is in a time zone that nobody knows")),
        },
        None => None,
    };
    if let Some(offset) = pieces.to_numeric_offset() {
        let zone = named
            .or_else(|| zone.cloned())
            .unwrap_or(TimeZone::fixed(offset));
        let moment = offset.to_timestamp(civil);
        let moment = moment.map_err(|_| format!("`{text}` is out of range"))?;
        return plain(When::Moment(moment.to_zoned(zone)));
    }
    match named.as_ref().or(zone) {
        Some(zone) => in_zone(civil, zone).map(Some),
        None => Err(format!(
            "`{text}` has no time zone: give `zone`, such as `Europe/Paris`"
        )),
    }
}

/// In the gap of a spring night as much later as the clocks were turned; what comes twice in autumn is the first.
fn in_zone(civil: DateTime, zone: &TimeZone) -> Result<Read, String> {
    let moment = zone.to_ambiguous_zoned(civil);
    let name = zone.iana_name().unwrap_or("its zone").to_owned();
    let said = civil.strftime("%H:%M on %Y-%m-%d").to_string();
    let kind = moment.offset();
    let moment = moment.compatible();
    let moment = moment.map_err(|_| format!("`{civil}` is out of range"))?;
    let note = match kind {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some(format!(
            "there is no {said} in {name}, the clocks are turned then: {} was taken",
            moment.strftime("%H:%M")
        )),
        AmbiguousOffset::Fold { .. } => Some(format!(
            "{said} comes twice in {name}, the clocks are turned then: the first was taken"
        )),
    };
    Ok(Read {
        when: When::Moment(moment),
        note,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str, zone: Option<&str>) -> (String, Option<String>) {
        let zone = zone.map(|zone| TimeZone::get(zone).unwrap());
        let read = super::read(text, zone.as_ref()).unwrap().unwrap();
        match read.when {
            When::Moment(moment) => (moment.to_string(), read.note),
            When::Day(day) => (day.to_string(), read.note),
        }
    }

    #[test]
    fn a_time_keeps_its_own_zone_and_takes_the_given_one_else() {
        for (text, zone, meant) in [
            (
                "2026-11-24T15:00",
                Some("Europe/Berlin"),
                "2026-11-24T15:00:00+01:00[Europe/Berlin]",
            ),
            (
                "2026-07-24 15:00",
                Some("Europe/Berlin"),
                "2026-07-24T15:00:00+02:00[Europe/Berlin]",
            ),
            (
                "2026-11-24T15:00:00Z",
                Some("Europe/Berlin"),
                "2026-11-24T16:00:00+01:00[Europe/Berlin]",
            ),
            (
                "2026-11-24T15:00:00Z",
                None,
                "2026-11-24T15:00:00+00:00[UTC]",
            ),
            (
                "2026-11-24T15:00:00-05:00",
                None,
                "2026-11-24T15:00:00-05:00[-05:00]",
            ),
            (
                "2026-11-24T15:00:00-05:00[America/New_York]",
                Some("Europe/Berlin"),
                "2026-11-24T15:00:00-05:00[America/New_York]",
            ),
            (
                "2026-11-24T15:00[Asia/Kathmandu]",
                None,
                "2026-11-24T15:00:00+05:45[Asia/Kathmandu]",
            ),
            (" 2026-12-24 ", None, "2026-12-24"),
        ] {
            assert_eq!(taken(text, zone), (meant.to_owned(), None), "{text}");
        }
    }

    #[test]
    fn what_the_change_of_clocks_makes_unclear_is_decided_and_said() {
        for (text, zone, meant, says) in [
            (
                "2026-03-29T02:30",
                "Europe/Berlin",
                "2026-03-29T03:30:00+02:00[Europe/Berlin]",
                "there is no 02:30 on 2026-03-29 in Europe/Berlin",
            ),
            (
                "2026-10-25T02:30",
                "Europe/Berlin",
                "2026-10-25T02:30:00+02:00[Europe/Berlin]",
                "comes twice",
            ),
            (
                "2026-03-08T02:30",
                "America/New_York",
                "2026-03-08T03:30:00-04:00[America/New_York]",
                "03:30 was taken",
            ),
            (
                "2026-11-01T01:30",
                "America/New_York",
                "2026-11-01T01:30:00-04:00[America/New_York]",
                "the first was taken",
            ),
            (
                "2026-10-04T02:15",
                "Australia/Lord_Howe",
                "2026-10-04T02:45:00+11:00[Australia/Lord_Howe]",
                "02:45 was taken",
            ),
        ] {
            let (taken, note) = taken(text, Some(zone));
            assert_eq!(taken, meant);
            assert!(note.as_ref().unwrap().contains(says), "{note:?}");
        }
    }

    #[test]
    fn a_time_in_no_zone_is_refused_and_what_is_no_time_is_none() {
        assert!(
            read("2026-11-24 15:00", None)
                .unwrap_err()
                .contains("give `zone`")
        );
        assert!(read("2026-11-24T15:00[Mars/Base]", None).is_err());
        for text in [
            "",
            "soon",
            "3 pm",
            "2026-13-01",
            "2026-02-30T10:00",
            &"2".repeat(101),
        ] {
            assert_eq!(read(text, None), Ok(None), "{text}");
        }
    }
}
