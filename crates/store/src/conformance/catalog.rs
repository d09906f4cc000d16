//! Facts about documents: versions, aliases, generations.

use super::world::{Shared, at, id, workspace};
use crate::catalog::{Document, Kind, Put, Write};
use kernel::id::WorkspaceId;

pub(super) fn document(kind: Kind, n: u8) -> Document {
    Document {
        kind,
        id: [n; 16],
        workspace: workspace(),
        version: 1,
        name: format!("document {n}"),
        alias: None,
        enabled: true,
        created_at: at(1),
        updated_at: at(1),
        body: format!("{{\"n\":{n}}}").into(),
    }
}

fn edited(document: &Document, version: u32) -> Document {
    Document {
        version,
        name: format!("edit {version}"),
        enabled: false,
        updated_at: at(i64::from(version)),
        body: format!("{{\"edit\":{version}}}").into(),
        ..document.clone()
    }
}

pub(super) async fn save(store: &Shared, document: &Document, expect: u32) {
    assert_eq!(
        store.put(document.clone(), expect).await.unwrap(),
        Put::Saved
    );
}

pub async fn a_document_is_written_over_the_version_expected(store: Shared) {
    for kind in [Kind::Flow, Kind::Secret, Kind::Connection] {
        let first = document(kind, 1);
        let second = edited(&first, 2);
        assert_eq!(store.put(first.clone(), 4).await.unwrap(), Put::Conflict(0));
        save(&store, &first, 0).await;
        assert_eq!(store.put(first.clone(), 0).await.unwrap(), Put::Conflict(1));
        assert_eq!(store.get(kind, first.id).await.unwrap(), Some(first));
        save(&store, &second, 1).await;
        assert_eq!(
            store.put(second.clone(), 1).await.unwrap(),
            Put::Conflict(2)
        );
        assert_eq!(store.get(kind, second.id).await.unwrap(), Some(second));
    }
    assert_eq!(store.get(Kind::Endpoint, [1; 16]).await.unwrap(), None);
}

pub async fn an_alias_is_taken_once_per_kind(store: Shared) {
    let with = |kind, n, alias: &str| Document {
        alias: Some(alias.into()),
        ..document(kind, n)
    };
    save(&store, &with(Kind::Secret, 1, "crm"), 0).await;
    assert_eq!(
        store.put(with(Kind::Secret, 2, "crm"), 0).await.unwrap(),
        Put::Taken
    );
    assert_eq!(store.get(Kind::Secret, [2; 16]).await.unwrap(), None);
    save(&store, &with(Kind::Endpoint, 2, "crm"), 0).await;
    save(&store, &with(Kind::Secret, 3, "CRM"), 0).await;
    let found = store.find(Kind::Secret, "crm").await.unwrap();
    assert_eq!(found, Some(with(Kind::Secret, 1, "crm")));
    let renamed = Document {
        version: 2,
        ..with(Kind::Secret, 1, "other")
    };
    save(&store, &renamed, 1).await;
    assert_eq!(store.find(Kind::Secret, "crm").await.unwrap(), None);
    save(&store, &with(Kind::Secret, 2, "crm"), 0).await;
    assert!(store.delete(Kind::Secret, [2; 16], at(2)).await.unwrap());
    save(&store, &with(Kind::Secret, 4, "crm"), 0).await;
}

pub async fn versions_never_change(store: Shared) {
    let first = document(Kind::Flow, 1);
    let edits: Vec<Document> = (2..=4).map(|version| edited(&first, version)).collect();
    save(&store, &first, 0).await;
    for edit in &edits {
        save(&store, edit, edit.version - 1).await;
    }
    assert_eq!(
        store.version(Kind::Flow, first.id, 1).await.unwrap(),
        Some(first.clone())
    );
    for edit in &edits {
        let kept = store
            .version(Kind::Flow, first.id, edit.version)
            .await
            .unwrap();
        assert_eq!(kept.as_ref(), Some(edit));
    }
    assert_eq!(store.version(Kind::Flow, first.id, 5).await.unwrap(), None);
    let newest = store.versions(Kind::Flow, first.id, None, 2).await.unwrap();
    assert_eq!(newest, [edits[2].clone(), edits[1].clone()]);
    let all = store.versions(Kind::Flow, first.id, None, 9).await.unwrap();
    assert_eq!(
        all.iter().map(|d| d.version).collect::<Vec<_>>(),
        [4, 3, 2, 1]
    );
    let older = store.versions(Kind::Flow, first.id, Some(3), 9).await;
    assert_eq!(older.unwrap(), [edits[0].clone(), first]);
}

