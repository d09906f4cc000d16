//! Facts about what is remembered of flows: how one does and that it is paused stand under the flow's own id, and the same
//! trouble is one alert for as long as it lasts.

use super::catalog::{document, save};
use super::world::{Shared, at, id, workspace};
use crate::catalog::{Document, Kind, Put};

const BESIDE: [Kind; 3] = [Kind::Flow, Kind::Health, Kind::Pause];

pub async fn health_and_a_pause_stand_beside_their_flow(store: Shared) {
    for kind in BESIDE {
        save(&store, &document(kind, 1), 0).await;
    }
    for version in 1..4 {
        let next = Document {
            version: version + 1,
            ..document(Kind::Health, 1)
        };
        save(&store, &next, version).await;
        // Whoever read what was there before is told.
        let late = store.put(next, version).await.unwrap();
        assert_eq!(late, Put::Conflict(version + 1));
    }
    let versions = store.versions(Kind::Health, [1; 16], None, 9).await;
    let versions: Vec<u32> = versions.unwrap().iter().map(|kept| kept.version).collect();
    assert_eq!(versions, [4], "old ones are not kept");
    let flow = store.get(Kind::Flow, [1; 16]).await.unwrap();
    assert_eq!(flow, Some(document(Kind::Flow, 1)));
    // Somebody else is first: the pause that is there stays.
    let other = store.put(document(Kind::Pause, 1), 0).await.unwrap();
    assert_eq!(other, Put::Conflict(1));
    for (gone, left) in [(Kind::Flow, 2), (Kind::Pause, 1), (Kind::Health, 0)] {
        assert!(store.delete(gone, [1; 16], at(2)).await.unwrap());
        let mut there = 0;
        for kind in BESIDE {
            there += usize::from(store.get(kind, [1; 16]).await.unwrap().is_some());
        }
        assert_eq!(there, left, "{gone:?}");
    }
    save(&store, &document(Kind::Pause, 1), 0).await;
    let again = store.get(Kind::Pause, [1; 16]).await.unwrap();
    assert_eq!(again, Some(document(Kind::Pause, 1)));
}

pub async fn a_pause_changes_what_starts_and_health_does_not(store: Shared) {
    let generation = || async { store.generation(workspace()).await.unwrap() };
    for kind in [Kind::Health, Kind::Alert] {
        save(&store, &document(kind, 1), 0).await;
        store.switch(kind, [1; 16], false).await.unwrap();
        store.delete(kind, [1; 16], at(2)).await.unwrap();
    }
    assert_eq!(generation().await, 0);
    save(&store, &document(Kind::Pause, 1), 0).await;
    assert_eq!(generation().await, 1);
    store.put(document(Kind::Pause, 1), 0).await.unwrap();
    assert_eq!(generation().await, 1, "it was paused already");
    store.delete(Kind::Pause, [1; 16], at(3)).await.unwrap();
    store.delete(Kind::Pause, [1; 16], at(3)).await.unwrap();
    assert_eq!(generation().await, 2);
}

pub async fn the_same_trouble_is_one_alert_until_it_is_over(store: Shared) {
    let alert = |second: u64, alias: Option<&str>, version| Document {
        id: id::<kernel::id::Alert>(second).bytes(),
        alias: alias.map(str::to_owned),
        version,
        ..document(Kind::Alert, 1)
    };
    save(&store, &alert(20, Some("crm"), 1), 0).await;
    let same = store.put(alert(21, Some("crm"), 1), 0).await.unwrap();
    assert_eq!(same, Put::Taken);
    save(&store, &alert(22, Some("mail"), 1), 0).await;
    let over = Document {
        enabled: false,
        ..alert(20, None, 2)
    };
    save(&store, &over, 1).await;
    assert_eq!(store.find(Kind::Alert, "crm").await.unwrap(), None);
    save(&store, &alert(21, Some("crm"), 1), 0).await;
    let found = store.find(Kind::Alert, "crm").await.unwrap();
    assert_eq!(found, Some(alert(21, Some("crm"), 1)));
    let list = store.list(Some(workspace()), Kind::Alert, None, 9).await;
    let made = [
        alert(22, Some("mail"), 1),
        alert(21, Some("crm"), 1),
        over.clone(),
    ];
    assert_eq!(list.unwrap(), made);
    // An old one goes, whether or not it is over, and another may begin.
    let expired = store.expire(Kind::Alert, at(22), 9).await.unwrap();
    assert_eq!(expired, 2);
    assert_eq!(store.find(Kind::Alert, "crm").await.unwrap(), None);
    save(&store, &alert(30, Some("crm"), 1), 0).await;
}
