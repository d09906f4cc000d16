//! How much there may be of something in a day or a month, and what happens when it is used up. What is used is counted
//! elsewhere; here it is judged.

use super::{Meter, Prices};
use crate::id::FlowId;
use crate::{Problem, Timestamp};
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use serde::{Deserialize, Serialize};

/// The shares at which people are told, in per cent.
pub const LEVELS: [u8; 3] = [60, 80, FULL];
pub const FULL: u8 = 100;
const CREDITS: &str = "credits";
const LONGEST_NAME: usize = 100;
const LONGEST_AGENT: usize = 200;
const HIGHEST: f64 = 1e12;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    pub name: String,
    /// What is used in calls of this agent alone, by the name under which calls list it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// What this flow uses alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<FlowId>,
    /// `credits`, or the name of a meter.
    #[serde(default = "credits")]
    pub of: String,
    /// Dollars of `model_cost`.
    pub limit: f64,
    pub per: Per,
    #[serde(default)]
    pub at_limit: AtLimit,
}

fn credits() -> String {
    CREDITS.into()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    Day,
    Month,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtLimit {
    #[default]
    Alert,
    /// The flows concerned start no runs until the period is over.
    Stop,
}

impl Budget {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |path: &str, message: String| problems.push(Problem::new(path, message));
        let length = self.name.trim().chars().count();
        if length == 0 || length > LONGEST_NAME || self.name.chars().any(char::is_control) {
            say(
                "/name",
                format!("must have 1 to {LONGEST_NAME} characters on one line"),
            );
        }
        if self
            .agent
            .as_ref()
            .is_some_and(|agent| agent.is_empty() || agent.len() > LONGEST_AGENT)
        {
            say("/agent", format!("must have 1 to {LONGEST_AGENT} bytes"));
        }
        if self.agent.is_some() && self.flow.is_some() {
            say(
                "/flow",
                "a budget is for an agent or for a flow, not for both".into(),
            );
        }
        if self.of != CREDITS && Meter::parse(&self.of).is_none() {
            say(
                "/of",
                format!(
                    "`{}` is neither `{CREDITS}` nor a meter such as `sms_segments`",
                    self.of
                ),
            );
        }
        if !(self.limit > 0.0 && self.limit <= HIGHEST) {
            say(
                "/limit",
                format!("`{}` is not above 0 and at most {HIGHEST:.0}", self.limit),
            );
        }
        problems
    }

    /// What has to be known to judge it.
    pub fn meters(&self) -> Vec<Meter> {
        match Meter::parse(&self.of) {
            Some(meter) => vec![meter],
            None => Prices::METERS.to_vec(),
        }
    }

    /// What these amounts come to.
    pub fn used(&self, prices: &Prices, amount: impl Fn(Meter) -> u64) -> f64 {
        match Meter::parse(&self.of) {
            Some(Meter::ModelCost) => amount(Meter::ModelCost) as f64 / 1e6,
            Some(meter) => amount(meter) as f64,
            None => prices.credits(amount),
        }
    }

    /// The highest level that is reached; 0: none.
    pub fn level(&self, used: f64) -> u8 {
        let reached = |level: &&u8| used >= self.limit * f64::from(**level) / 100.0;
        LEVELS.iter().rev().find(reached).copied().unwrap_or(0)
    }

    pub fn stops(&self, level: u8) -> bool {
        level == FULL && self.at_limit == AtLimit::Stop
    }
}

impl Per {
    /// The period in which a time lies: its beginning, and that of the next one.
    pub fn around(self, now: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let day = |at: &Zoned| at.start_of_day().map(|start| start.timestamp());
        let now = now.to_zoned(zone.clone());
        let (first, length) = match self {
            Per::Day => (Ok(now), Span::new().days(1)),
            Per::Month => (now.first_of_month(), Span::new().months(1)),
        };
        let bounds = first.and_then(|first| {
            let next = first.checked_add(length)?;
            Ok((day(&first)?, day(&next)?))
        });
        bounds.unwrap_or((Timestamp::MIN, Timestamp::MAX))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn budget(of: &str, limit: f64) -> Budget {
        Budget {
            name: "Texts".into(),
            agent: None,
            flow: None,
            of: of.into(),
            limit,
            per: Per::Day,
            at_limit: AtLimit::Stop,
        }
    }

    #[test]
    fn a_budget_is_judged_by_the_highest_level_reached() {
        let budget = budget("sms_segments", 10.0);
        let used = [0.0, 5.9, 6.0, 7.99, 8.0, 10.0, 900.0];
        assert_eq!(
            used.map(|used| budget.level(used)),
            [0, 0, 60, 60, 80, 100, 100]
        );
        assert!(budget.stops(100) && !budget.stops(80));
    }

    #[test]
    fn credits_are_what_the_prices_make_of_the_meters() {
        let prices = Prices {
            thousand_tokens: 2.0,
            call_minute: 0.5,
            ..Prices::default()
        };
        let amount = |meter| match meter {
            Meter::SmsSegments => 3,
            Meter::TokensIn => 1_500,
            Meter::CallSeconds => 90,
            _ => 0,
        };
        assert_eq!(budget("credits", 1.0).used(&prices, amount), 33.75);
        assert_eq!(budget("sms_segments", 1.0).used(&prices, amount), 3.0);
    }

    #[test]
    fn days_and_months_are_those_of_the_zone_also_where_a_day_has_23_hours() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let now: Timestamp = "2026-03-29T12:00:00Z".parse().unwrap();
        let told = |per: Per| {
            let (from, to) = per.around(now, &zone);
            format!("{from} {to}")
        };
        assert_eq!(told(Per::Day), "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z");
        assert_eq!(
            told(Per::Month),
            "2026-02-28T23:00:00Z 2026-03-31T22:00:00Z"
        );
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        let wrong = Budget {
            agent: Some("Ann".into()),
            flow: Some(FlowId::new(1, 1, [1; 16])),
            ..budget("euros", 0.0)
        };
        let paths: Vec<String> = wrong
            .problems()
            .into_iter()
            .map(|problem| problem.path)
            .collect();
        assert_eq!(paths, ["/flow", "/of", "/limit"]);
        assert_eq!(budget("credits", 5.0).problems(), []);
    }
}
