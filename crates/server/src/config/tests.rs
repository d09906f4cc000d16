//! The commands and their options, as the documentation tells them.

use super::{Options, named};
use clap::CommandFactory;
use std::fmt::Write;

/// The page of all commands, and of all their options.
fn page() -> String {
    let mut page = "# Commands\n\n\
        Every option has a flag and an environment name; those of `serve` have a key in its config file, too (TOML, `--config`). A flag wins over the environment, the \
        environment over the file, the file over the default. This page is generated: `UPDATE=1 cargo test -p server --bin switchhook commands`.\n"
        .to_owned();
    list(
        &named(Options::command(), "SWITCHHOOK"),
        "switchhook",
        &mut page,
    );
    page
}

fn list(command: &clap::Command, name: &str, page: &mut String) {
    for inner in command.get_subcommands() {
        list(inner, &format!("{name} {}", inner.get_name()), page);
    }
    if command.has_subcommands() {
        return;
    }
    let has_keys = name == "switchhook serve";
    let about = command.get_about().map(ToString::to_string);
    let given = command.get_positionals().map(|arg| format!(" {arg}"));
    let given: String = given.collect();
    let head = if has_keys { "key | default" } else { "default" };
    let line = if has_keys { "---|---" } else { "---" };
    write!(
        page,
        "\n## {name}{given}\n\n{}.\n\n| flag | environment | {head} | |\n|---|---|{line}|---|\n",
        about.unwrap_or_default()
    )
    .unwrap();
    for arg in command.get_opts() {
        let Some(long) = arg.get_long().filter(|long| *long != "help") else {
            continue;
        };
        let env = arg
            .get_env()
            .expect("every option has one")
            .to_string_lossy();
        let key = if has_keys {
            format!(" `{}` |", arg.get_id())
        } else {
            String::new()
        };
        let defaults = arg.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        let default = match defaults.join(",") {
            none if none.is_empty() || none == "false" => String::new(),
            some => format!("`{some}`"),
        };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let help = help.replace('|', "\\|");
        writeln!(page, "| `--{long}` | `{env}` |{key} {default} | {help} |").unwrap();
    }
}

#[test]
fn the_page_of_commands_has_every_option_with_its_environment_name() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands.md");
    let page = page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == page,
        "docs/commands.md is stale: UPDATE=1 cargo test -p server --bin switchhook commands"
    );
}

#[test]
fn no_two_options_share_an_environment_name_unless_they_are_the_same() {
    let mut known = std::collections::BTreeMap::new();
    walk(&named(Options::command(), "SWITCHHOOK"), &mut |arg| {
        if let (Some(env), Some(long)) = (arg.get_env(), arg.get_long()) {
            let other = known.insert(env.to_owned(), long.to_owned());
            assert!(other.is_none_or(|other| other == long), "{env:?}");
        }
    });
}

fn walk(command: &clap::Command, see: &mut impl FnMut(&clap::Arg)) {
    command.get_arguments().for_each(&mut *see);
    for inner in command.get_subcommands() {
        walk(inner, see);
    }
}
