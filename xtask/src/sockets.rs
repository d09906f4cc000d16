//! Only `actions` opens outbound connections: whoever else dials would go around the guard.

use crate::{Sources, files::is_test, shown};
use std::path::Path;

const MARKS: [&str; 3] = ["TcpStream::connect", "HttpConnector", "TcpSocket"];
/// The one place that dials, and what only measures or checks.
const MAY: [&str; 4] = ["crates/actions/", "bench/", "faults/", "xtask/"];

pub fn check(root: &Path, sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in sources {
        let name = shown(root, path);
        if !name.ends_with(".rs") || is_test(&name) || MAY.iter().any(|may| name.starts_with(may)) {
            continue;
        }
        if let Some(mark) = MARKS.iter().find(|mark| text.contains(**mark)) {
            faults.push(format!(
                "{name}: `{mark}` goes around the guard: dial through `actions`"
            ));
        }
    }
    faults
}
