//! A campaign as its operator describes it: who calls whom, from which number, when, and what happens when nobody answers.
//! A description alone: nothing here dials.

mod known;

pub(crate) use known::Campaigns;

use kernel::Problem;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

const LONGEST_NAME: usize = 100;
const LONGEST_ID: usize = 200;
const MOST_WINDOWS: usize = 14;
const MOST_CONCURRENCY: u32 = 1_000;
const MOST_ATTEMPTS: u32 = 20;
/// A month.
const LONGEST_WAIT_MIN: u32 = 31 * 24 * 60;
const MOST_NUMBERS: usize = 10_000;
const MOST_COLUMNS: usize = 10;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Campaign {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: CampaignKind,
    /// The platform's own id of it, by which calls are found to be of this campaign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_campaign_id: Option<String>,
    /// Id or name of an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// In E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caller_id: Option<String>,
    /// When contacts may be called, by their own clocks; none: at any time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Window>,
    /// For contacts whose zone is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Calls at once.
    pub concurrency: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_answer: Option<Again>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub busy: Option<Again>,
    /// Numbers that are not called, beside contacts that say so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub do_not_call: Vec<String>,
    /// Contacts whose columns have these values; none: all.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub contacts: Map<String, Value>,
}

impl Default for Campaign {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: CampaignKind::default(),
            provider_campaign_id: None,
            agent: None,
            caller_id: None,
            windows: Vec::new(),
            zone: None,
            concurrency: 1,
            no_answer: None,
            busy: None,
            do_not_call: Vec::new(),
            contacts: Map::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignKind {
    Inbound,
    #[default]
    Outbound,
}

impl CampaignKind {
    pub fn name(self) -> &'static str {
        match self {
            CampaignKind::Inbound => "inbound",
            CampaignKind::Outbound => "outbound",
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Window {
    /// `mon` … `sun`.
    pub days: Vec<String>,
    /// `HH:MM`.
    pub from: String,
    pub to: String,
}

/// How often a contact is called again, and how much later.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Again {
    pub attempts: u32,
    pub after_minutes: u32,
}

impl Campaign {
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |path: String, message: String| problems.push(Problem::new(path, message));
        let length = self.name.trim().chars().count();
        if length == 0 || length > LONGEST_NAME || self.name.chars().any(char::is_control) {
            say(
                "/name".into(),
                format!("must have 1 to {LONGEST_NAME} characters on one line"),
            );
        }
        if let Some(id) = &self.provider_campaign_id
            && (id.trim().is_empty() || id.len() > LONGEST_ID)
        {
            say(
                "/provider_campaign_id".into(),
                format!("must have 1 to {LONGEST_ID} bytes: leave it out where there is none"),
            );
        }
        if self.windows.len() > MOST_WINDOWS {
            say(
                "/windows".into(),
                format!(
                    "has {} windows, at most {MOST_WINDOWS} are possible",
                    self.windows.len()
                ),
            );
        }
        for (at, window) in self.windows.iter().enumerate() {
            if window.days.is_empty() || window.days.iter().any(|day| !DAYS.contains(&day.as_str()))
            {
                say(
                    format!("/windows/{at}/days"),
                    format!("is a list of {}", DAYS.join(", ")),
                );
            }
            for (field, time) in [("from", &window.from), ("to", &window.to)] {
                if minutes(time).is_none() {
                    say(
                        format!("/windows/{at}/{field}"),
                        format!("`{time}` is not a time such as 09:00"),
                    );
                }
            }
            if let (Some(from), Some(to)) = (minutes(&window.from), minutes(&window.to))
                && from >= to
            {
                say(
                    format!("/windows/{at}/to"),
                    "must be later than `from`".into(),
                );
            }
        }
        if let Some(zone) = &self.zone
            && jiff::tz::TimeZone::get(zone).is_err()
        {
            say(
                "/zone".into(),
                format!("`{zone}` is not a time zone such as Europe/Berlin"),
            );
        }
        if !(1..=MOST_CONCURRENCY).contains(&self.concurrency) {
            say("/concurrency".into(), format!("is 1 to {MOST_CONCURRENCY}"));
        }
        for (name, again) in [("no_answer", self.no_answer), ("busy", self.busy)] {
            let Some(again) = again else {
                continue;
            };
            if !(1..=MOST_ATTEMPTS).contains(&again.attempts) {
                say(
                    format!("/{name}/attempts"),
                    format!("is 1 to {MOST_ATTEMPTS}"),
                );
            }
            if !(1..=LONGEST_WAIT_MIN).contains(&again.after_minutes) {
                say(
                    format!("/{name}/after_minutes"),
                    format!("is 1 to {LONGEST_WAIT_MIN} minutes"),
                );
            }
        }
        if self.do_not_call.len() > MOST_NUMBERS {
            say(
                "/do_not_call".into(),
                format!("has more than {MOST_NUMBERS} numbers: mark the contacts instead"),
            );
        }
        if self.contacts.len() > MOST_COLUMNS {
            say(
                "/contacts".into(),
                format!("names more than {MOST_COLUMNS} columns"),
            );
        }
        for (column, value) in &self.contacts {
            if !matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_)) {
                say(
                    format!("/contacts/{column}"),
                    "is a text, a number or a truth".into(),
                );
            }
        }
        problems
    }
}

/// Minutes since midnight; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let plain = |part: &str| match part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())
    {
        true => part.parse::<u32>().ok(),
        false => None,
    };
    let at = plain(hours)? * 60 + plain(minutes).filter(|minutes| *minutes < 60)?;
    (at <= 24 * 60).then_some(at)
}