pub async fn a_kept_version_leaves_the_document_alone(store: Shared) {
    let first = document(Kind::Flow, 1);
    let draft = edited(&first, 2);
    let keep = |expect| store.write(draft.clone(), expect, Write::Beside);
    assert_eq!(keep(0).await.unwrap(), Put::Conflict(0));
    save(&store, &first, 0).await;
    let generation = store.generation(workspace()).await.unwrap();
    assert_eq!(keep(1).await.unwrap(), Put::Saved);
    assert_eq!(keep(1).await.unwrap(), Put::Conflict(2));
    assert_eq!(store.generation(workspace()).await.unwrap(), generation);
    assert_eq!(
        store.get(Kind::Flow, first.id).await.unwrap(),
        Some(first.clone())
    );
    let versions = store.versions(Kind::Flow, first.id, None, 9).await.unwrap();
    assert_eq!(versions, [draft.clone(), first.clone()]);
    let kept = store.version(Kind::Flow, first.id, 2).await.unwrap();
    assert_eq!(kept, Some(draft));
    let third = edited(&first, 3);
    assert_eq!(store.put(third.clone(), 1).await.unwrap(), Put::Conflict(2));
    save(&store, &third, 2).await;
    assert_eq!(store.get(Kind::Flow, first.id).await.unwrap(), Some(third));
}

pub async fn a_switch_makes_no_version(store: Shared) {
    let first = document(Kind::Flow, 1);
    assert!(!store.switch(Kind::Flow, first.id, false).await.unwrap());
    save(&store, &first, 0).await;
    assert!(store.switch(Kind::Flow, first.id, false).await.unwrap());
    assert!(!store.switch(Kind::Flow, first.id, false).await.unwrap());
    assert_eq!(store.generation(workspace()).await.unwrap(), 2);
    let off = Document {
        enabled: false,
        ..first.clone()
    };
    assert_eq!(store.get(Kind::Flow, first.id).await.unwrap(), Some(off));
    let versions = store.versions(Kind::Flow, first.id, None, 9).await.unwrap();
    assert_eq!(versions, std::slice::from_ref(&first));
    assert_eq!(
        store.version(Kind::Flow, first.id, 1).await.unwrap(),
        Some(first.clone())
    );
    save(&store, &edited(&first, 2), 1).await;
}

pub async fn a_version_that_is_written_unswitched_leaves_the_switch_as_it_is(store: Shared) {
    let first = document(Kind::Flow, 1);
    let write = |version: u32, enabled, how| {
        let next = Document {
            enabled,
            ..edited(&first, version)
        };
        store.write(next, version - 1, how)
    };
    // A document that is not there yet is as it says.
    assert_eq!(write(1, true, Write::Unswitched).await.unwrap(), Put::Saved);
    let there = async || {
        let there = store.get(Kind::Flow, first.id).await.unwrap();
        there.map(|there| (there.version, there.enabled))
    };
    assert_eq!(there().await, Some((1, true)));
    store.switch(Kind::Flow, first.id, false).await.unwrap();
    write(2, true, Write::Unswitched).await.unwrap();
    assert_eq!(there().await, Some((2, false)));
    write(3, true, Write::Whole).await.unwrap();
    assert_eq!(there().await, Some((3, true)));
    write(4, false, Write::Unswitched).await.unwrap();
    assert_eq!(there().await, Some((4, true)));
    assert_eq!(
        write(4, false, Write::Unswitched).await.unwrap(),
        Put::Conflict(4)
    );
}

pub async fn a_deleted_document_keeps_its_versions(store: Shared) {
    let first = document(Kind::Flow, 1);
    save(&store, &first, 0).await;
    assert!(store.delete(Kind::Flow, first.id, at(2)).await.unwrap());
    assert!(!store.delete(Kind::Flow, first.id, at(3)).await.unwrap());
    assert_eq!(store.get(Kind::Flow, first.id).await.unwrap(), None);
    assert_eq!(store.list(None, Kind::Flow, None, 9).await.unwrap(), []);
    assert_eq!(
        store.version(Kind::Flow, first.id, 1).await.unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        store.versions(Kind::Flow, first.id, None, 9).await.unwrap(),
        [first]
    );
}

