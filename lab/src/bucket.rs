//! A storage that speaks S3 (moto), for tests: it keeps what is put in memory, checks signatures, and ends with whoever asked
//! for it.

use crate::python;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

pub struct Buckets {
    pub port: u16,
    /// An access key that may do everything, and its secret.
    pub key: (String, String),
    child: Child,
    desk: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Buckets {
    /// With one bucket of this name.
    pub fn start(bucket: &str) -> Result<Self> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/buckets/server.py");
        let mut child = Command::new(python::interpreter()?)
            .args([script, bucket])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the storage does not start")?;
        let input = child.stdin.take().context("it has an input")?;
        let mut output = BufReader::new(child.stdout.take().context("it has an output")?);
        let first = line(&mut output).unwrap_or_default();
        let Some(port) = first["port"].as_u64() else {
            let _ = child.kill();
            bail!("the storage said nothing: its output is above");
        };
        let text = |name: &str| first[name].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            port: u16::try_from(port)?,
            key: (text("access_key"), text("secret_key")),
            child,
            desk: Mutex::new((input, output)),
        })
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What is stored under a name.
    pub fn read(&self, bucket: &str, name: &str) -> Result<Vec<u8>> {
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        let (input, output) = &mut *desk;
        writeln!(input, "{}", json!({ "bucket": bucket, "name": name }))?;
        let answer = line(output)?;
        let Some(hex) = answer["hex"].as_str() else {
            bail!("`{name}` is not there: {answer}");
        };
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16);
        Ok((0..hex.len())
            .step_by(2)
            .map(byte)
            .collect::<Result<_, _>>()?)
    }
}

fn line(output: &mut impl BufRead) -> Result<Value> {
    let mut line = String::new();
    output.read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}

impl Drop for Buckets {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
