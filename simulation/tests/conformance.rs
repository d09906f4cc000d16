//! The port's facts, on the model store: what the simulation runs on is the same store as the real ones.
#![allow(clippy::unwrap_used)]

use simulation::host::Host;
use simulation::line::Line;
use simulation::universe::Universe;
use simulation::weather::Weather;
use std::sync::Arc;
use store::Store;

fn universe() -> Arc<Universe> {
    let universe = Universe::new(0, Weather::default(), false);
    universe.sky.calm();
    Arc::new(universe)
}

fn line(universe: &Arc<Universe>) -> Arc<dyn Store> {
    let host = Arc::new(Host::new(1, universe.began, 0));
    Arc::new(Line {
        universe: universe.clone(),
        host,
        is_judged: false,
    })
}

fn pair() -> (Arc<dyn Store>, Arc<dyn Store>) {
    let universe = universe();
    (line(&universe), line(&universe))
}

fn reopening() -> impl AsyncFnMut() -> Arc<dyn Store> {
    let universe = universe();
    async move || line(&universe)
}

store::conformance!(line(&universe()), reopening());
store::sharing_conformance!(pair());
