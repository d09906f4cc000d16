//! A cluster comes up, keeps what it was told, and ends with its owner.
#![allow(clippy::unwrap_used)]

use lab::{Cluster, Mode, Options, sql};
use std::path::Path;
use tempfile::TempDir;

fn started() -> (TempDir, Cluster) {
    let dir = tempfile::tempdir().unwrap();
    let cluster = Cluster::start_with(&dir.path().join("data"), Options::for_tests()).unwrap();
    (dir, cluster)
}

/// Every process of a server works in its directory.
fn processes_in(dir: &Path) -> usize {
    let dir = dir.canonicalize().unwrap();
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    all.filter(|entry| std::fs::read_link(entry.path().join("cwd")).is_ok_and(|cwd| cwd == dir))
        .count()
}

#[test]
fn a_cluster_is_durable_unless_told_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(dir.path()).unwrap();
    let url = cluster.url("postgres");
    assert_eq!(sql(&url, "SHOW fsync").unwrap(), "on");
    assert_eq!(sql(&url, "SHOW synchronous_commit").unwrap(), "on");
    let (_dir, hasty) = started();
    assert_eq!(sql(&hasty.url("postgres"), "SHOW fsync").unwrap(), "off");
}

#[test]
fn every_end_keeps_what_was_committed_and_the_address() {
    let (_dir, mut cluster) = started();
    let url = cluster.create("kept").unwrap();
    sql(&url, "CREATE TABLE ends (n int)").unwrap();
    for mode in [Mode::Fast, Mode::Immediate, Mode::Kill] {
        sql(&url, "INSERT INTO ends VALUES (1)").unwrap();
        let before = cluster.pid();
        cluster.restart(mode).unwrap();
        assert_ne!(cluster.pid(), before);
        assert_eq!(cluster.url("kept"), url);
    }
    assert_eq!(sql(&url, "SELECT count(*) FROM ends").unwrap(), "3");
}

#[test]
fn a_stopped_cluster_answers_nobody_and_starts_again() {
    let (_dir, mut cluster) = started();
    let url = cluster.url("postgres");
    assert!(cluster.start_again().is_err(), "it runs");
    cluster.stop(Mode::Fast).unwrap();
    cluster.stop(Mode::Fast).unwrap();
    assert_eq!(cluster.pid(), None);
    assert!(sql(&url, "SELECT 1").is_err());
    cluster.start_again().unwrap();
    assert_eq!(sql(&url, "SELECT 1").unwrap(), "1");
}

#[test]
fn a_database_is_made_anew() {
    let (_dir, cluster) = started();
    let url = cluster.create("again").unwrap();
    sql(&url, "CREATE TABLE old (n int)").unwrap();
    assert_eq!(cluster.create("again").unwrap(), url);
    assert!(sql(&url, "SELECT n FROM old").is_err());
}

#[test]
fn nothing_is_left_running_after_drop_even_when_it_was_frozen() {
    let (dir, cluster) = started();
    let data = dir.path().join("data");
    assert!(processes_in(&data) > 1);
    let pid = cluster.pid().unwrap();
    let frozen = std::process::Command::new("sh")
        .args(["-c", &format!("kill -STOP {pid}")])
        .status();
    assert!(frozen.unwrap().success());
    drop(cluster);
    assert_eq!(processes_in(&data), 0);
}

#[test]
fn a_setting_that_is_wrong_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let fault = Cluster::start_with(dir.path(), Options::set(&["fsink=off"])).unwrap_err();
    assert!(fault.to_string().contains("fsink"), "{fault}");
}

#[test]
fn what_is_no_cluster_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("mine"), "").unwrap();
    assert!(Cluster::start(dir.path()).is_err());
    assert!(lab::remove(dir.path()).is_err());
    assert!(dir.path().join("mine").exists());
}

#[test]
fn a_cluster_that_was_left_goes_on_until_it_is_removed() {
    let (dir, cluster) = started();
    let data = dir.path().join("data");
    let url = cluster.url("postgres");
    cluster.leave();
    assert_eq!(sql(&url, "SELECT 1").unwrap(), "1");
    lab::remove(&data).unwrap();
    assert!(sql(&url, "SELECT 1").is_err());
    assert!(!data.exists());
}
