//! What differs is found; what is at work or would mix is refused; no password is repeated.

use super::*;
use kernel::Timestamp;
use store::Catalog;
use store::catalog::Kind;

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_was_changed_by_hand_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, _) = filled(&first).await;
    let (there, back) = (database().await, Directory(dir.path().join("back")));
    done(migrate(&source, &there));
    done(migrate(&source, &back));
    let damaged = async |target: &Place, what: &str| {
        let mut command = migrate(&source, target);
        command.arg("--verify-only");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(told["verified"], false);
        assert!(told["differences"].to_string().contains(what), "{told:#}");
    };
    let Database(url) = &there else {
        unreachable!()
    };
    lab::sql(url, "UPDATE entries SET body = '\\x00' WHERE (run, number) = (SELECT run, number FROM entries LIMIT 1)").unwrap();
    damaged(&there, "entries: run_").await;
    let Directory(path) = &back else {
        unreachable!()
    };
    let store = store_sqlite::Sqlite::open(path).unwrap();
    let keys = store.list(None, Kind::Secret, None, 1).await.unwrap();
    store
        .delete(Kind::Secret, keys[0].id, Timestamp::now())
        .await
        .unwrap();
    drop(store);
    damaged(&back, "documents: kind 5 id").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_work_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let first = dir.path().join("first");
    let (source, target) = (Directory(first.clone()), database().await);
    let mut server = source.start(&first);
    let empty = Directory(dir.path().join("empty"));
    refused(migrate(&source, &target), "stop its server");
    server.stop();
    done(migrate(&source, &target));
    let mut server = target.start(&first);
    refused(migrate(&target, &empty), "stop all of them");
    server.stop();
    done(migrate(&target, &empty));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_mix_two_installations_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (first, other) = (dir.path().join("first"), dir.path().join("other"));
    let (source, _) = filled(&first).await;
    let elsewhere = Directory(other.clone());
    elsewhere.start(&other).stop();
    refused(migrate(&source, &elsewhere), "is not empty");
    refused(migrate(&source, &source), "the same place");
    refused(
        migrate(&Directory(dir.path().join("none")), &source),
        "no database in",
    );
    assert!(!dir.path().join("none").exists());

    let half = database().await;
    let begun = |from: &Place, to: &Place| {
        let mut begun = migrate(from, to);
        begun.env("SWITCHHOOK_CRASH_AT", "before_commit:9");
        assert_eq!(begun.output().unwrap().status.code(), None);
    };
    begun(&source, &half);
    refused(migrate(&elsewhere, &half), "from another place");
    refused(
        migrate(&half, &Directory(dir.path().join("new"))),
        "half of a migration itself",
    );
    let mut server = source.start(&first);
    server.send(&ended("one-more")).await;
    server.stop();
    refused(migrate(&source, &half), "was at work since");
}

#[test]
fn a_password_is_never_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let away = Database("postgres://me:s3cret@127.0.0.1:1/db".into());
    let said = refused(
        migrate(&away, &Directory(dir.path().join("to"))),
        "postgres://me:***@127.0.0.1:1/db",
    );
    assert!(!said.contains("s3cret"), "{said}");
    let mut misused = migrate(&Database("mysql://me:s3cret@h".into()), &away);
    let output = misused.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("s3cret"));
}
