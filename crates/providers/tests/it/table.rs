//! The table of all platforms in the docs says what the code does: which of our kinds a platform's messages raise, whether it signs, whether
//! somebody is answered, whether its calls can be listed, and that each page says what was not verified.

use crate::folding::messages_of;
use crate::world::provider;
use calls::Kind;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What the table calls our kinds.
const WORDS: [(&str, Kind); 11] = [
    ("dialing", Kind::Dialing),
    ("incoming", Kind::Incoming),
    ("started", Kind::Started),
    ("answered", Kind::Answered),
    ("ended", Kind::Ended),
    ("transfer started", Kind::TransferStarted),
    ("transfer ended", Kind::TransferEnded),
    ("voicemail", Kind::VoicemailDetected),
    ("recording", Kind::RecordingReady),
    ("analysis", Kind::Analyzed),
    ("tools", Kind::ToolCalled),
];

struct Row {
    events: BTreeSet<Kind>,
    signature: String,
    answers: String,
    list: String,
    not_verified: String,
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/providers")
}

/// The rows by the platform's name, which is that of its page.
fn rows() -> BTreeMap<String, Row> {
    let page = std::fs::read_to_string(docs().join("README.md")).unwrap();
    let lines = page.lines().filter(|line| line.starts_with("| ["));
    lines.map(row).collect()
}

fn row(line: &str) -> (String, Row) {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let [platform, events, signature, answers, list, not_verified] = cells[..] else {
        panic!("six cells: {line}")
    };
    let name = platform.split_once("](").unwrap().1;
    let name = name.strip_suffix(".md)").unwrap();
    let kind = |word: &str| {
        let known = WORDS.iter().find(|(known, _)| *known == word);
        known.unwrap_or_else(|| panic!("{name}: {word}")).1
    };
    let row = Row {
        events: events.split(", ").map(kind).collect(),
        signature: signature.into(),
        answers: answers.into(),
        list: list.into(),
        not_verified: not_verified.into(),
    };
    (name.into(), row)
}

#[test]
fn the_table_names_every_platform_once() {
    let all = providers::all().iter().map(|provider| provider.name());
    let named: BTreeSet<_> = all.filter(|name| *name != "custom").collect();
    let rows = rows();
    assert_eq!(
        rows.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        named
    );
}

/// The kinds that a platform's code names, with what it shares with others.
fn named_in_code(name: &str) -> BTreeSet<Kind> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |folder: &str| -> String {
        let files = std::fs::read_dir(source.join(folder)).unwrap();
        files
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    };
    let mut code = read(&name.replace('-', "_"));
    if code.contains("twiml::") {
        code += &read("twiml");
    }
    if code.contains("ask_tool") || code.contains("tool::") {
        code += "Kind::ToolCalled,";
    }
    let is_named = |kind: &Kind| {
        let word = format!("Kind::{kind:?}");
        let mut found = code
            .match_indices(&word)
            .map(|(at, _)| &code[at + word.len()..]);
        found.any(|after| !after.starts_with(char::is_alphanumeric))
    };
    let kinds = WORDS.iter().map(|(_, kind)| *kind);
    kinds.filter(|kind| is_named(kind)).collect()
}

#[test]
fn the_table_names_the_kinds_that_a_platform_s_messages_raise() {
    let words = |kinds: &BTreeSet<Kind>| {
        let word = |kind: &Kind| WORDS.iter().find(|(_, known)| known == kind).unwrap().0;
        kinds.iter().map(word).collect::<Vec<_>>().join(", ")
    };
    let mut wrong = Vec::new();
    for (name, row) in rows() {
        let messages = messages_of(&name);
        let raised: BTreeSet<Kind> = messages
            .iter()
            .flat_map(|message| {
                let ends = message.complete.then_some(Kind::Ended);
                message.claims.iter().copied().chain(ends)
            })
            .collect();
        // Not every message that the code knows is at hand as a sample.
        let known = named_in_code(&name);
        if !raised.is_subset(&row.events) || row.events != known {
            wrong.push(format!(
                "{name}: raised {}; in the code {}",
                words(&raised),
                words(&known)
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_table_says_who_signs_who_is_answered_and_whose_calls_are_listed() {
    for (name, row) in rows() {
        let provider = provider(&name);
        let is_unsigned = row.signature.starts_with("none");
        assert_eq!(provider.signs(), !is_unsigned, "{name}: {}", row.signature);
        let asks = row.events.iter().any(|kind| kind.asks());
        assert!(!asks || row.answers != "–", "{name}: {}", row.answers);
        let lists = provider.call_list().is_some();
        assert_eq!(row.list == "yes", lists, "{name}: {}", row.list);
        assert!(!row.not_verified.is_empty(), "{name}");
        let page = std::fs::read_to_string(docs().join(format!("{name}.md"))).unwrap();
        assert!(page.contains("\n## Not verified\n"), "{name}");
        assert_eq!(page.contains("\n## Missed calls\n"), lists, "{name}");
    }
}
