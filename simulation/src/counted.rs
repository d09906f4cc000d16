//! Whether a unit counts what it does: runs, calls and their moments against its own rows.

use crate::rules::{is_settled, said};
use calls::Call;
use kernel::run::Status;
use kernel::usage::Meter;
use store::journal::Unit;

/// What a unit counts is what it does.
pub fn counted(unit: &Unit, before: &[Option<Call>]) -> impl Iterator<Item = String> {
    let ends = |status| {
        let begun = unit.runs.iter().filter(|run| run.status == status).count();
        let ended = unit.advanced.iter().filter(|run| run.status == status);
        begun + ended.count()
    };
    let moments = unit.events.iter();
    let moments = moments.filter(|event| !is_settled(event) && said(event).is_null());
    let done = [
        (Meter::Events, moments.count()),
        (
            Meter::CallsBegun,
            before.iter().filter(|call| call.is_none()).count(),
        ),
        (Meter::RunsBegun, unit.runs.len()),
        (Meter::RunsSucceeded, ends(Status::Succeeded)),
        (Meter::RunsFailed, ends(Status::Failed)),
    ];
    done.into_iter().filter_map(|(meter, done)| {
        let of_it = unit
            .tallies
            .iter()
            .filter(|tally| tally.meter == meter.number());
        let counted: u64 = of_it.map(|tally| tally.amount).sum();
        let name = meter.name();
        (counted != done as u64).then(|| format!("a unit counts {counted} {name}, and has {done}"))
    })
}
