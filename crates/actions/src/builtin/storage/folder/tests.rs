//! Files on a real disk: whole, in their place, and through no link.

use super::*;
use std::fs;
use std::os::unix::fs::symlink;

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// Every file below a directory, with what it holds.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() && !path.is_symlink() {
            true => found.extend(files(&path)),
            false => found.push((
                path.file_name().unwrap().to_string_lossy().into_owned(),
                fs::read_to_string(&path).unwrap_or_default(),
            )),
        }
    }
    found.sort();
    found
}

#[test]
fn a_file_is_there_whole_under_its_name_and_replaces_an_older_one() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("files");
    for text in ["first", "second"] {
        put(&root, &name("calls/2026/a.txt"), text.as_bytes(), "k1", 1).unwrap();
    }
    assert_eq!(
        fs::read_to_string(root.join("calls/2026/a.txt")).unwrap(),
        "second"
    );
    assert_eq!(files(home.path()).len(), 1);
}

#[test]
fn what_a_killed_attempt_left_is_no_hindrance_and_goes() {
    let home = tempfile::tempdir().unwrap();
    for (attempt, left) in [(1, ".k1a1.part"), (2, ".k1a1.part"), (3, ".k1a2.part")] {
        fs::write(home.path().join(left), "half").unwrap();
        put(home.path(), &name("a.txt"), b"whole", "k1", attempt).unwrap();
        assert_eq!(
            files(home.path()),
            [("a.txt".to_owned(), "whole".to_owned())]
        );
    }
}

#[test]
fn an_attempt_writes_into_no_draft_of_another() {
    let home = tempfile::tempdir().unwrap();
    let at = open(home.path()).unwrap();
    let mut slow = File::create(home.path().join(".k1a1.part")).unwrap();
    put(home.path(), &name("a.txt"), b"second", "k1", 2).unwrap();
    slow.write_all(b"first").unwrap();
    assert!(renameat(&at, ".k1a1.part", &at, "a.txt").is_err());
    assert_eq!(
        files(home.path()),
        [("a.txt".to_owned(), "second".to_owned())]
    );
}

#[test]
fn nothing_is_written_through_a_link() {
    let (home, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(outside.path().join("precious"), "mine").unwrap();
    symlink(outside.path(), home.path().join("calls")).unwrap();
    let refused = put(home.path(), &name("calls/a.txt"), b"x", "k1", 1).unwrap_err();
    assert!(
        refused.message.contains("through links") && !refused.passes,
        "{refused:?}"
    );
    // A link in the file's own place is replaced, and what it points to is not touched.
    symlink(outside.path().join("precious"), home.path().join("b.txt")).unwrap();
    put(home.path(), &name("b.txt"), b"new", "k1", 1).unwrap();
    assert!(!home.path().join("b.txt").is_symlink());
    // Nor is a link in the place of the draft followed.
    symlink(
        outside.path().join("precious"),
        home.path().join(".k1.part"),
    )
    .unwrap();
    put(home.path(), &name("c.txt"), b"new", "k1", 1).unwrap();
    assert_eq!(
        files(outside.path()),
        [("precious".to_owned(), "mine".to_owned())]
    );
}

#[test]
fn what_is_in_the_way_is_said() {
    let home = tempfile::tempdir().unwrap();
    put(home.path(), &name("a/b"), b"x", "k1", 1).unwrap();
    let message = |path| {
        put(home.path(), &name(path), b"x", "k1", 1)
            .unwrap_err()
            .message
    };
    assert!(message("a").contains("a folder of this name"));
    assert!(message("a/b/c").contains("a link or a file"));
    assert_eq!(files(home.path()).len(), 1);
}

#[test]
fn a_trial_leaves_no_file() {
    let home = tempfile::tempdir().unwrap();
    probe(home.path(), &name("calls"), "trial").unwrap();
    assert!(files(home.path()).is_empty() && home.path().join("calls").is_dir());
}
