//! A real calendar server for tests (Radicale), with one user, and the events that are in its calendars. It ends with whoever
//! asked for it, and so do its files. Python and its packages stand in `.dev/python`, made on first use.

use crate::python;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

pub struct CalendarServer {
    pub port: u16,
    child: Child,
    folder: TempDir,
}

impl CalendarServer {
    pub const USER: &str = "ada";

    /// With these calendars: the name in their address, and the one that people see.
    pub fn start(password: &str, calendars: &[(&str, &str)]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut described = json!({});
        for (name, displayname) in calendars {
            described[*name] = json!({ "displayname": displayname });
        }
        let options = json!({
            "folder": folder.path(), "user": Self::USER, "password": password, "calendars": described,
        });
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/calendar/server.py");
        let mut child = Command::new(python::interpreter()?)
            .args([script, &options.to_string()])
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .context("the calendar server does not start")?;
        let output = child.stdout.take().context("it has an output")?;
        let mut first = String::new();
        BufReader::new(output).read_line(&mut first)?;
        let first: Value = serde_json::from_str(&first).unwrap_or_default();
        let Some(port) = first["port"].as_u64() else {
            let _ = child.kill();
            let _ = child.wait();
            bail!("the calendar server said nothing: its output is above");
        };
        Ok(Self {
            port: u16::try_from(port)?,
            child,
            folder,
        })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The events of a calendar by the names of their files, as they are kept.
    pub fn events(&self, calendar: &str) -> Result<Vec<(String, String)>> {
        let mut events = Vec::new();
        for entry in std::fs::read_dir(self.calendar(calendar))? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "ics") {
                let name = path.file_name().unwrap_or_default();
                events.push((
                    name.to_string_lossy().into_owned(),
                    std::fs::read_to_string(&path)?,
                ));
            }
        }
        events.sort();
        Ok(events)
    }

    /// Puts an event where it is, as another program would have.
    pub fn put(&self, calendar: &str, name: &str, event: &str) -> Result<()> {
        Ok(std::fs::write(self.calendar(calendar).join(name), event)?)
    }

    /// It goes away; what is in its calendars stays until the end.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn calendar(&self, name: &str) -> PathBuf {
        let root = self.folder.path().join("collections/collection-root");
        root.join(Self::USER).join(name)
    }
}

impl Drop for CalendarServer {
    fn drop(&mut self) {
        self.stop();
    }
}
