//! The surroundings of a call: a world that may reach this machine or may not, secrets, names of our own.

use actions::{
    Actions, AllowedNetwork, Config, Connection, ConnectionInput, NoConnection, Resolve,
    Surroundings, World, check_connection, connection_kinds,
};
use kernel::flow::OnUnknown;
use kernel::lang::secret::{Mode, write};
use kernel::run::{Exchange, Failure, Outcome, Output, Perform, Retriable};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A world that may reach this machine.
pub fn open() -> World {
    World::new(Config {
        allowed: nets(&["127.0.0.0/8", "::1/128"]),
        ..Config::default()
    })
}

/// A world that may reach public addresses only.
pub fn closed() -> World {
    World::new(Config::default())
}

pub fn nets(texts: &[&str]) -> Vec<AllowedNetwork> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// The marker under which the kernel renders a secret.
pub fn secret(name: &str) -> String {
    write(Mode::Plain, name)
}

#[derive(Default)]
pub struct Workspace {
    pub secrets: HashMap<&'static str, Vec<&'static str>>,
    pub allowed: Vec<AllowedNetwork>,
    /// The only connection that there is: name, kind, fields.
    pub connection: Option<(&'static str, &'static str, Value)>,
    /// Those that a step names beside it.
    pub others: Vec<(&'static str, &'static str, Value)>,
    pub hops: u8,
    /// Secrets of the run that nobody can look up now.
    pub away: Vec<String>,
}

impl Workspace {
    pub fn with(secrets: &[(&'static str, &[&'static str])]) -> Self {
        let secrets = secrets
            .iter()
            .map(|(name, active)| (*name, active.to_vec()))
            .collect();
        Self {
            secrets,
            ..Self::default()
        }
    }

    /// With one connection, whose fields are sorted into settings and secrets as the engine does.
    pub fn connected(name: &'static str, kind: &'static str, fields: Value) -> Self {
        let problems = check_connection(kind, fields.as_object().unwrap(), &[]);
        assert!(problems.is_empty(), "{problems:?}");
        Self {
            connection: Some((name, kind, fields)),
            ..Self::default()
        }
    }

    pub fn take(&self) -> Connection {
        Self::opened(self.connection.clone().unwrap())
    }

    fn opened((name, kind, fields): (&'static str, &'static str, Value)) -> Connection {
        let kinds = connection_kinds();
        let described = kinds.iter().find(|known| known.name == kind).unwrap();
        let is_secret = |field: &str| {
            let known = described.fields.iter().find(|known| known.name == field);
            known.unwrap().input == ConnectionInput::Secret
        };
        let fields = fields.as_object().unwrap().clone().into_iter();
        let (secrets, settings): (Vec<_>, Vec<_>) = fields.partition(|(field, _)| is_secret(field));
        let secrets = secrets.into_iter();
        Connection {
            id: "con_1".into(),
            version: 1,
            name: name.into(),
            kind: kind.into(),
            settings: settings.into_iter().collect(),
            secrets: secrets
                .map(|(field, value)| (field, value.as_str().unwrap().into()))
                .collect(),
        }
    }
}

#[async_trait::async_trait]
impl Surroundings for Workspace {
    async fn secret(&self, name: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        if self.away.iter().any(|away| away == name) {
            return Err(Failure {
                code: "unavailable".into(),
                message: format!("the secret `{name}` could not be read"),
                step: String::new(),
                status: None,
                output: None,
                retry: Retriable::Yes,
            });
        }
        let values = self.secrets.get(name);
        Ok(values.map(|values| values.iter().map(|value| Arc::from(*value)).collect()))
    }

    fn secrets_of_run(&self) -> &[String] {
        &self.away
    }

    async fn connection(
        &self,
        name: Option<&str>,
        _: &[&str],
    ) -> Result<Arc<Connection>, NoConnection> {
        match &self.connection {
            Some((known, ..)) if name.is_none_or(|name| name == *known) => {
                Ok(Arc::new(self.take()))
            }
            _ => {
                let name = name.unwrap_or_default();
                if let Some(other) = self.others.iter().find(|(known, ..)| *known == name) {
                    return Ok(Arc::new(Self::opened(other.clone())));
                }
                Err(NoConnection::Missing(format!(
                    "there is no connection `{name}`"
                )))
            }
        }
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &self.allowed
    }

    fn hops(&self) -> u8 {
        self.hops
    }
}

/// Names with answers of our own; each look-up takes the next answer, later ones the last.
#[derive(Debug, Default)]
pub struct Names(std::sync::Mutex<HashMap<String, Vec<Vec<IpAddr>>>>);

impl Names {
    pub fn of(names: &[(&str, &[&[&str]])]) -> Arc<Self> {
        let parse = |answer: &&[&str]| answer.iter().map(|text| text.parse().unwrap()).collect();
        let names = names
            .iter()
            .map(|(name, answers)| (name.to_string(), answers.iter().map(parse).collect()))
            .collect();
        Arc::new(Self(std::sync::Mutex::new(names)))
    }
}

#[async_trait::async_trait]
impl Resolve for Names {
    async fn resolve(&self, host: &str) -> std::io::Result<Vec<IpAddr>> {
        let mut names = self.0.lock().unwrap();
        let answers = names
            .get_mut(host)
            .ok_or_else(|| std::io::Error::other("no such name"))?;
        Ok(if answers.len() > 1 {
            answers.remove(0)
        } else {
            answers[0].clone()
        })
    }
}

pub fn step(action: &str, with: Value) -> Perform {
    let Value::Object(with) = with else {
        panic!("inputs are an object")
    };
    Perform {
        step: "tell".into(),
        action: action.into(),
        with,
        connection: None,
        timeout: Duration::from_secs(5),
        attempt: 1,
        key: "0123456789abcdef0123456789abcdef".into(),
        on_unknown: OnUnknown::Retry,
        unsure_since: None,
        warnings: Vec::new(),
    }
}

/// The step as it is after its inputs were completed on save.
pub fn completed(world: &World, action: &str, with: Value) -> (Map<String, Value>, Vec<String>) {
    let Value::Object(mut with) = with else {
        panic!("inputs are an object")
    };
    let problems = (world.spec(action).unwrap().complete)(&mut with);
    (
        with,
        problems.into_iter().map(|problem| problem.path).collect(),
    )
}

pub async fn request(world: &World, with: Value) -> Outcome {
    world
        .perform(&step("http.request", with), &Workspace::default())
        .await
}

pub fn output(outcome: Outcome) -> (Output, Exchange) {
    (outcome.result.unwrap(), outcome.exchange.unwrap())
}

pub fn failure(outcome: Outcome) -> Failure {
    outcome.result.unwrap_err()
}
