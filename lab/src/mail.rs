//! A real mail server for tests (aiosmtpd), and the mails that came. It ends with whoever asked for it. Python and its packages
//! stand in `.dev/python`, made on first use.

use crate::python;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// This process is the mail server from here on, so that whoever kills it ends the server; or why it cannot be.
pub fn become_mail_server(options: &str) -> anyhow::Error {
    match command(options) {
        Ok(mut command) => command.exec().into(),
        Err(error) => error,
    }
}

fn command(options: &str) -> Result<Command> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/mail/server.py");
    let mut command = Command::new(python::interpreter()?);
    command.args([script, options]);
    Ok(command)
}

pub struct MailServer {
    pub port: u16,
    child: Child,
    came: Arc<(Mutex<Vec<Value>>, Condvar)>,
}

impl MailServer {
    /// With the options that `lab/mail/server.py` names.
    pub fn start(options: &Value) -> Result<Self> {
        let mut child = command(&options.to_string())?
            .stdout(Stdio::piped())
            .stdin(Stdio::null())
            .spawn()
            .context("the mail server does not start")?;
        let output = child.stdout.take().context("it has an output")?;
        let mut lines = BufReader::new(output).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        let first: Value = serde_json::from_str(&first).unwrap_or_default();
        let Some(port) = first["port"].as_u64() else {
            let _ = child.kill();
            bail!("the mail server said nothing: its output is above");
        };
        let came = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let desk = came.clone();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if let Ok(mail) = serde_json::from_str(&line) {
                    desk.0
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(mail);
                    desk.1.notify_all();
                }
            }
        });
        Ok(Self {
            port: u16::try_from(port)?,
            child,
            came,
        })
    }

    /// The mails that came, once there are so many.
    pub fn mails(&self, count: usize) -> Vec<Value> {
        let came = self.came.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .came
            .1
            .wait_timeout_while(came, PATIENCE, |came| came.len() < count);
        let (came, _) = waited.unwrap_or_else(PoisonError::into_inner);
        came.clone()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
