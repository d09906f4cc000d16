//! Python with the packages that tests need, in `.dev/python` of the checkout: made once, by whoever comes first.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 2] = ["aiosmtpd==1.4.6", "radicale==3.9.0"];

pub fn interpreter() -> Result<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(".dev");
    std::fs::create_dir_all(&root)?;
    let (home, done) = (root.join("python"), root.join("python/packages"));
    let python = home.join("bin/python");
    let lock = File::create(root.join("python.lock"))?;
    lock.lock()?;
    let wanted = PACKAGES.join("\n");
    if std::fs::read_to_string(&done).is_ok_and(|there| there == wanted) {
        return Ok(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&home)
        .output();
    let made = made.context("tests of mail and calendars need python3")?;
    if !made.status.success() {
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        bail!(
            "tests of mail and calendars need python3 with venv (Debian: apt-get install python3-venv): {said}"
        );
    }
    let installed = Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(PACKAGES)
        .output()?;
    if !installed.status.success() {
        bail!(
            "{} cannot be installed: {}",
            wanted,
            String::from_utf8_lossy(&installed.stderr)
        );
    }
    std::fs::write(&done, wanted)?;
    Ok(python)
}
