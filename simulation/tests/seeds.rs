//! The short form of the simulation, and the proof that a seed is one story.

/// A tenth of a second each without optimisation: `./dev test` tells 10,000.
const SEEDS: u64 = 40;

#[test]
fn no_seed_goes_wrong() {
    for seed in 0..SEEDS {
        let told = simulation::tell(seed, false);
        assert_eq!(
            told.fault, None,
            "seed {seed}; tell it again: cargo run --release -p simulation -- --seed {seed} --trace"
        );
    }
}

#[test]
fn a_seed_tells_the_same_story_twice() {
    for seed in 0..10 {
        let [one, two] = [(); 2].map(|()| simulation::tell(seed, true));
        let differs = one
            .lines
            .iter()
            .zip(&two.lines)
            .find(|(one, two)| one != two);
        assert_eq!(differs, None, "seed {seed}");
        assert_eq!(
            (one.hash, one.lines.len()),
            (two.hash, two.lines.len()),
            "seed {seed}"
        );
        assert_ne!(one.hash, simulation::tell(seed + 1, false).hash);
    }
}
