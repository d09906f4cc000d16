//! What the facts are told about: a workspace, its calls, and runs in every state; and short ways to commit them.

use crate::Parts;
use crate::Store;
use crate::journal::{
    CallListing, CallPut, CallRow, Committed, EntryRow, EventRow, Lease, MessageRow, Roster,
    RunAdvance, RunRow, Unit,
};
use bytes::Bytes;
use kernel::Timestamp;
use kernel::id::{CallId, FlowId, Id, Kind, WorkspaceId};
use kernel::run::Status;
use std::sync::Arc;
use std::time::Duration;

pub type Shared = Arc<dyn Store>;

/// The `n`-th id of its kind, made in second `n` of the world.
pub fn id<K: Kind>(n: u64) -> Id<K> {
    Id::new(1000 * n, (n % 1024) as u16, u128::from(n).to_be_bytes())
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

pub fn workspace() -> WorkspaceId {
    id(7)
}

pub fn flow() -> FlowId {
    id(8)
}

pub fn call(n: u64) -> CallRow {
    CallRow {
        id: id(n),
        key: u128::from(n)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834)
            .to_be_bytes(),
        workspace: workspace(),
        version: 1,
        state: format!("{{\"call\":{n}}}").into(),
        listing: CallListing {
            provider: "vapi".into(),
            provider_call_id: format!("c-{n}"),
            started_at: Some(at(n as i64)),
            duration_s: Some(1.5),
            ..CallListing::default()
        },
    }
}

pub fn run(n: u64, call: CallId) -> RunRow {
    RunRow {
        id: id(n),
        workspace: workspace(),
        flow: flow(),
        flow_version: 3,
        call,
        event: id(n),
        replay_of: None,
        parent: None,
        status: Status::Running,
        destination: Some("example.com:443".into()),
        version: 1,
        epoch: 1,
        state: format!("{{\"run\":{n}}}").into(),
        error: None,
        updated_at: at(n as i64),
        due_at: None,
    }
}

/// A new call `n` with a message, an event and a run, all of number `n`.
pub fn accept(n: u64) -> Unit {
    let row = call(n);
    let (workspace, call) = (row.workspace, row.id);
    Unit {
        calls: vec![CallPut { expect: None, row }],
        messages: vec![MessageRow {
            id: id(n),
            workspace,
            call,
            endpoint: None,
            provider: "vapi".into(),
            provider_event: "end-of-call-report".into(),
            received_at: at(n as i64),
            body: "{\"message\":\"".repeat(40).into(),
        }],
        events: vec![EventRow {
            id: id(n),
            workspace,
            call,
            message: id(n),
            kind: "call.ended".into(),
            at: at(n as i64),
            detail: Bytes::from_static(b"{\"settled\":true}"),
        }],
        runs: vec![run(n, call)],
        ..Unit::default()
    }
}

/// Run `n` goes from `expect` to `status` and writes entry `expect`.
pub fn advance(lease: &Lease, n: u64, expect: u64, status: Status) -> Unit {
    Unit {
        lease: Some(lease.clone()),
        advanced: vec![RunAdvance {
            id: id(n),
            expect,
            status,
            destination: None,
            state: format!("{{\"run\":{n},\"step\":{expect}}}").into(),
            error: (status == Status::Failed).then(|| "http_status: 500".into()),
            updated_at: at(n as i64 + expect as i64),
            due_at: (status == Status::Waiting).then(|| at(9000)),
        }],
        entries: vec![EntryRow {
            run: id(n),
            number: expect as u32,
            body: "{\"entry\":1}".into(),
        }],
        ..Unit::default()
    }
}

/// The hold of a node that owns everything. Its lease runs out at once: the next node to attend takes over.
pub async fn own(store: &Shared) -> Lease {
    own_as(store, "node").await
}

pub async fn own_as(store: &Shared, node: &str) -> Lease {
    let roster = attend(store, node, Duration::ZERO, &Parts::all()).await;
    assert_eq!(roster.mine, Parts::all(), "{node} owns everything");
    lease(node, &roster)
}

pub async fn attend(store: &Shared, node: &str, ttl: Duration, wanted: &Parts) -> Roster {
    store.attend(node, ttl, wanted).await.unwrap()
}

pub fn lease(node: &str, roster: &Roster) -> Lease {
    Lease {
        node: node.into(),
        epoch: roster.epochs[0],
    }
}

#[track_caller]
pub fn commit(store: &Shared, unit: Unit) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    let store = store.clone();
    async move {
        let committed = store.commit(unit).await.unwrap();
        assert_eq!(committed, Committed::Durable, "committed at {caller}");
    }
}
