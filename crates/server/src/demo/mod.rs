//! The demo: a workspace with three flows, receivers of its own to deliver to, and one rehearsal call through all of it.

mod flows;
mod inspector;

use engine::connections::NewConnection;
use engine::flows::{Change, Find};
use engine::{Engine, Refusal};
use kernel::id::{SecretId, WorkspaceId};
use providers::{Played, Request, Scenario};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

pub struct Demo {
    address: SocketAddr,
    inspector: Arc<inspector::Inspector>,
}

impl Demo {
    pub fn new(address: SocketAddr) -> Self {
        let ip = if address.ip().is_unspecified() {
            [127, 0, 0, 1].into()
        } else {
            address.ip()
        };
        Self {
            address: SocketAddr::new(ip, address.port()),
            inspector: Arc::default(),
        }
    }

    /// The only internal destination that a demo may reach unless more is opened: this server.
    pub fn network(&self) -> String {
        let prefix = if self.address.is_ipv4() { 32 } else { 128 };
        match self.address.ip() {
            std::net::IpAddr::V4(ip) => format!("{ip}/{prefix}:{}", self.address.port()),
            std::net::IpAddr::V6(ip) => format!("[{ip}/{prefix}]:{}", self.address.port()),
        }
    }

    pub fn routes(&self, state: &api::State) -> axum::Router {
        inspector::routes(self.inspector.clone(), state.clone())
    }

    /// Makes the flows where there are none, and plays a call.
    pub async fn set_up(&self, engine: &Engine, workspace: WorkspaceId) -> anyhow::Result<()> {
        let secret = self.secret(engine, workspace).await?;
        self.inspector.expect(secret);
        if engine
            .flows(workspace, &Find::default(), None, 1)
            .await?
            .is_empty()
        {
            self.connect(engine, workspace).await?;
            for flow in flows::all(&format!("http://{}", self.address)) {
                engine
                    .save_flow(workspace, None, flow, Change::default())
                    .await
                    .map_err(|refusal| anyhow::anyhow!("a flow of the demo: {refusal:?}"))?;
            }
        }
        play(engine, workspace).await
    }

    /// What the flow that makes leads signs in with.
    async fn connect(&self, engine: &Engine, workspace: WorkspaceId) -> anyhow::Result<()> {
        let token = inspector::webhook_secret(&engine.new_id::<kernel::id::Secret>().bytes());
        let test_url = format!("http://{}/healthz", self.address);
        let fields = json!({ "token": token, "test_url": test_url });
        let connection = NewConnection {
            name: flows::CRM.into(),
            kind: "bearer".into(),
            fields: fields.as_object().cloned().unwrap_or_default(),
        };
        let saved = engine.save_connection(workspace, None, None, connection, false);
        match saved.await {
            // Left over from a demo whose flows were all deleted.
            Ok(_) | Err(Refusal::Taken(_)) => Ok(()),
            Err(refusal) => anyhow::bail!("the connection of the demo: {refusal:?}"),
        }
    }

    /// The secret that signs the webhooks to the inspector: new at every start, so that nothing of it need be kept in the open.
    async fn secret(&self, engine: &Engine, workspace: WorkspaceId) -> anyhow::Result<String> {
        let [a, b] = [engine.new_id::<kernel::id::Secret>(), engine.new_id()].map(SecretId::bytes);
        let secret = inspector::webhook_secret(&[a, b].concat());
        engine
            .save_secret(workspace, "inspector", &secret, Duration::ZERO)
            .await?;
        Ok(secret)
    }
}

/// One call in Vapi's own format, through the same reading as a platform's webhook.
async fn play(engine: &Engine, workspace: WorkspaceId) -> anyhow::Result<()> {
    let provider = providers::find("vapi").expect("vapi is in the registry");
    let call = engine.new_id::<kernel::id::Call>().to_string();
    let story = Scenario::Interested.story();
    for body in provider.simulate(&Played::ending_at(engine.now(), &story, &call)) {
        let request = Request {
            method: "POST",
            url: "",
            headers: &[],
            body: body.as_bytes(),
        };
        let observations = provider.read(&request)?;
        if !observations.is_empty() {
            engine.accept(workspace, None, observations).await?;
        }
    }
    Ok(())
}
