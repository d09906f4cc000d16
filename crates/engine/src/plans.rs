//! Compiled flows: per workspace the ones that may start (its book), and by version those that runs are in the middle of.

use crate::agents::EXTRACTION;
use crate::flows::split;
use crate::network::Network;
use crate::pages::Pages;
use crate::recordings::{self, Recordings};
use crate::redaction;
use crate::schema::Vocabulary;
use crate::settings::Settings;
use crate::settling::follow_sub_flows;
use crate::watch::Paused;
use crate::wire;
use crate::workspace;
use actions::{Actions, AllowedNetwork};
use calls::Confidential;
use calls::agent::Roster;
use kernel::flow::{Facts, Index, Plan, RUN_FAILED, compile, matches};
use kernel::health::Pause;
use kernel::id::{FlowId, WorkspaceId};
use kernel::lang::Segment;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use store::catalog::{Document, Kind};

/// How many compiled versions are kept beside those that may start.
const KEPT_VERSIONS: usize = 10_000;

/// One version of a flow, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub id: FlowId,
    pub version: u32,
    pub plan: Plan,
    /// Kept by an agent's settings, to analyse its calls.
    pub analyzes: bool,
    /// Names of the secrets that it uses anywhere.
    pub secrets: Vec<String>,
    /// Names or ids of the connections that it names anywhere.
    pub connections: Vec<String>,
}

impl Compiled {
    pub fn new(id: FlowId, version: u32, plan: Plan) -> Self {
        let secrets = secrets_of(&plan);
        let named = plan.actions().filter_map(|(_, connection)| connection);
        let connections = named.map(str::to_owned).collect();
        Self {
            id,
            version,
            plan,
            analyzes: false,
            secrets,
            connections,
        }
    }
}

/// Names of the secrets that a flow uses anywhere.
pub(crate) fn secrets_of(plan: &Plan) -> Vec<String> {
    let named = plan.paths.iter().filter(|path| path.root == "secrets");
    let names = named.filter_map(|path| match path.rest.first() {
        Some(Segment::Key(name)) => Some(name.clone()),
        _ => None,
    });
    let names: BTreeSet<String> = names.collect();
    names.into_iter().collect()
}

/// The flows of a workspace by name, the enabled ones by the event kinds that start them, as of one generation of its catalogue.
pub(crate) struct Book {
    pub generation: u64,
    pub workspace_name: Arc<str>,
    /// Whom its calls may be about.
    pub agents: Roster,
    /// Networks opened for this workspace beside those of the process.
    pub allowed: Arc<[AllowedNetwork]>,
    pub recordings: Recordings,
    /// What not everybody may see of its calls.
    pub confidential: Arc<Confidential>,
    /// When a flow is paused that does not say so itself.
    pub pause: Pause,
    /// Enabled, but starting nothing for now.
    paused: HashMap<FlowId, Paused>,
    /// The kinds of event that would start one of those.
    paused_kinds: HashSet<String>,
    by_kind: HashMap<String, Startable>,
    /// Those that wait on `call.ended`, paused ones too.
    pub waits: Arc<[FlowId]>,
    /// All flows by name, enabled or not, of one name the oldest; and by id.
    by_name: HashMap<String, Arc<Compiled>>,
}

/// The flows that events of one kind may start, oldest flow first.
struct Startable {
    flows: Vec<Arc<Compiled>>,
    index: Index,
}

impl Startable {
    fn new(kind: &str, flows: Vec<Arc<Compiled>>) -> Self {
        let index = Index::new(kind, flows.iter().map(|flow| &flow.plan.trigger));
        Self { flows, index }
    }
}

impl Book {
    pub fn starts_any(&self, kind: &str) -> bool {
        self.by_kind.contains_key(kind)
    }

    /// The flows that an event starts, oldest flow first.
    pub fn matching(&self, facts: &Facts<'_>) -> Vec<Arc<Compiled>> {
        let Some(Startable { flows, index }) = self.by_kind.get(facts.kind) else {
            return Vec::new();
        };
        let found = index.matching(facts, |at| &flows[at].plan.trigger);
        found.into_iter().map(|at| flows[at].clone()).collect()
    }

    /// The flow that analyses a call of an agent's.
    pub fn analyzing(&self, facts: &Facts<'_>) -> Option<Arc<Compiled>> {
        let mut matching = self.matching(facts).into_iter();
        matching.find(|flow| flow.analyzes)
    }

    /// The one that would, if it were not paused.
    pub fn analyzing_later(&self, facts: &Facts<'_>) -> Option<FlowId> {
        let is_it = |flow: &Compiled| flow.analyzes && matches(&flow.plan.trigger, facts);
        let mut paused = self.paused.keys().copied();
        paused.find(|id| self.by_id(*id).is_some_and(|flow| is_it(&flow)))
    }

    /// Whether a flow that is paused would start on such events.
    pub fn pauses(&self, kind: &str) -> bool {
        self.paused_kinds.contains(kind)
    }

    pub fn paused(&self, flow: FlowId) -> Option<&Paused> {
        self.paused.get(&flow)
    }

