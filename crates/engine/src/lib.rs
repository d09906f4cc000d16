//! The loops between a store and the world: accept, claim → perform → advance → commit, timers, janitor.
//! Decisions come from `kernel` and `calls`; nothing here knows HTTP in or which database it runs on.

mod active;
pub mod agents;
mod anew;
mod aside;
mod by_hand;
pub mod campaigns;
mod children;
mod choices;
pub mod connections;
pub mod contacts;
mod draft;
mod edited;
mod engine;
mod figures;
pub mod flows;
pub mod forget;
pub mod gates;
pub mod heard;
mod intake;
mod intent;
mod janitor;
mod job;
mod lines;
mod listing;
pub mod live;
mod memos;
pub mod network;
mod nodes;
pub mod notify;
mod pages;
mod past;
mod payload;
mod plans;
mod queue;
mod raise;
pub mod recipes;
pub mod reconciled;
pub mod recordings;
mod recover;
mod refusal;
mod rehearse;
mod replay;
pub mod resource;
pub mod retention;
mod schema;
mod secrets;
mod sessions;
mod settings;
mod settling;
mod stamp;
mod tally;
mod timed;
mod timers;
pub mod trends;
mod turns;
pub mod usage;
pub mod vault;
pub mod watch;
mod wire;
mod worker;
pub mod workspace;

pub use anew::Anew;
pub use choices::Choices;
pub use edited::EDITED;
pub use engine::{Config, Engine, Stats};
pub use intake::Receipt;
pub use past::Wanted;
pub use payload::Payload;
pub use refusal::Refusal;
pub use rehearse::{
    Answers, Attempt, Case, Difference, Foreseen, Judged, Occasion, Offline, Question, Report,
    Shown, Started, Step, Tested, Verdict,
};
pub use replay::{Replay, ReplayFrom, ReplayVersion, Replayed};
pub use stamp::{Chance, Clock};
