//! Facts about the keys of calls and messages.
#![allow(clippy::unwrap_used)]

use calls::{call_key, dedupe_hash, part};
use kernel::id::WorkspaceId;

#[test]
fn a_call_is_its_workspace_provider_and_id_and_no_other_split_of_them() {
    let workspace = WorkspaceId::new(1, 2, [3; 16]);
    let key = call_key(workspace, "vapi", "c-1");
    assert_eq!(key, call_key(workspace, "vapi", "c-1"));
    for other in [
        call_key(workspace, "vapic", "-1"),
        call_key(workspace, "vapi", "c-2"),
        call_key(WorkspaceId::new(1, 2, [4; 16]), "vapi", "c-1"),
    ] {
        assert_ne!(key, other);
    }
    assert_ne!(dedupe_hash("ab", "c"), dedupe_hash("a", "bc"));
}

#[test]
fn keys_never_change_between_versions() {
    let key = call_key(WorkspaceId::from_bytes([7; 16]), "custom", "c-123");
    assert_eq!(hex(&key), "2e9b8cd3ef8a2fc9d7fed7aaa37972ad");
    assert_eq!(dedupe_hash("", "evt-1"), 0x0e6327d9da60ab0a);
}

#[test]
fn calls_spread_over_all_partitions() {
    let workspace = WorkspaceId::from_bytes([7; 16]);
    let parts: std::collections::BTreeSet<u16> = (0..20_000)
        .map(|i| part(call_key(workspace, "custom", &i.to_string())))
        .collect();
    assert_eq!(parts.len(), 1024);
    assert_eq!(parts.last(), Some(&1023));
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