    /// Whether it is enabled and not paused.
    pub fn starts(&self, flow: &Compiled) -> bool {
        let kinds = flow.plan.trigger.kinds.iter();
        let mut startable = kinds.filter_map(|kind| self.by_kind.get(kind));
        startable.any(|startable| startable.flows.iter().any(|there| there.id == flow.id))
    }

    /// Those that start on calls, each once.
    pub fn starting(&self) -> Vec<Arc<Compiled>> {
        let startable = self.by_kind.values().flat_map(|startable| &startable.flows);
        let starting = startable.filter(|flow| !flow.plan.trigger.watches());
        let starting: BTreeMap<FlowId, &Arc<Compiled>> =
            starting.map(|flow| (flow.id, flow)).collect();
        starting.into_values().cloned().collect()
    }

    pub fn by_id(&self, flow: FlowId) -> Option<Arc<Compiled>> {
        self.by_name.get(&flow.to_string()).cloned()
    }

    /// The flows that hear of failed runs only now and then.
    pub fn throttled(&self) -> Vec<Arc<Compiled>> {
        let watching = self.by_kind.get(RUN_FAILED);
        let flows = watching.iter().flat_map(|watching| &watching.flows);
        let throttled = flows.filter(|flow| flow.plan.trigger.every.is_some());
        throttled.cloned().collect()
    }

    /// Every flow, enabled or not, once.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        let is_id = |(name, flow): &(&String, &Arc<Compiled>)| **name == flow.id.to_string();
        self.by_name.iter().filter(is_id).map(|(_, flow)| flow)
    }

    /// The flow that a step names, by its id or its name.
    pub fn named(&self, name: &str) -> Option<Arc<Compiled>> {
        self.by_name.get(name).cloned()
    }
}

/// As of a generation of the workspace's catalogue.
type Opened = (u64, Arc<[AllowedNetwork]>);

#[derive(Default)]
pub(crate) struct Plans {
    books: Mutex<HashMap<WorkspaceId, Arc<Book>>>,
    /// The networks of each: a call whose turn has come waits for no store.
    allowed: Mutex<HashMap<WorkspaceId, Opened>>,
    versions: Mutex<HashMap<(FlowId, u32), Arc<Compiled>>>,
}

impl Plans {
    pub async fn book(
        &self,
        store: &dyn Store,
        world: &dyn Actions,
        workspace: WorkspaceId,
    ) -> store::Result<Arc<Book>> {
        if let Some(book) = lock(&self.books).get(&workspace) {
            return Ok(book.clone());
        }
        // The generation is read first: a change while the flows are being read makes the next accept stale, never wrong.
        let generation = store.generation(workspace).await?;
        let home = store.get(Kind::Workspace, workspace.bytes()).await?;
        let settings = home.as_ref().map(Settings::read).unwrap_or_default();
        let (allowed, pause) = (Network::of(&settings).opened(), pause_after(&settings));
        let recordings = settings.part(recordings::PART);
        let paused = paused_flows(store, workspace).await?;
        let agents = Self::roster(store, workspace).await?;
        let agents = agents.settling_within(settings.part(workspace::SETTLE_WITHIN_S));
        let confidential = redaction::of(&settings, agents.confidential());
        let workspace_name = settings.name.into();
        let mut flows = self.flows(store, world, workspace).await?;
        flows.sort_by_key(|(flow, _)| flow.id);
        let mut by_name = by_name(&flows);
        if follow_sub_flows(&mut flows, &by_name) {
            by_name = self::by_name(&flows);
        }
        let enabled = flows.iter().filter(|(_, is_enabled)| *is_enabled);
        let waiting = enabled.filter(|(flow, _)| flow.plan.trigger.settles);
        let waits = waiting.map(|(flow, _)| flow.id).collect();
        let mut by_kind: HashMap<String, Vec<Arc<Compiled>>> = HashMap::new();
        let mut paused_kinds = HashSet::new();
        for (flow, _) in flows.iter().filter(|(_, is_enabled)| *is_enabled) {
            let kinds = flow.plan.trigger.kinds.iter().cloned();
            if paused.contains_key(&flow.id) {
                paused_kinds.extend(kinds);
                continue;
            }
            for kind in kinds {
                by_kind.entry(kind).or_default().push(flow.clone());
            }
        }
        let by_kind = by_kind.into_iter().map(|(kind, flows)| {
            let startable = Startable::new(&kind, flows);
            (kind, startable)
        });
        let by_kind = by_kind.collect();
        let book = Arc::new(Book {
            generation,
            workspace_name,
            agents,
            allowed,
            recordings,
            confidential: confidential.into(),
            pause,
            paused,
            paused_kinds,
            by_kind,
            waits,
            by_name,
        });
        self.open(workspace, generation, book.allowed.clone());
        lock(&self.books).insert(workspace, book.clone());
        Ok(book)
    }

