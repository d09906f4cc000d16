//! What several of these tests need: a request without ceremony, a fixed clock, and the folder of shared facts where there is one.

use kernel::Timestamp;
use providers::{Answer, Provider, Reply, Request, find};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn now() -> Timestamp {
    Timestamp::from_second(1_763_642_000).unwrap()
}

pub fn provider(name: &str) -> &'static dyn Provider {
    find(name).unwrap()
}

pub fn headers(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(name, value): &(&str, &str)| (name.to_string(), value.to_string());
    pairs.iter().map(owned).collect()
}

pub fn post<'a>(headers: &'a [(String, String)], body: &'a [u8]) -> Request<'a> {
    Request {
        method: "POST",
        url: "https://hooks.example.com/v1/in/abc",
        headers,
        body,
    }
}

pub fn read(name: &str, body: &Value) -> Result<Vec<calls::Observation>, providers::Unreadable> {
    provider(name).read(&post(&[], body.to_string().as_bytes()))
}

pub fn reply(name: &str, body: &Value, results: Vec<Option<Value>>) -> Reply {
    let bytes = body.to_string();
    let request = post(&[], bytes.as_bytes());
    let observations = provider(name).read(&request).unwrap_or_default();
    provider(name).reply(&request, &observations, &Answer { results })
}

/// The folder of shared facts about a platform; `None`, said aloud, where this machine has none.
pub fn facts(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("SWITCHHOOK_SHARED").map_or(beside, PathBuf::from);
    let folder = shared.join("providers").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there are no shared facts at {}", folder.display());
    None
}

pub fn json_file(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
