//! A window of the week: days, from when to when, in which zone. The clock on the wall there decides, also on the days when
//! it is put forward or back; a window that ends before it begins lasts over midnight.

use super::compile::Compiler;
use super::fields;
use super::names::shown;
use super::object::Object;
use super::reads::Sight;
use super::wait::{NoMoment, bad, rendered};
use crate::lang::{Place, Report, Template};
use crate::{Scope, Timestamp};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use serde_json::Value;

/// From Monday on, as `civil::Weekday` counts.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WORKING_DAYS: [bool; 7] = [true, true, true, true, true, false, false];
const MAX_ZONE: usize = 200;

#[derive(Debug, Clone)]
pub(crate) struct Window {
    days: [bool; 7],
    /// Minutes of the day.
    from: i16,
    /// 1,440 at midnight; at most `from` when it is on the next day.
    to: i16,
    zone: Template,
}

impl Window {
    /// When the window is open next, at `after` or later.
    pub(super) fn opening(
        &self,
        after: Timestamp,
        scope: &dyn Scope,
        report: &mut Report,
    ) -> Result<Timestamp, NoMoment> {
        let zone = zone(&rendered(&self.zone, scope, report)?)?;
        let today = after.to_zoned(zone.clone()).date();
        let days = (-1..=8).filter_map(|days| today.checked_add(days.days()).ok());
        days.filter(|day| self.days[day.weekday().to_monday_zero_offset() as usize])
            .filter_map(|day| self.on(day, &zone))
            .find(|(open, shut)| open < shut && after < *shut)
            .map(|(open, _)| open.max(after))
            .ok_or_else(|| bad("the window never opens again".to_owned()))
    }

    fn on(&self, day: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
        let moment = |day: Date, minute: i16| {
            let day = day.checked_add(Span::new().days(minute / 1440)).ok()?;
            let minute = minute % 1440;
            let time = Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).ok()?;
            Some(
                day.to_datetime(time)
                    .to_zoned(zone.clone())
                    .ok()?
                    .timestamp(),
            )
        };
        let last = match self.to <= self.from {
            true => self.to + 1440,
            false => self.to,
        };
        Some((moment(day, self.from)?, moment(day, last)?))
    }
}

fn zone(value: &Value) -> Result<TimeZone, NoMoment> {
    let name = value.as_str().unwrap_or_default().trim();
    TimeZone::get(name).map_err(|_| {
        bad(format!(
            "{} is not a time zone such as `Europe/Paris`",
            shown(name)
        ))
    })
}

impl<'a> Compiler<'a> {
    pub(super) fn window(&mut self, value: &'a Value, at: &str, sight: Sight) -> Option<Window> {
        let known = fields::WINDOW;
        let window = Object::strict(value, at, "`window`", known, &mut self.problems)?;
        let days = self.days(&window);
        let [from, to] = [("from", 0), ("to", 1440)].map(|(name, default)| {
            let text = window.text(name, 10, &mut self.problems);
            match text.map(minutes) {
                Some(None) => {
                    let found = shown(text.unwrap_or_default());
                    let message = format!("{found} is no time of day such as `09:00`");
                    self.problem(window.place(name), &message);
                    default
                }
                Some(Some(minutes)) => minutes,
                None => default,
            }
        });
        if from % 1440 == to % 1440 && (from, to) != (0, 1440) {
            self.problem(
                window.place("to"),
                "`to` must not be the same time as `from`",
            );
        }
        if window.get("zone").is_none() {
            let message = "a window needs a `zone` such as `Europe/Paris`";
            self.problem(window.place("zone"), message);
        }
        let text = window.text("zone", MAX_ZONE, &mut self.problems)?;
        let check = |value: Value| zone(&value).map(drop);
        let zone = self.checked(text, Place::Text, &window.place("zone"), sight, check);
        Some(Window {
            days,
            from,
            to,
            zone,
        })
    }

    fn days(&mut self, window: &Object<'_>) -> [bool; 7] {
        if window.get("days").is_none() {
            return WORKING_DAYS;
        }
        let mut days = [false; 7];
        for (name, at) in window.texts("days", 7, &mut self.problems) {
            match DAYS.iter().position(|day| name.eq_ignore_ascii_case(day)) {
                Some(day) => days[day] = true,
                None => {
                    let known = DAYS.join(", ");
                    self.problem(at, &format!("{} is no day: use {known}", shown(name)));
                }
            }
        }
        if window.get("days") == Some(&Value::Array(Vec::new())) {
            self.problem(window.place("days"), "`days` must name at least one day");
        }
        days
    }
}

/// `HH:MM`, or `24:00` for the end of the day.
fn minutes(text: &str) -> Option<i16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |text: &str| match text.len() {
        1..=2 if text.bytes().all(|b| b.is_ascii_digit()) => text.parse::<i16>().ok(),
        _ => None,
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= 1440).then_some(all)
}
