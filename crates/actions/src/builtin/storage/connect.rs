//! Where a connection leads: the folder or bucket that it names, what is wrong with it on save, and a trial.

use super::super::Call;
use super::bucket::{self, Bucket};
use super::folder;
use super::name::Name;
use crate::connection::Connection;
use crate::failure::{Code, Fault};
use kernel::Problem;
use serde_json::{Map, Value};
use std::path::PathBuf;
use tokio::time::timeout_at;

/// The workspace's directory for files, and the connection's folder below it.
pub(super) fn place(connection: &Connection, call: &Call<'_>) -> Result<(PathBuf, Name), Fault> {
    let root = call.directory()?;
    let folder = folder_of(connection, "folder")?;
    let folder =
        folder.ok_or_else(|| Code::StorageRefused.because("the connection names no folder"))?;
    Ok((root, folder))
}

pub(super) fn folder_of(connection: &Connection, field: &str) -> Result<Option<Name>, Fault> {
    match connection.text(field).trim_end_matches('/') {
        "" => Ok(None),
        folder => Name::parse(folder)
            .map(Some)
            .map_err(|why| Code::StorageRefused.because(why)),
    }
}

pub(crate) fn check_folder(settings: &Map<String, Value>, field: &str) -> Option<Problem> {
    let folder = settings.get(field)?.as_str()?;
    let wrong = Name::parse(folder.trim_end_matches('/')).err()?;
    Some(Problem::new(format!("/{field}"), wrong))
}

pub(crate) fn check_url(settings: &Map<String, Value>, field: &str) -> Option<Problem> {
    let wrong = crate::guard::target(settings.get(field)?.as_str()?).err()?;
    Some(Problem::new(format!("/{field}"), wrong.message))
}

pub(crate) fn check_bucket(settings: &Map<String, Value>) -> Vec<Problem> {
    let text = |field: &str| {
        settings
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let plain = |text: &str| {
        text.bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || b"-._".contains(&sign))
    };
    let mut problems = Vec::new();
    let (bucket, region) = (text("bucket"), text("region"));
    if !plain(bucket) || bucket.starts_with('.') || !(1..=255).contains(&bucket.len()) {
        problems.push(Problem::new(
            "/bucket",
            "is the name of a bucket: letters, digits, `-`, `.` and `_`",
        ));
    }
    if !plain(region) {
        problems.push(Problem::new(
            "/region",
            "is the name of a region, such as eu-central-1",
        ));
    }
    if problems.is_empty() {
        let path_style = text("path_style") != "no";
        let wrong = bucket::address(
            text("endpoint"),
            if region.is_empty() {
                "us-east-1"
            } else {
                region
            },
            bucket,
            path_style,
        );
        problems.extend(wrong.err().map(|why| Problem::new("/endpoint", why)));
    }
    problems
}

/// Writes nothing that stays.
pub(crate) async fn try_folder(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let (root, folder) = place(connection, call)?;
    let (name, key) = (folder.as_str().to_owned(), call.perform.key.clone());
    let probing = tokio::task::spawn_blocking(move || folder::probe(&root, &folder, &key));
    match timeout_at(call.deadline, probing).await {
        Ok(Ok(Ok(()))) => Ok(format!(
            "files can be written to `{name}` below the server's directory for files"
        )),
        Ok(Ok(Err(trouble))) => Err(Code::StorageRefused.because(trouble.message)),
        _ => Err(Code::Timeout.because("the directory did not answer in time")),
    }
}

/// Asks for the name of one file.
pub(crate) async fn try_bucket(connection: &Connection, call: &Call<'_>) -> Result<String, Fault> {
    let bucket = Bucket::of(connection)?;
    let draft = bucket.list(call)?;
    bucket::verdict(&bucket, call.http.send(draft, call).await.result)
}
