//! Databases for tests: fresh, empty, different, and gone with the process, however it ends.
#![allow(clippy::unwrap_used)]

use lab::sql;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const CHILD: &str = "SWITCHHOOK_TEST_CHILD";

#[test]
fn each_call_gives_a_different_and_empty_database() {
    let (one, other) = (lab::database(), lab::database());
    assert_ne!(one, other);
    sql(&one, "CREATE TABLE here (n int)").unwrap();
    assert!(sql(&one, "SELECT n FROM here").is_ok());
    assert!(sql(&other, "SELECT n FROM here").is_err());
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(sql(&other, tables).unwrap(), "0");
}

/// The child: says where its cluster is and waits. Without its variable it is nobody's child.
#[test]
fn the_process_that_is_killed() {
    if std::env::var_os(CHILD).is_some() {
        let url = lab::database();
        println!("\nup {}", sql(&url, "SHOW data_directory").unwrap());
        std::io::stdin().lines().for_each(drop);
    }
}

#[test]
fn the_cluster_of_a_killed_process_ends_and_its_files_go() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["the_process_that_is_killed", "--exact", "--nocapture"])
        .env(CHILD, "1")
        .env_remove("SWITCHHOOK_TEST_POSTGRES")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let dir = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("up ").map(str::to_owned));
    let dir = dir.expect("the child has a database");
    assert!(Path::new(&dir).join("postmaster.pid").exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while Path::new(&dir).exists() {
        assert!(Instant::now() < until, "{dir} is still there");
        std::thread::sleep(Duration::from_millis(5));
    }
}
