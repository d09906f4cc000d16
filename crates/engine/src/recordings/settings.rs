//! Whether a workspace keeps recordings as links or as copies, and where. Copies are made by a flow that these settings keep,
//! which nobody can edit and which does nothing that a flow of one's own could not.

use crate::Refusal;
use crate::engine::Inner;
use crate::flows::{Author, Change};
use crate::settings::Settings;
use actions::NoConnection;
use actions::recordings::SIGN_IN_KINDS;
use calls::recording::hosts;
use jiff::SignedDuration;
use kernel::Problem;
use kernel::id::WorkspaceId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Of the workspace's document.
pub(crate) const PART: &str = "recordings";
pub(crate) const SETTINGS: &str = "/v1/settings/recordings";
const KEY: &str = "settings-recordings";
const NAME: &str = "Keep recordings";
const USUAL_DAYS: u32 = 180;
const MOST_DAYS: u32 = 3_650;
const MOST_MB: u32 = 1_024;
const MOST_SIGN_INS: usize = 20;
const MOST_HOSTS: usize = 10;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// The platform's, as long as it opens.
    #[default]
    Link,
    Copy,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recordings {
    pub keep: Keep,
    /// Of a bucket, by its id; none: the server's directory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    pub max_mb: u32,
    pub days: u32,
    /// How long links of ours in what goes out open; none: it has the platform's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_days: Option<u32>,
    pub sign_in: Vec<SignIn>,
}

/// What opens the links of a platform that asks who wants a recording.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignIn {
    pub provider: String,
    /// By its id.
    pub connection: String,
    /// The only hosts that hear of it.
    pub hosts: Vec<String>,
}

impl Default for Recordings {
    fn default() -> Self {
        Self {
            keep: Keep::Link,
            connection: None,
            max_mb: 200,
            days: USUAL_DAYS,
            link_days: None,
            sign_in: Vec::new(),
        }
    }
}

impl Recordings {
    pub(super) fn lasts(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.days))
    }

    /// The flows that these settings mean.
    fn flows(&self) -> Vec<Value> {
        match self.keep {
            Keep::Copy => vec![self.flow()],
            Keep::Link => Vec::new(),
        }
    }

    fn flow(&self) -> Value {
        let mut step = json!({
            "id": "keep", "do": "recording.keep",
            "with": { "call": "{{ call_id }}", "url": "{{ call.recording.url }}", "max_mb": self.max_mb, "provider": "{{ provider }}" },
        });
        if !self.sign_in.is_empty() {
            step["with"]["sign_in"] = json!(self.sign_in);
        }
        if let Some(connection) = &self.connection {
            step["connection"] = connection.as_str().into();
        }
        json!({
            "key": KEY,
            "name": NAME,
            "note": "Kept by /v1/settings/recordings.",
            "on": ["call.recording_ready"],
            "where": { "if": "recording_url exists" },
            "steps": [step],
        })
    }
}

