//! How calls and messages are told apart: stable hashes, never randomness. A change here would split every known call in two.

use kernel::id::{PARTITIONS, WorkspaceId};
use sha2::{Digest, Sha256};

/// What a call is known by: workspace, provider and the provider's own id of the call.
pub fn call_key(workspace: WorkspaceId, provider: &str, provider_call_id: &str) -> [u8; 16] {
    let digest = digest(&[
        &workspace.bytes(),
        provider.as_bytes(),
        provider_call_id.as_bytes(),
    ]);
    let (key, _) = digest
        .split_first_chunk()
        .expect("a digest has 32 bytes, a key 16");
    *key
}

/// The partition in which a call and everything about it rests.
pub fn part(key: [u8; 16]) -> u16 {
    u16::from_be_bytes([key[0], key[1]]) % PARTITIONS
}

/// What a message is known by within its call: where it came in and its de-duplication key.
pub fn dedupe_hash(endpoint: &str, dedupe: &str) -> u64 {
    short(&[endpoint.as_bytes(), dedupe.as_bytes()])
}

pub(crate) fn short(parts: &[&[u8]]) -> u64 {
    let digest = digest(parts);
    let (head, _) = digest
        .split_first_chunk()
        .expect("a digest has 32 bytes, a short hash 8");
    u64::from_be_bytes(*head)
}

/// Each part goes in with its length, so that `a` + `bc` is not `ab` + `c`.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}
