//! The database goes away and comes back: meanwhile everybody is told so soon, afterwards everything goes on by itself.
#![allow(clippy::unwrap_used)]

mod world;

use kernel::Timestamp;
use kernel::id::{CallId, RunId, WorkspaceId};
use lab::{Cluster, Mode, Options};
use std::time::{Duration, Instant};
use store::archive::{Page, RunFilter};
use store::catalog::Kind;
use store::journal::{Committed, Hint, Timer, TimerKind, Unit};
use store::{Archive, Catalog, Error, Journal, Parts};
use store_postgres::Postgres;
use tempfile::TempDir;

/// Longer than any answer may take while the server refuses connections.
const PROMPT: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(60);

struct World {
    cluster: Cluster,
    store: Postgres,
    url: String,
    _directory: TempDir,
}

async fn world() -> World {
    let directory = tempfile::tempdir_in("/var/tmp").unwrap();
    let cluster =
        Cluster::start_with(&directory.path().join("data"), Options::for_tests()).unwrap();
    let url = cluster.create("outage").unwrap();
    World {
        store: world::open(&url).await,
        cluster,
        url,
        _directory: directory,
    }
}

fn timer(n: u8) -> Unit {
    Unit {
        set_timers: vec![Timer {
            part: 1,
            due_at: Timestamp::UNIX_EPOCH,
            kind: TimerKind::CallGrace,
            subject: [n; 16],
        }],
        ..Unit::default()
    }
}

async fn timers(store: &Postgres) -> usize {
    let due = store.due(&Parts::all(), Timestamp::UNIX_EPOCH, 99).await;
    due.unwrap().timers.len()
}

#[track_caller]
fn unavailable<T>(answer: store::Result<T>) {
    let caller = std::panic::Location::caller();
    let error = answer
        .err()
        .unwrap_or_else(|| panic!("it was done: {caller}"));
    assert!(
        matches!(error, Error::Unavailable(_)),
        "{error} at {caller}"
    );
}

/// Asks for everything once; how long the slowest answer took.
async fn every_operation_is_unavailable(store: &Postgres) -> Duration {
    let mut slowest = Duration::ZERO;
    macro_rules! refused {
        ($($operation:expr;)*) => {$(
            let start = Instant::now();
            unavailable($operation.await);
            slowest = slowest.max(start.elapsed());
        )*};
    }
    let call = CallId::new(1, 1, [1; 16]);
    let page = Page {
        before: None,
        limit: 9,
    };
    let ttl = Duration::from_secs(9);
    refused! {
        store.commit(timer(99));
        store.attend("node", ttl, &Parts::all());
        store.leave("node");
        store.call([1; 16]);
        store.run(call.cast());
        store.ready(&Parts::all(), None, 9);
        store.due(&Parts::all(), Timestamp::UNIX_EPOCH, 9);
        store.list(None, Kind::Flow, None, 9);
        store.delete(Kind::Flow, [1; 16], Timestamp::UNIX_EPOCH);
        store.generation(WorkspaceId::new(1, 1, [1; 16]));
        store.runs(&RunFilter::default(), page);
        store.counts(None);
        store.prune(&[], Timestamp::UNIX_EPOCH);
        store.forget(call);
    }
    slowest
}

/// Commits until it is done.
async fn goes_on(store: &Postgres, unit: Unit) {
    let start = Instant::now();
    loop {
        match store.commit(unit.clone()).await {
            Ok(committed) => return assert_eq!(committed, Committed::Durable),
            Err(error) => assert!(start.elapsed() < PATIENCE, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn hints_are_heard(from: &Postgres, to: &Postgres) {
    let mut heard = to.hear();
    let hint = Hint::Ready(RunId::new(1, 2, [3; 16]));
    let start = Instant::now();
    loop {
        from.tell(vec![hint.clone()]);
        let told = tokio::time::timeout(Duration::from_millis(200), heard.recv()).await;
        if let Ok(Ok(told)) = told {
            return assert_eq!(told, hint);
        }
        assert!(start.elapsed() < PATIENCE, "no hint is heard");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_database_is_survived_without_one_of_ours() {
    let mut world = world().await;
    let other = world::open(&world.url).await;
    hints_are_heard(&world.store, &other).await;
    for (n, mode) in [(1, Mode::Fast), (2, Mode::Immediate), (3, Mode::Kill)] {
        goes_on(&world.store, timer(n)).await;
        world.cluster.stop(mode).unwrap();
        for _ in 0..2 {
            let slowest = every_operation_is_unavailable(&world.store).await;
            assert!(slowest < PROMPT, "the slowest answer took {slowest:?}");
        }
        world.cluster.start_again().unwrap();
        goes_on(&world.store, timer(10 + n)).await;
        assert_eq!(timers(&world.store).await, 2 * usize::from(n));
        hints_are_heard(&world.store, &other).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_only_reads_for_a_while_is_written_to_afterwards() {
    let world = world().await;
    let read_only = |value: &str| {
        let database = world.cluster.url("outage");
        lab::sql(
            &database,
            &format!("ALTER SYSTEM SET default_transaction_read_only = {value}"),
        )
        .unwrap();
        lab::sql(&database, "SELECT pg_reload_conf()").unwrap();
    };
    goes_on(&world.store, timer(1)).await;
    read_only("on");
    let start = Instant::now();
    while world.store.commit(timer(2)).await.is_ok() {
        assert!(start.elapsed() < PATIENCE, "it never reads only");
    }
    unavailable(world.store.commit(timer(2)).await);
    assert!(timers(&world.store).await > 0);
    read_only("off");
    goes_on(&world.store, timer(3)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_written_to_again_once_there_is_room() {
    let url = lab::database();
    let store = world::open(&url).await;
    goes_on(&store, timer(1)).await;
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON timers EXECUTE FUNCTION full_disk()";
    lab::sql(&url, full).unwrap();
    for n in 2..5 {
        unavailable(store.commit(timer(n)).await);
    }
    lab::sql(&url, "DROP TRIGGER full_disk ON timers").unwrap();
    goes_on(&store, timer(5)).await;
    assert_eq!(timers(&store).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_error_tells_the_password() {
    let url = "postgres://switchhook:s3cret@127.0.0.1:1/none";
    let options = store_postgres::Options {
        url: url.into(),
        ca: None,
    };
    let error = Postgres::connect(&options).await.err().unwrap().to_string();
    assert!(!error.contains("s3cret"), "{error}");
}