impl Inner {
    /// With the version to save over.
    pub(crate) async fn recording_settings(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<(Recordings, u32)> {
        self.setting(workspace, PART).await
    }

    /// The flows that the settings mean now.
    pub(crate) async fn recording_flows(
        &self,
        workspace: WorkspaceId,
    ) -> store::Result<Vec<Value>> {
        Ok(self.recording_settings(workspace).await?.0.flows())
    }

    pub(crate) async fn save_recording_settings(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        expect: Option<u32>,
        new: Recordings,
        by: Author,
    ) -> Result<(Recordings, u32), Refusal> {
        let (_, version) = self.recording_settings(workspace).await?;
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let new = self.checked(workspace, new).await?;
        let wanted = new.flows();
        let change = Change {
            by: Some(by),
            ..Change::default()
        };
        for flow in &wanted {
            self.check_flow(workspace, flow).await?;
        }
        // First what others may have changed meanwhile: where it is refused, the flow stays as it was.
        let version = self.save_setting(workspace, PART, expect, &new).await?;
        self.keep_flows(workspace, SETTINGS, wanted, change).await?;
        Ok((new, version))
    }

    fn wrong_links(&self, new: &Recordings) -> Option<Problem> {
        let days = new.link_days?;
        let message = if new.keep == Keep::Link {
            "links of ours open copies: set `keep` to `copy`".to_owned()
        } else if self.config.public_url.is_none() {
            "the server does not know where people reach it: start it with --public-url".to_owned()
        } else if !(1..=new.days).contains(&days) {
            format!(
                "is a whole number of days from 1 to {}, as long as copies are kept",
                new.days
            )
        } else {
            return None;
        };
        Some(Problem::new("/link_days", message))
    }

    /// With connections by their ids, and the hosts that are known of a platform.
    async fn checked(
        &self,
        workspace: WorkspaceId,
        mut new: Recordings,
    ) -> Result<Recordings, Refusal> {
        let mut problems: Vec<Problem> = wrong_days(new.days, "/days").into_iter().collect();
        problems.extend(self.wrong_links(&new));
        if !(1..=MOST_MB).contains(&new.max_mb) {
            let message = format!("`max_mb` is a whole number from 1 to {MOST_MB}");
            problems.push(Problem::new("/max_mb", message));
        }
        if let Some(named) = &new.connection {
            match self.find_connection(workspace, Some(named), &["s3"]).await {
                Ok(found) => new.connection = Some(found.id.clone()),
                Err(why) => problems.push(Problem::new("/connection", missing(why)?)),
            }
        }
        if new.sign_in.len() > MOST_SIGN_INS {
            let message = format!("at most {MOST_SIGN_INS} platforms are signed in to");
            problems.push(Problem::new("/sign_in", message));
        }
        for (at, sign_in) in new.sign_in.iter_mut().take(MOST_SIGN_INS).enumerate() {
            let path = format!("/sign_in/{at}");
            let named = Some(sign_in.connection.as_str());
            match self.find_connection(workspace, named, &SIGN_IN_KINDS).await {
                Ok(found) => sign_in.connection = found.id.clone(),
                Err(why) => {
                    problems.push(Problem::new(format!("{path}/connection"), missing(why)?))
                }
            }
            if sign_in.hosts.is_empty() {
                sign_in.hosts = hosts(&sign_in.provider)
                    .iter()
                    .map(|host| (*host).into())
                    .collect();
            }
            problems.extend(wrong_hosts(sign_in, &path));
        }
        match problems.is_empty() {
            true => Ok(new),
            false => Err(Refusal::Invalid(problems)),
        }
    }
}

/// Says for how long copies are kept, and leaves the rest.
pub(crate) fn set_days(settings: &mut Settings, days: u32) {
    let known = settings.part(PART);
    settings.set(PART, &Recordings { days, ..known });
}

pub(crate) fn wrong_days(days: u32, path: &str) -> Option<Problem> {
    let message = format!("is a whole number of days from 1 to {MOST_DAYS}");
    (!(1..=MOST_DAYS).contains(&days)).then(|| Problem::new(path, message))
}

fn wrong_hosts(sign_in: &SignIn, path: &str) -> Vec<Problem> {
    let path = format!("{path}/hosts");
    if sign_in.hosts.is_empty() || sign_in.hosts.len() > MOST_HOSTS {
        let message = format!(
            "name 1 to {MOST_HOSTS} hosts that may hear the credentials: those of `{}` are not known here",
            sign_in.provider
        );
        return vec![Problem::new(path, message)];
    }
    let is_host = |host: &String| {
        (1..=253).contains(&host.len())
            && host
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-.".contains(&c))
    };
    let wrong = sign_in
        .hosts
        .iter()
        .enumerate()
        .filter(|(_, host)| !is_host(host));
    wrong
        .map(|(at, host)| {
            let message = format!(
                "`{host}` is no host's name in small letters, such as recordings.example.com"
            );
            Problem::new(format!("{path}/{at}"), message)
        })
        .collect()
}

fn missing(why: NoConnection) -> Result<String, Refusal> {
    match why {
        NoConnection::Missing(why) => Ok(why),
        NoConnection::Away(why) => Err(Refusal::Unavailable(why)),
    }
}
