//! Every signed request of the shared facts is accepted or refused as the platform's own code (or its formula) says.

use crate::world::{facts, json_file, now};
use providers::{all, check};

#[test]
fn every_signed_request_is_judged_as_expected() {
    for provider in all() {
        let Some(folder) = facts(provider.name()) else {
            continue;
        };
        let Ok(files) = std::fs::read_dir(folder.join("signed")) else {
            continue;
        };
        let mut judged = 0;
        for file in files.map(|entry| entry.unwrap().path()) {
            let request = json_file(&file);
            let checked = check(provider.name(), &request, now()).unwrap();
            let reason = &checked["reason"];
            assert_eq!(
                checked["signature"],
                request["expected"],
                "{}: {reason}",
                file.display()
            );
            judged += 1;
        }
        eprintln!("{}: {judged} signed requests", provider.name());
        assert!(judged > 0);
    }
}