pub async fn a_document_that_comes_back_counts_on(store: Shared) {
    let first = document(Kind::Flow, 1);
    save(&store, &first, 0).await;
    store.delete(Kind::Flow, first.id, at(2)).await.unwrap();
    assert_eq!(
        store.put(edited(&first, 2), 1).await.unwrap(),
        Put::Conflict(0)
    );
    let back = Document {
        version: 1,
        ..edited(&first, 2)
    };
    save(&store, &back, 0).await;
    assert_eq!(
        store.get(Kind::Flow, first.id).await.unwrap(),
        Some(edited(&first, 2))
    );
    assert_eq!(
        store.version(Kind::Flow, first.id, 1).await.unwrap(),
        Some(first)
    );
}

pub async fn only_kinds_that_match_count_the_generation(store: Shared) {
    let generation = || async { store.generation(workspace()).await.unwrap() };
    assert_eq!(generation().await, 0);
    save(&store, &document(Kind::Secret, 1), 0).await;
    store.delete(Kind::Secret, [1; 16], at(2)).await.unwrap();
    assert_eq!(generation().await, 0);
    save(&store, &document(Kind::Flow, 1), 0).await;
    save(&store, &edited(&document(Kind::Flow, 1), 2), 1).await;
    assert_eq!(generation().await, 2);
    store.put(document(Kind::Flow, 1), 1).await.unwrap();
    assert_eq!(generation().await, 2);
    store.delete(Kind::Flow, [1; 16], at(3)).await.unwrap();
    store.delete(Kind::Flow, [1; 16], at(3)).await.unwrap();
    assert_eq!(generation().await, 3);
    assert_eq!(store.generation(id(99)).await.unwrap(), 0);
}

pub async fn documents_are_listed_newest_first_within_their_workspace(store: Shared) {
    let elsewhere: WorkspaceId = id(99);
    for n in 1..=5 {
        save(&store, &document(Kind::Flow, n), 0).await;
    }
    save(
        &store,
        &Document {
            workspace: elsewhere,
            ..document(Kind::Flow, 9)
        },
        0,
    )
    .await;
    save(&store, &document(Kind::Key, 8), 0).await;
    let ids = |list: Vec<Document>| list.iter().map(|d| d.id[0]).collect::<Vec<_>>();
    let page = |workspace, before| store.list(workspace, Kind::Flow, before, 3);
    assert_eq!(ids(page(Some(workspace()), None).await.unwrap()), [5, 4, 3]);
    assert_eq!(
        ids(page(Some(workspace()), Some([3; 16])).await.unwrap()),
        [2, 1]
    );
    assert_eq!(ids(page(None, None).await.unwrap()), [9, 5, 4]);
    assert_eq!(ids(page(Some(elsewhere), None).await.unwrap()), [9]);
    for (workspace, kind, any) in [
        (workspace(), Kind::Key, true),
        (elsewhere, Kind::Flow, true),
        (elsewhere, Kind::Key, false),
        (workspace(), Kind::Contact, false),
        (workspace(), Kind::Reconciled, false),
        (workspace(), Kind::Gone, false),
        (workspace(), Kind::Heard, false),
        (workspace(), Kind::Arrivals, false),
    ] {
        assert_eq!(store.has_any(workspace, kind).await.unwrap(), any);
    }
}

pub async fn documents_expire_by_the_time_their_ids_were_made(store: Shared) {
    let made = |kind, second: u64| Document {
        id: id::<kernel::id::Setting>(second).bytes(),
        ..document(kind, 1)
    };
    for second in [20, 21, 22, 40] {
        save(&store, &made(Kind::Answer, second), 0).await;
        save(&store, &made(Kind::Session, second), 0).await;
    }
    let expire = async |limit| store.expire(Kind::Answer, at(22), limit).await.unwrap();
    assert_eq!(expire(1).await, 1);
    let left = store.list(None, Kind::Answer, None, 9).await.unwrap();
    assert_eq!(left.last(), Some(&made(Kind::Answer, 21)));
    assert_eq!((expire(9).await, expire(9).await), (1, 0));
    let left = store.list(None, Kind::Answer, None, 9).await.unwrap();
    assert_eq!(left, [made(Kind::Answer, 40), made(Kind::Answer, 22)]);
    assert_eq!(
        store
            .list(None, Kind::Session, None, 9)
            .await
            .unwrap()
            .len(),
        4
    );
}

