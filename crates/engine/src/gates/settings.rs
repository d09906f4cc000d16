//! What people set for a destination: a rate, how many at once, a pause. Documents of the catalogue; each change counts the
//! workspace's generation up, so that every event that is accepted after it goes by it, on any node.

use crate::Refusal;
use crate::engine::Inner;
use crate::wire;
use kernel::gate::{Policy, Rate};
use kernel::id::{Destination, WorkspaceId};
use kernel::{Problem, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::catalog::{Document, Kind, Put};

const MOST: usize = 1_000;
/// What there is none of.
const NAMED: &str = "destination of this name: give `host:port` in lower case, such as `api.crm.example:443`, an action that has no host, or the first word of an action and its connection, such as `email Sales mail`";
const LONGEST_NAME: usize = 300;
const LONGEST_NOTE: usize = 1_000;
const MOST_AT_ONCE: u32 = 10_000;
const LONGEST_PERIOD_S: f64 = 86_400.0;
const MOST_PER_S: f64 = 10_000.0;
/// How often a pause or its end is tried again when somebody else changes the same document.
const TRIES: usize = 5;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setting {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<RateSetting>,
    /// How many calls at once, on all nodes together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrent: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paused: Option<Paused>,
    /// Of its document; 0 while nothing is kept.
    #[serde(skip)]
    pub version: u32,
}

/// So many in so many seconds; `burst` of them at once after a rest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RateSetting {
    pub count: u32,
    pub period_s: f64,
    pub burst: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Paused {
    pub since: Timestamp,
}

impl RateSetting {
    pub(super) fn rate(self) -> Rate {
        let period = Duration::try_from_secs_f64(self.period_s).unwrap_or(Duration::from_secs(1));
        Rate {
            count: self.count,
            period,
            burst: self.burst,
        }
    }

    fn check(self, problems: &mut Vec<Problem>) {
        let Self {
            count,
            period_s,
            burst,
        } = self;
        if count == 0 {
            problems.push(Problem::new(
                "/rate/count",
                "must be at least 1; to hold everything back, pause the destination",
            ));
        }
        if !(0.001..=LONGEST_PERIOD_S).contains(&period_s) {
            problems.push(Problem::new(
                "/rate/period_s",
                format!("`{period_s}` is not a number from 0.001 to {LONGEST_PERIOD_S}"),
            ));
        } else if f64::from(count) / period_s > MOST_PER_S {
            problems.push(Problem::new(
                "/rate",
                format!("is more than {MOST_PER_S} a second: give none, or a lower one"),
            ));
        }
        if burst == 0 || burst > 100_000 {
            problems.push(Problem::new(
                "/rate/burst",
                format!("`{burst}` is not a number from 1 to 100000"),
            ));
        }
    }
}

impl Inner {
    /// Keeps what was set; a pause stays as it is. `expect` is the version that it replaces, where the caller cares.
    pub(crate) async fn save_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
        expect: Option<u32>,
        setting: Setting,
    ) -> Result<(), Refusal> {
        self.check(name, &setting)?;
        let found = self.find_destination(workspace, name).await?;
        let version = found.as_ref().map_or(0, |document| document.version);
        if expect.is_some_and(|expect| expect != version) {
            return Err(Refusal::Conflict(version));
        }
        let kept = found.as_ref().map(read).unwrap_or_default();
        let setting = Setting {
            paused: kept.paused,
            ..setting
        };
        match self
            .put_destination(workspace, name, found, &setting)
            .await?
        {
            Put::Conflict(version) => Err(Refusal::Conflict(version)),
            // Another one of the same name was made meanwhile.
            Put::Taken => Err(Refusal::Conflict(1)),
            Put::Saved => Ok(()),
        }
    }

    /// Holds a destination's runs back, or lets them go on.
    pub(crate) async fn pause_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
        is_paused: bool,
    ) -> Result<(), Refusal> {
        self.check(name, &Setting::default())?;
        for _ in 0..TRIES {
            let found = self.find_destination(workspace, name).await?;
            if found.is_none() && !is_paused {
                return Err(Refusal::NotFound("such destination with settings"));
            }
            let kept = found.as_ref().map(read).unwrap_or_default();
            if kept.paused.is_some() == is_paused {
                return Ok(());
            }
            let paused = is_paused.then(|| Paused {
                since: self.stamp.now(),
            });
            let setting = Setting { paused, ..kept };
            if self
                .put_destination(workspace, name, found, &setting)
                .await?
                == Put::Saved
            {
                return Ok(());
            }
        }
        Err(Refusal::NotNow(
            "others change this destination all the time".into(),
        ))
    }

    /// Forgets what was set, a pause included; `false`: nothing was.
    pub(crate) async fn delete_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> Result<bool, Refusal> {
        let Some(document) = self.find_destination(workspace, name).await? else {
            return Ok(false);
        };
        let deleted = self
            .store
            .delete(Kind::Destination, document.id, self.stamp.now())
            .await?;
        self.changed(workspace).await?;
        Ok(deleted)
    }

    async fn put_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
        found: Option<Document>,
        setting: &Setting,
    ) -> Result<Put, Refusal> {
        if found.is_none()
            && self
                .store
                .list(Some(workspace), Kind::Destination, None, MOST as u32)
                .await?
                .len()
                >= MOST
        {
            return Err(Refusal::NotNow(format!(
                "{MOST} destinations have settings already: delete some that are not needed"
            )));
        }
        let (now, expect) = (
            self.stamp.now(),
            found.as_ref().map_or(0, |document| document.version),
        );
        let document = Document {
            kind: Kind::Destination,
            id: found.as_ref().map_or_else(
                || self.stamp.id::<Destination>(0).bytes(),
                |document| document.id,
            ),
            workspace,
            version: expect + 1,
            name: name.into(),
            alias: Some(alias(workspace, name)),
            enabled: true,
            created_at: found.map_or(now, |document| document.created_at),
            updated_at: now,
            body: wire::encode(setting),
        };
        let put = self.store.put(document, expect).await?;
        self.changed(workspace).await?;
        Ok(put)
    }

    /// Goes by a change at once, and tells the others of it.
    pub(crate) async fn changed(&self, workspace: WorkspaceId) -> store::Result<()> {
        self.forget(workspace);
        self.tell_of_change(workspace);
        self.read_policies(workspace).await
    }

    pub(super) async fn find_destination(
        &self,
        workspace: WorkspaceId,
        name: &str,
    ) -> store::Result<Option<Document>> {
        self.store
            .find(Kind::Destination, &alias(workspace, name))
            .await
    }

    fn check(&self, name: &str, setting: &Setting) -> Result<(), Refusal> {
        if !self.is_named(name) {
            return Err(Refusal::NotFound(NAMED));
        }
        let mut problems = Vec::new();
        if let Some(rate) = setting.rate {
            rate.check(&mut problems);
        }
        if setting
            .max_concurrent
            .is_some_and(|most| !(1..=MOST_AT_ONCE).contains(&most))
        {
            problems.push(Problem::new("/max_concurrent", format!("is not a number from 1 to {MOST_AT_ONCE}; to hold everything back, pause the destination")));
        }
        if setting.note.chars().count() > LONGEST_NOTE {
            problems.push(Problem::new(
                "/note",
                format!("has more than {LONGEST_NOTE} characters"),
            ));
        }
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Refusal::Invalid(problems)),
        }
    }

    /// Whether there could be a destination of this name: `host:port`, an action without a host, or the group of an action and its
    /// connection.
    fn is_named(&self, name: &str) -> bool {
        let is_place = |(host, port): (&str, &str)| {
            !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0)
        };
        let is_plain =
            |c: char| c.is_ascii_graphic() && !c.is_ascii_uppercase() && !"/?#@\\\"<>".contains(c);
        let is_action = |name: &str| self.world.names().contains(&name);
        let is_group = |name: &str| {
            let names = self.world.names();
            let mut groups = names.iter().filter_map(|action| action.split_once('.'));
            groups.any(|(group, _)| group == name)
        };
        let is_connected = |(group, connection): (&str, &str)| {
            is_group(group)
                && !connection.trim().is_empty()
                && !connection.chars().any(char::is_control)
        };
        let is_host = || name.chars().all(is_plain) && name.rsplit_once(':').is_some_and(is_place);
        name.len() <= LONGEST_NAME
            && (is_host() || is_action(name) || name.split_once(' ').is_some_and(is_connected))
    }
}

pub(super) fn read(document: &Document) -> Setting {
    let setting: Setting = serde_json::from_slice(&document.body).unwrap_or_default();
    Setting {
        version: document.version,
        ..setting
    }
}

/// What a document means for each of so many nodes.
pub(super) fn policy(document: &Document, nodes: u64) -> Policy {
    let setting = read(document);
    let nodes = u32::try_from(nodes).unwrap_or(u32::MAX).max(1);
    Policy {
        rate: setting.rate.map(RateSetting::rate),
        at_once: setting.max_concurrent.map(|most| (most / nodes).max(1)),
        is_paused: setting.paused.is_some(),
    }
}

fn alias(workspace: WorkspaceId, name: &str) -> String {
    format!("{workspace}/{name}")
}
