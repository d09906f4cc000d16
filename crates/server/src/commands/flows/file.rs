//! One flow out of one file, JSON or YAML. Reads text and shape only: whether the flow is right is said by whoever compiles it.

use super::format::Format;
use kernel::Problem;
use kernel::flow::{complete_ids, slug};
use serde_json::Value;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What a server takes in one request.
const MAX_BYTES: u64 = 1 << 20;

/// A flow as its file says it.
#[derive(Debug, Clone)]
pub struct FlowFile {
    pub path: PathBuf,
    /// What the flow is called in every workspace: the document's `key`, else the file's name.
    pub key: String,
    /// With its key, step ids completed.
    pub document: Value,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone)]
pub struct Wrong {
    pub path: PathBuf,
    /// From 1; `None` where the place is a part of the document.
    pub line: Option<u64>,
    pub problem: Problem,
}

impl Wrong {
    pub fn at(path: &Path, line: u64, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: Some(line),
            problem: Problem::new("", message),
        }
    }

    pub fn of(path: &Path, problem: Problem) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            problem,
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        if !self.problem.path.is_empty() {
            write!(f, " {}:", self.problem.path)?;
        }
        write!(f, " {}", self.problem.message)
    }
}

/// Reads one flow.
pub fn read(path: &Path) -> Result<FlowFile, Wrong> {
    let format = Format::of(path)
        .ok_or_else(|| Wrong::at(path, 1, "a flow's file ends in .json, .yaml or .yml"))?;
    let text = text(path)?;
    let mut document = format
        .parse(&text)
        .map_err(|(line, message)| Wrong::at(path, line, message))?;
    let Some(members) = document.as_object_mut() else {
        return Err(Wrong::at(path, 1, "a flow must be an object"));
    };
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let given = members.get("key").filter(|key| !key.is_null());
    let (key, at) = match given {
        Some(Value::String(key)) => (key.clone(), "`key`"),
        Some(other) => {
            let problem = Problem::new("/key", format!("a key is a text, not `{other}`"));
            return Err(Wrong::of(path, problem));
        }
        None => (
            stem.unwrap_or_default().to_owned(),
            "a file's name (or a `key` in the file)",
        ),
    };
    if !slug::is_slug(&key) {
        let message = format!(
            "{at} must be small letters, digits and single hyphens, such as `{}`, not `{key}`",
            slug::of(&key)
        );
        return Err(Wrong::of(path, Problem::new("/key", message)));
    }
    members.insert("key".into(), key.clone().into());
    complete_ids(&mut document);
    Ok(FlowFile {
        path: path.to_owned(),
        key,
        document,
    })
}

fn text(path: &Path) -> Result<String, Wrong> {
    let failed = |error: std::io::Error| Wrong::at(path, 1, format!("cannot be read: {error}"));
    let about = fs::symlink_metadata(path).map_err(failed)?;
    if about.is_symlink() {
        return Err(Wrong::at(
            path,
            1,
            "is a symbolic link: put the file itself here",
        ));
    }
    if !about.is_file() {
        return Err(Wrong::at(path, 1, "is not a file"));
    }
    if about.len() > MAX_BYTES {
        let message = format!("has {} bytes: a flow has at most {MAX_BYTES}", about.len());
        return Err(Wrong::at(path, 1, message));
    }
    let bytes = fs::read(path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        Wrong::at(path, line as u64, "is not UTF-8 text")
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails where its fact does")]
mod tests {
    use super::*;

    fn written(name: &str, bytes: &[u8]) -> Result<FlowFile, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        read(&path).map_err(|wrong| {
            wrong
                .to_string()
                .replace(&format!("{}/", dir.path().display()), "")
        })
    }

    #[test]
    fn the_key_is_the_documents_else_the_files() {
        assert_eq!(
            written("crm-lead.yaml", b"name: x").unwrap().key,
            "crm-lead"
        );
        let file = written(
            "old-name.json",
            br#"{"key":"crm-lead","steps":[{"set":{}}]}"#,
        )
        .unwrap();
        assert_eq!(
            (file.key.as_str(), &file.document["steps"][0]["id"]),
            ("crm-lead", &"step1".into())
        );
    }

    #[test]
    fn a_file_that_cannot_be_a_flow_is_refused_with_its_line() {
        for (name, bytes, said) in [
            (
                "a.json",
                &b"{\n\"name\": \"\xff\"}"[..],
                "a.json:2: is not UTF-8 text",
            ),
            ("a.json", b"[]", "a.json:1: a flow must be an object"),
            ("a.yaml", b"", "a.yaml:1: a flow must be an object"),
            (
                "a.json",
                br#"{"key":7}"#,
                "a.json: /key: a key is a text, not `7`",
            ),
            ("A b.json", b"{}", "such as `a-b`"),
            ("a.toml", b"", "ends in .json, .yaml or .yml"),
            (
                "a.json",
                &vec![b' '; (1 << 20) + 1],
                "a flow has at most 1048576",
            ),
        ] {
            let told = written(name, bytes).unwrap_err();
            assert!(told.contains(said), "{told}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("secret"), dir.path().join("a.json"));
        fs::write(&file, "{}").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(
            read(&link)
                .unwrap_err()
                .to_string()
                .ends_with("a.json:1: is a symbolic link: put the file itself here")
        );
    }
}
