//! One file per resource: handlers, their types and their route lines. Each handler's `security` names the scope that its
//! `Caller` checks; a test walks all routes to prove that the two agree.

mod actions;
mod agents;
mod alerts;
mod audit;
mod budgets;
pub(crate) mod calls;
mod campaigns;
mod connections;
mod contacts;
mod deliveries;
mod destinations;
pub(crate) mod endpoints;
mod events;
mod flows;
mod forget;
pub(crate) mod inbound;
mod keys;
mod members;
mod network;
mod operations;
mod providers;
mod quiet;
mod recipes;
mod recordings;
mod redaction;
mod rehearsal;
mod runs;
mod secrets;
mod session;
mod settings;
mod stats;
mod stream;
pub(crate) mod testing;
mod usage;
mod workspace;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;

pub fn all() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(events::routes())
        .merge(inbound::routes())
        .merge(flows::routes())
        .merge(recipes::routes())
        .merge(actions::routes())
        .merge(runs::routes())
        .merge(calls::routes())
        .merge(recordings::routes())
        .merge(forget::routes())
        .merge(rehearsal::routes())
        .merge(testing::routes())
        .merge(endpoints::routes())
        .merge(alerts::routes())
        .merge(secrets::routes())
        .merge(connections::routes())
        .merge(contacts::routes())
        .merge(agents::routes())
        .merge(campaigns::routes())
        .merge(deliveries::routes())
        .merge(destinations::routes())
        .merge(keys::routes())
        .merge(members::routes())
        .merge(audit::routes())
        .merge(providers::routes())
        .merge(workspace::routes())
        .merge(network::routes())
        .merge(settings::routes())
        .merge(quiet::routes())
        .merge(redaction::routes())
        .merge(stats::routes())
        .merge(usage::routes())
        .merge(budgets::routes())
        .merge(stream::routes())
        .merge(session::routes())
        .merge(operations::routes())
}
