//! The flows of a server as the commands see them: each under the key that it has in files, given or derived.

use crate::commands::client::Client;
use anyhow::Context;
use kernel::flow::slug;
use serde_json::Value;
use std::collections::HashSet;

/// A flow on the server.
#[derive(Debug, Clone)]
pub struct Remote {
    pub id: String,
    /// Its own, else a slug of its name that no other flow has.
    pub key: String,
    pub name: String,
    pub enabled: bool,
    pub live: Option<u64>,
    pub draft: Option<u64>,
    /// Of the version in force, else of the newest draft.
    pub document: Value,
}

impl Remote {
    /// What a change replaces.
    pub fn newest(&self) -> u64 {
        self.draft.or(self.live).unwrap_or_default()
    }
}

/// All flows, oldest first, without those that are derived from settings: they are no files.
pub async fn flows(client: &Client) -> anyhow::Result<Vec<Remote>> {
    let mut flows = Vec::new();
    for id in ids(client).await? {
        let shown = client.get(&format!("/v1/flows/{id}")).await?;
        flows.push(
            read(&shown)
                .with_context(|| format!("the server's answer about {id} is of no known shape"))?,
        );
    }
    flows.reverse();
    give_keys(&mut flows);
    Ok(flows)
}

async fn ids(client: &Client) -> anyhow::Result<Vec<String>> {
    let mut ids = Vec::new();
    let mut path = "/v1/flows?limit=200".to_owned();
    loop {
        let page = client.get(&path).await?;
        let shown = page["data"].as_array().into_iter().flatten();
        ids.extend(
            shown
                .filter(|flow| flow["kept_by"].is_null())
                .filter_map(|flow| flow["id"].as_str())
                .map(String::from),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/v1/flows?limit=200&cursor={next}"),
            None => return Ok(ids),
        }
    }
}

fn read(shown: &Value) -> Option<Remote> {
    Some(Remote {
        id: shown["id"].as_str()?.to_owned(),
        key: shown["key"].as_str().unwrap_or_default().to_owned(),
        name: shown["name"].as_str()?.to_owned(),
        enabled: shown["enabled"].as_bool()?,
        live: shown["live"].as_u64(),
        draft: shown["draft"].as_u64(),
        document: shown["document"].clone(),
    })
}

/// The oldest flow of a name gets its slug, others a number behind it: the same at every time, as long as none is deleted.
fn give_keys(flows: &mut [Remote]) {
    let mut taken: HashSet<String> = flows.iter().map(|flow| flow.key.clone()).collect();
    for flow in flows.iter_mut().filter(|flow| flow.key.is_empty()) {
        let base = slug::of(&flow.name);
        let numbered = (2..).map(|number| slug::of(&format!("{:.58}-{number}", base)));
        let key = [base.clone()]
            .into_iter()
            .chain(numbered)
            .find(|key| !taken.contains(key));
        flow.key = key.unwrap_or(base);
        taken.insert(flow.key.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_without_a_key_get_one_that_no_other_has() {
        let flow = |key: &str, name: &str| Remote {
            id: String::new(),
            key: key.into(),
            name: name.into(),
            enabled: true,
            live: Some(1),
            draft: None,
            document: Value::Null,
        };
        let mut flows = [
            flow("", "CRM lead"),
            flow("", "crm lead!"),
            flow("crm-lead-2", "x"),
            flow("", ""),
        ];
        give_keys(&mut flows);
        let keys = flows.map(|flow| flow.key);
        assert_eq!(keys, ["crm-lead", "crm-lead-3", "crm-lead-2", "flow"]);
    }
}
