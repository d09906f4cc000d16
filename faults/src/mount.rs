//! A small file system in memory, to fill up. It is unmounted with its owner. Mounting takes root.

use anyhow::{Context, ensure};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Small {
    dir: tempfile::TempDir,
}

impl Small {
    pub fn mount(megabytes: u32) -> anyhow::Result<Self> {
        let dir = tempfile::Builder::new()
            .prefix("switchhook-small-")
            .tempdir()?;
        let size = format!("size={megabytes}m,mode=0755");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(dir.path())
            .output()
            .context("mount")?;
        let why = String::from_utf8_lossy(&mounted.stderr).trim().to_owned();
        ensure!(mounted.status.success(), "{why}");
        Ok(Self { dir })
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    fn ballast(&self) -> PathBuf {
        self.dir.path().join("ballast")
    }

    /// Takes all of its space but this.
    pub fn fill(&self, but_megabytes: u64) -> anyhow::Result<()> {
        let mut file = File::create(self.ballast())?;
        let mut taken = 0u64;
        while file.write_all(&[7; 1 << 20]).is_ok() {
            taken += 1 << 20;
        }
        file.set_len(taken.saturating_sub(but_megabytes << 20))?;
        Ok(())
    }

    /// Gives back what `fill` took.
    pub fn free(&self) -> anyhow::Result<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Lazily: a process that is being killed may still hold a file.
        let _ = Command::new("umount")
            .arg("-l")
            .arg(self.dir.path())
            .status();
    }
}