    /// The same, sure to be no older than this question.
    pub async fn current(
        &self,
        store: &dyn Store,
        world: &dyn Actions,
        workspace: WorkspaceId,
    ) -> store::Result<Arc<Book>> {
        let generation = store.generation(workspace).await?;
        let cached = self.cached(workspace);
        if cached.is_some_and(|book| book.generation != generation) {
            self.forget(workspace);
        }
        self.book(store, world, workspace).await
    }

    /// All flows, and whether each is enabled.
    async fn flows(
        &self,
        store: &dyn Store,
        world: &dyn Actions,
        workspace: WorkspaceId,
    ) -> store::Result<Vec<(Arc<Compiled>, bool)>> {
        let mut flows = Vec::new();
        let mut pages = Pages::new(store, Some(workspace), Kind::Flow);
        while let Some(page) = pages.next().await? {
            let compiled = page.iter().filter_map(|document| {
                let flow = self.compiled(world, document)?;
                Some((flow, document.enabled))
            });
            flows.extend(compiled);
        }
        Ok(flows)
    }

    /// The networks opened for a workspace, as they were last read: whatever runs of it had its book read before, and after a
    /// change nothing begins until they are read again.
    pub fn allowed(&self, workspace: WorkspaceId) -> Arc<[AllowedNetwork]> {
        let allowed = lock(&self.allowed);
        let known = allowed.get(&workspace);
        known
            .map(|(_, allowed)| allowed.clone())
            .unwrap_or_default()
    }

    /// Takes them as of a generation, unless a later one is known.
    pub fn open(&self, workspace: WorkspaceId, generation: u64, networks: Arc<[AllowedNetwork]>) {
        let mut allowed = lock(&self.allowed);
        let known = allowed.get(&workspace);
        if known.is_none_or(|(known, _)| *known <= generation) {
            allowed.insert(workspace, (generation, networks));
        }
    }

    /// What is in memory of a workspace, if anything.
    fn cached(&self, workspace: WorkspaceId) -> Option<Arc<Book>> {
        lock(&self.books).get(&workspace).cloned()
    }

    /// Forgets what may start in a workspace: its catalogue has changed.
    pub fn forget(&self, workspace: WorkspaceId) {
        lock(&self.books).remove(&workspace);
    }

    /// The version of a flow that a run is in the middle of; `None` when it is gone or no longer compiles.
    pub async fn version(
        &self,
        store: &dyn Store,
        world: &dyn Actions,
        flow: FlowId,
        version: u32,
    ) -> store::Result<Option<Arc<Compiled>>> {
        if let Some(compiled) = lock(&self.versions).get(&(flow, version)) {
            return Ok(Some(compiled.clone()));
        }
        let document = store.version(Kind::Flow, flow.bytes(), version).await?;
        Ok(document.and_then(|document| self.compiled(world, &document)))
    }

    fn compiled(&self, world: &dyn Actions, document: &Document) -> Option<Arc<Compiled>> {
        let (id, version) = (FlowId::from_bytes(document.id), document.version);
        if let Some(compiled) = lock(&self.versions).get(&(id, version)) {
            return Some(compiled.clone());
        }
        let (body, origin) = split(&document.body).ok()?;
        if origin.draft {
            return None;
        }
        let plan = compile(&body, &Vocabulary::of(world)).map_err(|problems| {
            // It was checked when it was saved: only a binary that knows less than the one that saved it comes here.
            tracing::error!(flow = %id, version, ?problems, "a stored flow does not compile with this version of switchhook");
        });
        let key = body["key"].as_str().unwrap_or_default();
        let compiled = Arc::new(Compiled {
            analyzes: origin.kept_by.is_some() && key.ends_with(EXTRACTION),
            ..Compiled::new(id, version, plan.ok()?)
        });
        let mut versions = lock(&self.versions);
        if versions.len() >= KEPT_VERSIONS {
            versions.clear();
        }
        versions.insert((id, version), compiled.clone());
        Some(compiled)
    }
}

/// Of one name the oldest, and each by its id; flows come oldest first.
fn by_name(flows: &[(Arc<Compiled>, bool)]) -> HashMap<String, Arc<Compiled>> {
    let names = flows.iter().rev();
    let names = names.map(|(flow, _)| (flow.plan.name.clone(), flow.clone()));
    let ids = flows.iter();
    let ids = ids.map(|(flow, _)| (flow.id.to_string(), flow.clone()));
    names.chain(ids).collect()
}

/// `{"pause_after": …}` in the workspace's document, as a flow has it.
fn pause_after(settings: &Settings) -> Pause {
    Pause::read(Some(&settings.part("pause_after")), "").unwrap_or_default()
}

async fn paused_flows(
    store: &dyn Store,
    workspace: WorkspaceId,
) -> store::Result<HashMap<FlowId, Paused>> {
    let mut paused = HashMap::new();
    let mut pages = Pages::new(store, Some(workspace), Kind::Pause);
    while let Some(page) = pages.next().await? {
        for document in page {
            let why = wire::decode("a pause", &document.body)?;
            paused.insert(FlowId::from_bytes(document.id), why);
        }
    }
    Ok(paused)
}

/// A map stays whole when a thread panics beside it, so a poisoned lock is still good.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
