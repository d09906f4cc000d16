//! Where a rehearsal takes place: over the flows and secrets of a workspace, or over files with nothing around them.

use crate::engine::Inner;
use crate::job::Course;
use crate::plans::{Book, Compiled};
use crate::schema::Vocabulary;
use actions::{
    Actions, AllowedNetwork, Connection, ConnectionInput, NoConnection, Surroundings,
    connection_kinds,
};
use calls::Event;
use kernel::flow::{Plan, compile, complete_ids};
use kernel::id::{FlowId, WorkspaceId};
use kernel::rehearse::Role;
use kernel::run::{Failure, Perform};
use kernel::{Problem, Scope};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

impl Role for Course {
    fn plan(&self) -> &Plan {
        &self.flow.plan
    }

    fn scope(&self) -> &dyn Scope {
        self
    }
}

#[async_trait::async_trait]
pub(super) trait Stage: Send + Sync {
    fn world(&self) -> &dyn Actions;
    /// The flow that a step names.
    fn named(&self, name: &str) -> Option<Arc<Compiled>>;
    fn surroundings(&self, course: &Course) -> Box<dyn Surroundings + '_>;
    fn workspace(&self) -> WorkspaceId;
    /// Whether a call to the world may begin now: nobody waits.
    async fn lets(&self, perform: &Perform) -> Result<(), Failure>;
}

/// A workspace of this server.
pub(super) struct Here<'a> {
    pub inner: &'a Inner,
    pub workspace: WorkspaceId,
    pub book: Arc<Book>,
}

#[async_trait::async_trait]
impl Stage for Here<'_> {
    fn world(&self) -> &dyn Actions {
        &*self.inner.world
    }

    fn named(&self, name: &str) -> Option<Arc<Compiled>> {
        self.book.named(name)
    }

    fn surroundings(&self, course: &Course) -> Box<dyn Surroundings + '_> {
        let surroundings = self.inner.surroundings(course, self.book.clone());
        Box::new(surroundings.of_a_test())
    }

    fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    async fn lets(&self, perform: &Perform) -> Result<(), Failure> {
        self.inner.let_try(self.workspace, perform).await
    }
}

/// Files, without a server.
pub struct Offline {
    world: actions::World,
    flows: HashMap<String, Arc<Compiled>>,
}

impl Offline {
    /// Over these flows, which may be one another's sub-flows; those that do not compile are left out.
    pub fn new(documents: &[Value]) -> Self {
        let world = actions::World::new(actions::Config::default());
        let compiled = documents.iter().filter_map(|document| {
            let flow = compiled(document, FlowId::from_bytes([0; 16]), 1, &world).ok()?;
            Some((flow.plan.name.clone(), Arc::new(flow)))
        });
        Self {
            flows: compiled.collect(),
            world,
        }
    }
}

#[async_trait::async_trait]
impl Stage for Offline {
    fn world(&self) -> &dyn Actions {
        &self.world
    }

    fn named(&self, name: &str) -> Option<Arc<Compiled>> {
        self.flows.get(name).cloned()
    }

    fn surroundings(&self, _: &Course) -> Box<dyn Surroundings + '_> {
        Box::new(Nowhere)
    }

    fn workspace(&self) -> WorkspaceId {
        WorkspaceId::from_bytes([0; 16])
    }

    async fn lets(&self, _: &Perform) -> Result<(), Failure> {
        Ok(())
    }
}

/// What stands for the values of secrets in a dry run: they must exist, but no value comes near what is shown, so that
/// nothing can be guessed from it either.
pub(super) struct StandIns<'a>(pub Box<dyn Surroundings + 'a>);

#[async_trait::async_trait]
impl Surroundings for StandIns<'_> {
    async fn secret(&self, name: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        let values = self.0.secret(name).await?.unwrap_or_default();
        Ok(values.first().map(|value| {
            vec![match value.starts_with("http") {
                true => format!("https://secret-{name}.invalid/").into(),
                false => stand_in(name),
            }]
        }))
    }

    async fn connection(
        &self,
        name: Option<&str>,
        kinds: &[&str],
    ) -> Result<Arc<Connection>, NoConnection> {
        let real = self.0.connection(name, kinds).await?;
        let fields = real.secrets.keys();
        Ok(Arc::new(Connection {
            id: real.id.clone(),
            version: real.version,
            name: real.name.clone(),
            kind: real.kind.clone(),
            settings: real.settings.clone(),
            secrets: fields
                .map(|field| (field.clone(), stand_in(field)))
                .collect(),
        }))
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        self.0.allowed()
    }

    fn folder(&self) -> Option<String> {
        self.0.folder()
    }

    fn hops(&self) -> u8 {
        self.0.hops()
    }
}

fn stand_in(name: &str) -> Arc<str> {
    format!("secret-{name}").into()
}

/// Every secret is there, as an address, which may stand anywhere; and every connection, of whichever kind fits.
struct Nowhere;

#[async_trait::async_trait]
impl Surroundings for Nowhere {
    async fn secret(&self, name: &str) -> Result<Option<Vec<Arc<str>>>, Failure> {
        Ok(Some(vec![format!("https://secret-{name}.invalid/").into()]))
    }

    async fn connection(
        &self,
        name: Option<&str>,
        kinds: &[&str],
    ) -> Result<Arc<Connection>, NoConnection> {
        let known = connection_kinds();
        let fits = |wanted: &&str| known.iter().find(|kind| kind.name == *wanted);
        let kind = kinds.iter().find_map(fits).ok_or_else(|| {
            NoConnection::Missing("there are no connections of such a kind".into())
        })?;
        let (mut settings, mut secrets) = (Map::new(), BTreeMap::new());
        for field in kind.fields {
            match field.input {
                ConnectionInput::Secret => {
                    secrets.insert(field.name.to_owned(), stand_in(field.name));
                }
                ConnectionInput::Text if field.required => {
                    // A mail needs a sender that is an address.
                    let value = match field.name {
                        "from" => "from@example.com",
                        name => name,
                    };
                    settings.insert(field.name.to_owned(), value.into());
                }
                // What may be left out is.
                _ => {}
            }
        }
        let name = name.unwrap_or(kind.name);
        Ok(Arc::new(Connection {
            id: name.to_owned(),
            version: 1,
            name: name.to_owned(),
            kind: kind.name.to_owned(),
            settings,
            secrets,
        }))
    }

    fn allowed(&self) -> &[AllowedNetwork] {
        &[]
    }
}

/// A flow that is not stored, ready to run.
pub(super) fn compiled(
    document: &Value,
    id: FlowId,
    version: u32,
    world: &dyn Actions,
) -> Result<Compiled, Vec<Problem>> {
    let mut document = document.clone();
    complete_ids(&mut document);
    let plan = compile(&document, &Vocabulary::of(world))?;
    Ok(Compiled::new(id, version, plan))
}

/// A flow on an event. What waits for the call to be settled sees it settled.
pub(super) fn course(workspace: WorkspaceId, flow: Arc<Compiled>, event: &Arc<Event>) -> Course {
    Course {
        workspace,
        flow,
        event: event.clone(),
        message: event.id.cast(),
    }
}
