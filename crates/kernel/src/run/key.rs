//! Hashes by which a run is told apart: the idempotency key of a step and the seed of its jitter.

use super::{Cursor, Run};
use sha2::{Digest, Sha256};

/// The same over attempts, take-overs and replays: a hash of the root run and the full path of the step.
pub(super) fn idempotency(run: &Run, step: &str) -> String {
    hexadecimal(&hash(&[&run.root.bytes(), path(run, step).as_bytes()]))
}

/// Another one for each attempt.
pub(super) fn seed(run: &Run, step: &str) -> u64 {
    let hash = hash(&[
        &run.id.bytes(),
        path(run, step).as_bytes(),
        &run.attempt.to_be_bytes(),
    ]);
    hash.iter()
        .take(8)
        .fold(0, |seed, byte| (seed << 8) | u64::from(*byte))
}

/// Step ids hold no `/`, so a path is unambiguous.
fn path(run: &Run, step: &str) -> String {
    let loops = rounds(run).map(|(step, index)| format!("{step}/{index}/"));
    loops.chain([step.to_owned()]).collect()
}

/// The loops that the run is in, outermost first and from the root run on, and which round each of them is at.
pub(super) fn rounds(run: &Run) -> impl Iterator<Item = (&str, u32)> {
    let above = run.parent.iter().flat_map(|parent| &parent.above);
    let above = above.map(|(step, index)| (step.as_str(), *index));
    let loops = run.cursor.iter().flat_map(Cursor::loops);
    above.chain(loops.map(|(step, each)| (step, each.index)))
}

/// What is random in the id of a child: the same for the same place of the same run.
pub(super) fn child(run: &Run, step: &str, number: u32) -> [u8; 16] {
    let path = path(run, step);
    let hash = hash(&[&run.id.bytes(), path.as_bytes(), &number.to_be_bytes()]);
    std::array::from_fn(|at| hash[at])
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// The first 32 digits.
fn hexadecimal(hash: &[u8; 32]) -> String {
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
