//! `switchhook members list|invite|link|remove`. With the root key also the way back in for an owner who has no session left.

use super::client::Client;
use crate::config::Target;
use crate::output::{self, cell};
use anyhow::bail;
use clap::Subcommand;
use serde_json::{Value, json};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Command {
    /// Who may sign in.
    List {
        #[command(flatten)]
        target: Target,
    },
    /// Invite somebody: prints a link that signs one browser in, once, within seven days.
    Invite {
        name: String,
        /// What they may do: owner, admin, editor, operator, viewer.
        #[arg(long)]
        role: String,
        #[arg(long)]
        email: Option<String>,
        #[command(flatten)]
        target: Target,
    },
    /// A new sign-in link for somebody, in place of the one before.
    Link {
        /// Their id, `mem_…`, their e-mail address, or their name.
        member: String,
        #[command(flatten)]
        target: Target,
    },
    /// Take somebody out: their sessions end at once.
    Remove {
        /// Their id, `mem_…`, their e-mail address, or their name.
        member: String,
        #[command(flatten)]
        target: Target,
    },
}

pub async fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List { target } => list(target).await?,
        Command::Invite {
            name,
            role,
            email,
            target,
        } => {
            let body = json!({ "name": name, "role": role, "email": email });
            invited(target, "/v1/members", body).await?;
        }
        Command::Link { member, target } => {
            let id = find(&Client::new(target.clone())?, &member).await?;
            invited(target, &format!("/v1/members/{id}/link"), json!({})).await?;
        }
        Command::Remove { member, target } => {
            let client = Client::new(target)?;
            let path = format!("/v1/members/{}", find(&client, &member).await?);
            client.send("DELETE", &path, None, None).await?;
            println!("removed {member}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(target: Target) -> anyhow::Result<()> {
    let as_json = target.json;
    let members = Client::new(target)?.get("/v1/members").await?;
    if as_json {
        output::json(&members);
        return Ok(());
    }
    let fields = ["/id", "/name", "/email", "/role", "/joined_at", "/seen_at"];
    let row = |member: &Value| fields.iter().map(|field| cell(member, field)).collect();
    let rows: Vec<_> = members["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(row)
        .collect();
    output::table(&["id", "name", "email", "role", "joined", "seen"], &rows);
    Ok(())
}

async fn invited(target: Target, path: &str, body: Value) -> anyhow::Result<()> {
    let as_json = target.json;
    let answer = Client::new(target)?.post(path, body).await?;
    if as_json {
        output::json(&answer);
    } else {
        println!(
            "{}\n{}",
            cell(&answer, "/id"),
            output::line(answer["link"].as_str().unwrap_or_default())
        );
    }
    Ok(())
}

async fn find(client: &Client, wanted: &str) -> anyhow::Result<String> {
    let members = client.get("/v1/members").await?;
    let is_it = |member: &&Value| {
        ["id", "email", "name"]
            .iter()
            .any(|field| member[*field].as_str() == Some(wanted))
    };
    let found = members["data"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(is_it);
    match found.collect::<Vec<_>>()[..] {
        [one] => Ok(cell(one, "/id")),
        [] => bail!("there is no member `{wanted}`: see `switchhook members list`"),
        _ => bail!("several members are called `{wanted}`: name one by its id"),
    }
}
