//! `file.fetch` and `storage.put`: real files in a folder, real buckets of a storage that speaks S3, and what goes wrong there.

mod buckets;
mod fetching;
mod folder;

use crate::receiver::{Act, Receiver, bytes};
use crate::world::{Workspace, closed, completed, failure, nets, open, secret, step};
use actions::{Actions, Config, World};
use kernel::run::{Outcome, Perform, Retriable};
use lab::Buckets;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A world that may reach this machine and keeps files here.
fn keeping(files: &Path) -> World {
    World::new(Config {
        allowed: nets(&["127.0.0.0/8"]),
        files: Some(files.to_owned()),
        ..Config::default()
    })
}

fn folder() -> Workspace {
    let fields = json!({ "folder": "calls", "public_url": "https://files.example.com/calls/" });
    Workspace::connected("Files", "directory", fields)
}

fn bucket(storage: &Buckets, more: Value) -> Workspace {
    let (id, key) = &storage.key;
    let mut fields = json!({
        "endpoint": storage.url(), "bucket": "recordings", "prefix": "calls/2026", "access_key": id, "secret_key": key,
    });
    for (name, value) in more.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Workspace::connected("Bucket", "s3", fields)
}

async fn put(world: &World, workspace: &Workspace, with: Value) -> Outcome {
    world.perform(&step("storage.put", with), workspace).await
}

async fn fetch(world: &World, workspace: &Workspace, with: Value) -> Outcome {
    world.perform(&step("file.fetch", with), workspace).await
}

const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
