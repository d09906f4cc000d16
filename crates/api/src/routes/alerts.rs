//! Alerts: what people should know about flows, destinations and agents, the newest first.

use crate::auth::{Caller, Operate, Read};
use crate::errors::Result;
use crate::page::{List, Paging, cut};
use crate::params::Params;
use crate::shapes::id::At;
use crate::state::State;
use axum::Json;
use engine::watch::{Alert, AlertKind};
use jiff::Timestamp;
use kernel::id::{Alert as AlertIdKind, AlertId, FlowId, RunId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(acknowledge))
}

/// Of what an alert is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AlertKind)]
pub enum KindOut {
    /// Runs of a flow fail one after the other: 50, 70 or 90 % of what pauses it.
    FlowFailing,
    /// They did so for too long: the flow starts no runs until it is resumed.
    FlowPaused,
    /// The receiver of a webhook answered 410 Gone, and the flow is paused.
    WebhookGone,
    /// A destination does not answer, whichever flow asks.
    DestinationFailing,
    /// An agent that should have had calls has had none.
    AgentQuiet,
    /// Much of a budget is used, or all of it.
    Budget,
    /// The platform of an endpoint does not say which calls there were, so that missed ones are not found.
    EndpointReconcileFailing,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Alert)]
pub struct AlertOut {
    #[schema(value_type = String, example = "alert_01kacwvsy4n5b2m8r0t3x6z9fd")]
    id: AlertId,
    kind: KindOut,
    /// Nobody has acknowledged it, and the trouble is not over.
    open: bool,
    /// What happened, in one line.
    title: String,
    /// Why, as far as is known.
    cause: String,
    /// When the trouble began.
    since: Timestamp,
    /// When it was heard of last.
    last_at: Timestamp,
    /// How often it has happened since.
    count: u32,
    /// Of a flow: how far it is from being paused, of a budget: how much of it is used, in per cent.
    #[schema(required = true)]
    level: Option<u8>,
    #[schema(value_type = Option<String>, required = true)]
    flow_id: Option<FlowId>,
    /// The last run that it happened to.
    #[schema(value_type = Option<String>, required = true)]
    run_id: Option<RunId>,
    /// Scheme and host of the webhook that is gone.
    #[schema(required = true)]
    address: Option<String>,
    /// The destination that does not answer.
    #[schema(required = true)]
    destination: Option<String>,
    /// The agent that is quiet, as calls name it.
    #[schema(required = true)]
    agent: Option<String>,
    /// The agent of which a webhook is switched off, since it is gone.
    #[schema(required = true, example = "agent_01kacwvsy4n5b2m8r0t3x6z9fd")]
    agent_id: Option<String>,
    /// The budget of which much is used.
    #[schema(required = true)]
    budget_id: Option<String>,
    /// The endpoint whose calls cannot be looked for.
    #[schema(value_type = Option<String>, required = true)]
    endpoint_id: Option<String>,
    #[schema(required = true)]
    acknowledged_at: Option<Timestamp>,
    /// The name of the key or the session.
    #[schema(required = true)]
    acknowledged_by: Option<String>,
    /// When the trouble was over.
    #[schema(required = true)]
    resolved_at: Option<Timestamp>,
}

/// Whose trouble it is.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Flow,
    Destination,
    Agent,
    Endpoint,
    Budget,
}

impl From<Alert> for AlertOut {
    fn from(alert: Alert) -> Self {
        let trouble = alert.trouble;
        let (kind, of) = match trouble.kind {
            AlertKind::FlowFailing => (KindOut::FlowFailing, Of::Flow),
            AlertKind::FlowPaused => (KindOut::FlowPaused, Of::Flow),
            AlertKind::WebhookGone => (KindOut::WebhookGone, Of::Flow),
            AlertKind::DestinationFailing => (KindOut::DestinationFailing, Of::Destination),
            AlertKind::AgentQuiet => (KindOut::AgentQuiet, Of::Agent),
            AlertKind::EndpointReconcileFailing => {
                (KindOut::EndpointReconcileFailing, Of::Endpoint)
            }
            AlertKind::Budget => (KindOut::Budget, Of::Budget),
        };
        // Of a flow's webhook it is the flow.
        let webhook_of = match trouble.subject.split_once('/') {
            Some((agent, _)) if of == Of::Flow => Some(agent.to_owned()),
            _ => None,
        };
        let subject = |wanted| (of == wanted).then(|| trouble.subject.clone());
        let (acknowledged_at, acknowledged_by) = alert.acknowledged.unzip();
        Self {
            id: alert.id,
            kind,
            open: alert.open,
            title: trouble.title,
            cause: trouble.cause,
            since: trouble.since,
            last_at: alert.last_at,
            count: trouble.count,
            level: trouble.level,
            flow_id: trouble.flow,
            run_id: trouble.run,
            address: trouble.address,
            agent_id: webhook_of,
            destination: subject(Of::Destination),
            agent: subject(Of::Agent),
            budget_id: subject(Of::Budget),
            endpoint_id: subject(Of::Endpoint),
            acknowledged_at,
            acknowledged_by,
            resolved_at: alert.resolved_at,
        }
    }
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes query parameters; `Params` reads them")]
struct Filter {
    /// `true`: what nobody has acknowledged and is not over; `false`: the others.
    open: Option<bool>,
}

/// List alerts
///
/// Of the last 30 days, newest first.
#[utoipa::path(get, path = "/v1/alerts", tag = "alerts", security(("key" = ["read"])), params(Filter, Paging),
    responses((status = 200, body = List<AlertOut>)))]
pub async fn list(caller: Caller<Read>, mut params: Params) -> Result<Json<List<AlertOut>>> {
    let open = params.parsed::<bool>("open");
    let page = params.page::<AlertIdKind>();
    params.finish()?;
    let engine = &caller.state.engine;
    let alerts = engine.alerts(caller.workspace, open, page.before, page.limit + 1);
    let mut alerts = alerts.await?;
    let next = cut(&mut alerts, page.limit, |alert| alert.id);
    let data = alerts.into_iter().map(AlertOut::from).collect();
    Ok(Json(List { data, next }))
}

/// Acknowledge an alert
///
/// Somebody has seen it: it is not open any more. It opens again when the trouble becomes worse.
#[utoipa::path(post, path = "/v1/alerts/{id}/acknowledge", tag = "alerts", security(("key" = ["operate"])),
    responses((status = 200, body = AlertOut)))]
pub async fn acknowledge(
    caller: Caller<Operate>,
    At(id): At<AlertIdKind>,
) -> Result<Json<AlertOut>> {
    let engine = &caller.state.engine;
    let acknowledged = engine.acknowledge(caller.workspace, id, &caller.known.name);
    Ok(Json(acknowledged.await?.into()))
}