pub async fn many_documents_are_written_at_once_each_over_its_version(store: Shared) {
    let contact = |n: u8, alias: &str| Document {
        alias: Some(alias.into()),
        ..document(Kind::Contact, n)
    };
    let first = vec![(contact(1, "+1"), 0), (contact(2, "+2"), 0)];
    assert_eq!(store.put_all(first).await.unwrap(), [true, true]);
    let changed = Document {
        version: 2,
        name: "changed".into(),
        updated_at: at(5),
        body: "{}".into(),
        ..contact(1, "+1")
    };
    // One changed, one whose version is another, one whose alias is taken, two that have one alias, and a new one.
    let second = vec![
        (changed.clone(), 1),
        (contact(2, "+2"), 4),
        (contact(3, "+2"), 0),
        (contact(4, "+4"), 0),
        (contact(5, "+4"), 0),
        (contact(6, "+6"), 0),
    ];
    let written = store.put_all(second).await.unwrap();
    assert_eq!(written, [true, false, false, true, false, true]);
    assert_eq!(
        store.get(Kind::Contact, [1; 16]).await.unwrap(),
        Some(changed)
    );
    let wanted = ["+2", "+4", "+9"].map(String::from).to_vec();
    let mut found = store.find_all(Kind::Contact, wanted).await.unwrap();
    found.sort_by_key(|document| document.id);
    assert_eq!(found, [contact(2, "+2"), contact(4, "+4")]);
    assert_eq!(store.put_all(Vec::new()).await.unwrap(), [] as [bool; 0]);
    assert_eq!(store.find_all(Kind::Contact, Vec::new()).await.unwrap(), []);
}

pub async fn a_name_of_2600_bytes_is_kept_and_found(store: Shared) {
    // Nothing that could be compressed.
    let mut state = 1_u32;
    let letters = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + (state >> 24) as u8 % 90)
    });
    let long = Document {
        name: letters.filter(|c| *c != '\\').take(2_600).collect(),
        ..document(Kind::Contact, 1)
    };
    save(&store, &long, 0).await;
    let words = [long.name[2_000..].to_owned()];
    let found = store.search(workspace(), Kind::Contact, &words, None, None, 9);
    assert_eq!(found.await.unwrap(), [long]);
}

pub async fn documents_are_searched_by_words_of_their_names(store: Shared) {
    let names = ["ada lovelace", "ada byron", "charles 50%", "ádám ada"];
    for (n, name) in (1..).zip(names) {
        let named = Document {
            name: name.into(),
            ..document(Kind::Contact, n)
        };
        save(&store, &named, 0).await;
        let elsewhere = Document {
            id: [n + 10; 16],
            workspace: id(99),
            ..named
        };
        save(&store, &elsewhere, 0).await;
    }
    let between = async |words: &[&str], since, before, limit| {
        let words: Vec<String> = words.iter().map(|word| (*word).into()).collect();
        let found = store.search(workspace(), Kind::Contact, &words, since, before, limit);
        let found = found.await.unwrap();
        found.iter().map(|d| d.id[0]).collect::<Vec<_>>()
    };
    let search = async |words: &[&str], before, limit| between(words, None, before, limit).await;
    assert_eq!(search(&["ada"], None, 9).await, [4, 2, 1]);
    assert_eq!(search(&["ada"], None, 2).await, [4, 2]);
    assert_eq!(search(&["ada"], Some([2; 16]), 2).await, [1]);
    assert_eq!(search(&["ad", "love"], None, 9).await, [1]);
    assert_eq!(search(&["0%"], None, 9).await, [3]);
    assert_eq!(search(&["%"], None, 9).await, [3]);
    assert_eq!(search(&["a_a"], None, 9).await, [] as [u8; 0]);
    assert_eq!(search(&["ádám"], None, 9).await, [4]);
    assert_eq!(search(&["Ada"], None, 9).await, [] as [u8; 0]);
    assert_eq!(between(&["ada"], Some([2; 16]), None, 9).await, [4, 2]);
    assert_eq!(between(&["ada"], Some([2; 16]), None, 1).await, [4]);
    let (since, before) = (Some([2; 16]), Some([4; 16]));
    assert_eq!(between(&["ada"], since, before, 9).await, [2]);
    assert_eq!(between(&[], since, before, 9).await, [3, 2]);
    assert_eq!(between(&[], Some([5; 16]), None, 9).await, [] as [u8; 0]);
}
