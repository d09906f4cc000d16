//! Looking for calls whose webhooks never came, as a part of an endpoint: its settings, how it does, and a look at once.

mod run;
mod settings;
mod shape;

pub use run::{__path_reconcile, reconcile};
pub(crate) use settings::opened_api;
pub use settings::{KeptReconcile, ReconcileIn, keep};
pub use shape::Reconcile;
