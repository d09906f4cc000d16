//! The seal key: from the environment or a file, else made once in the data directory. A database sealed with another key is refused.

use anyhow::{Context, bail};
use engine::vault::Vault;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use store::Store;
use store::catalog::{Document, Kind, Put};

const CHECK: &[u8] = b"switchhook seal key check";
const PLACE: &[u8] = b"seal check";
pub const CHECK_ID: [u8; 16] = *b"seal-key-check-1";

/// Reads the key that was given, or the one in `data`; makes one there when there is none and nothing `is_sealed` yet.
pub fn key(
    given: Option<&str>,
    file: Option<&Path>,
    data: &Path,
    is_sealed: bool,
) -> anyhow::Result<[u8; 32]> {
    if let Some(text) = given {
        return parse(text).context("SWITCHHOOK_SEAL_KEY");
    }
    let path = file.map_or_else(|| data.join("seal.key"), Path::to_owned);
    if !path.exists() && file.is_none() {
        if is_sealed {
            bail!(
                "the key that seals this database's secrets is missing: put it into {} (chmod 600), or give SWITCHHOOK_SEAL_KEY_FILE",
                path.display()
            );
        }
        create(&path)?;
    }
    let mode = fs::metadata(&path)
        .with_context(|| format!("the seal key file {} cannot be read", path.display()))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        bail!(
            "the seal key file {} can be read by others: run `chmod 600 {}`",
            path.display(),
            path.display()
        );
    }
    let text = fs::read_to_string(&path)
        .with_context(|| format!("the seal key file {} cannot be read", path.display()))?;
    parse(text.trim()).with_context(|| format!("the seal key file {}", path.display()))
}

fn parse(text: &str) -> anyhow::Result<[u8; 32]> {
    let bytes: Option<Vec<u8>> = (0..text.len() / 2)
        .map(|at| u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    match bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
        Some(key) if text.len() == 64 => Ok(key),
        _ => bail!(
            "a seal key is 64 hexadecimal digits (32 bytes), this has {} characters",
            text.chars().count()
        ),
    }
}

fn create(path: &Path) -> anyhow::Result<()> {
    let text: String = engine::vault::new_key()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    Ok(())
}

/// Whether a key has sealed secrets in this store.
pub async fn is_sealed(store: &dyn Store) -> anyhow::Result<bool> {
    Ok(store.get(Kind::Setting, CHECK_ID).await?.is_some())
}

/// Refuses a store whose secrets were sealed with another key; marks a new store with this one.
pub async fn check(store: &dyn Store, vault: &Vault, now: kernel::Timestamp) -> anyhow::Result<()> {
    if let Some(document) = store.get(Kind::Setting, CHECK_ID).await? {
        return opens(vault, &document);
    }
    let document = Document {
        kind: Kind::Setting,
        id: CHECK_ID,
        workspace: kernel::id::WorkspaceId::from_bytes([0; 16]),
        version: 1,
        name: "seal key check".into(),
        alias: None,
        enabled: true,
        created_at: now,
        updated_at: now,
        body: vault.seal(CHECK, PLACE).into(),
    };
    match store.put(document, 0).await? {
        Put::Saved => Ok(()),
        // Another node has started at the same time.
        Put::Conflict(_) | Put::Taken => match store.get(Kind::Setting, CHECK_ID).await? {
            Some(document) => opens(vault, &document),
            None => bail!("the seal key's check value could not be kept: try again"),
        },
    }
}

fn opens(vault: &Vault, document: &Document) -> anyhow::Result<()> {
    match vault.open(&document.body, PLACE) {
        Ok(plain) if plain.as_slice() == CHECK => Ok(()),
        _ => bail!(
            "the secrets in this database were sealed with another seal key: start with that key (SWITCHHOOK_SEAL_KEY, or seal.key in the data directory)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let dir = tempfile::tempdir().expect("a directory");
        let first = key(None, None, dir.path(), false).expect("a key is made");
        assert_eq!(
            key(None, None, dir.path(), false).expect("the key is read"),
            first
        );
        let path = dir.path().join("seal.key");
        let lost = key(None, None, &dir.path().join("lost"), true).expect_err("no key");
        assert!(lost.to_string().contains("missing"), "{lost}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("chmod");
        assert!(
            key(None, None, dir.path(), false)
                .expect_err("world-readable")
                .to_string()
                .contains("chmod 600")
        );
    }

    #[test]
    fn a_key_of_the_wrong_shape_is_refused() {
        for text in [
            "",
            "00",
            &"zz".repeat(32),
            &"0".repeat(63),
            &"0".repeat(66),
            &"é".repeat(32),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert_eq!(parse(&"0f".repeat(32)).ok(), Some([15; 32]));
    }
}
