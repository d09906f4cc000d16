//! `docs/actions.md` says what forms say: it is written from the same words. `UPDATE=1` writes it anew.

use actions::{ConnectionInput, Described, catalogue, connection_kinds};
use std::fmt::Write;

const HEAD: &str = "# Actions

What a step can `do`, and the connections it can act through. This page is made from the descriptions that the editor's forms
are made from (`GET /v1/actions`, `GET /v1/connections/kinds`); `UPDATE=1 cargo test -p actions` writes it anew.

Inputs stand in the step's `with`. `{{ }}` may stand in all of them unless said otherwise; `{{ secrets.name }}` only where it is
said. What came back stands in `body`, `status` and `headers` for `save`, and in `steps.<id>` for later steps. Failures are
explained in [failures.md](failures.md), connections in [connections.md](connections.md).
";

#[test]
fn the_page_on_actions_is_fresh() {
    let mut page = HEAD.to_owned();
    for action in catalogue() {
        describe(&mut page, &action);
    }
    page.push_str("\n# Kinds of connections\n");
    for kind in connection_kinds() {
        write!(
            page,
            "\n## `{}`: {}\n{}\n\n",
            kind.name, kind.label, kind.help
        )
        .unwrap();
        page.push_str("| field | | what it is |\n|---|---|---|\n");
        for field in kind.fields {
            let mut notes = Vec::new();
            if field.required {
                notes.push("needed".to_owned());
            }
            match field.input {
                ConnectionInput::Secret => notes.push("secret".into()),
                ConnectionInput::Number(most) => notes.push(format!("1 to {most}")),
                ConnectionInput::Choice(choices) => {
                    let names: Vec<_> = choices
                        .iter()
                        .map(|(value, _)| format!("`{value}`"))
                        .collect();
                    notes.push(names.join(", "));
                }
                ConnectionInput::Text => {}
            }
            notes.extend(
                field
                    .default
                    .map(|default| format!("`{default}` unless given")),
            );
            let (name, notes) = (field.name, notes.join("; "));
            let help = field.help.replace('<', "&lt;");
            writeln!(page, "| `{name}` | {notes} | {help} |").unwrap();
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/actions.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert!(
        written == page,
        "docs/actions.md is not fresh: UPDATE=1 cargo test -p actions"
    );
}

fn describe(page: &mut String, action: &Described) {
    write!(
        page,
        "\n## `{}`: {}\n{}\n",
        action.name, action.label, action.description
    )
    .unwrap();
    if !action.connections.is_empty() {
        let kinds: Vec<_> = action
            .connections
            .iter()
            .map(|kind| format!("`{kind}`"))
            .collect();
        let needs = match action.needs_connection {
            true => "Needs a connection of kind",
            false => "May use a connection of kind",
        };
        writeln!(page, "{needs} {}.", kinds.join(", ")).unwrap();
    }
    let (attempts, timeout) = (action.attempts, action.timeout_s);
    write!(
        page,
        "Up to {attempts} attempts of {timeout} s each unless the step says otherwise.\n\n"
    )
    .unwrap();
    page.push_str("| input | | what it is | example |\n|---|---|---|---|\n");
    for field in &action.fields {
        let mut notes = Vec::new();
        if field.required {
            notes.push("needed".to_owned());
        }
        notes.extend(field.words.group.map(|group| format!("one of “{group}”")));
        if field.secrets {
            notes.push("secrets".into());
        }
        if !field.placeholders {
            notes.push("no `{{ }}`".into());
        }
        let (name, help) = (field.words.name, field.help.replace('|', "\\|"));
        let (notes, example) = (
            notes.join("; "),
            field.words.example.to_string().replace('|', "\\|"),
        );
        writeln!(page, "| `{name}` | {notes} | {help} | `{example}` |").unwrap();
    }
    let answer = serde_json::to_string_pretty(&action.sample_answer).unwrap();
    write!(
        page,
        "\nIts `body` afterwards, as it may be:\n\n```json\n{answer}\n```\n"
    )
    .unwrap();
}
