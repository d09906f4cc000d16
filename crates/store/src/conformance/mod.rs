//! The facts that every store must show, each an async function over any store. They are the definition of the port:
//! an adapter's test file calls `store::conformance!`, and each fact becomes a test of its own.
#![allow(clippy::unwrap_used)]

pub mod archive;
pub mod catalog;
pub mod due;
mod filled;
pub mod finding;
pub mod journal;
pub mod leases;
pub mod limits;
pub mod removal;
pub mod reopening;
pub mod sharing;
pub mod tallies;
pub mod transfer;
pub mod watch;
mod world;

/// Makes a test of every fact. `$make` is a future of an empty `Arc<dyn Store>`; `$reopen` an `AsyncFnMut` that closes what
/// it opened before and opens the same database again.
#[macro_export]
macro_rules! conformance {
    ($make:expr, $reopen:expr) => {
        $crate::conformance! { @facts ($make) journal:
            a_unit_is_all_or_nothing
            a_stale_call_version_conflicts_and_returns_the_row
            a_new_call_whose_key_exists_conflicts
            a_call_is_found_by_key_and_by_id
            a_stale_generation_is_refused
            a_run_advances_once_from_a_version
            every_field_of_a_run_survives
            an_event_and_its_message_survive
            concurrent_commits_all_land_exactly_once
            two_units_at_once_cannot_both_win_a_call
            a_bad_unit_does_not_spoil_its_neighbours
            bodies_of_any_size_survive
        }
        $crate::conformance! { @facts ($make) leases:
            a_lost_lease_cannot_commit
            a_lease_is_renewed_under_its_epoch
            a_node_that_left_is_not_counted_as_lost
            advancing_needs_a_lease
            a_new_run_gets_the_epoch_of_its_partition
        }
        $crate::conformance! { @facts ($make) due:
            only_the_partitions_asked_for_are_told_of
            clearing_a_timer_needs_no_lease
            timers_are_returned_in_order_and_once_cleared_never_again
            ready_pages_through_running_runs_in_order
        }
        $crate::conformance! { @facts ($make) limits:
            a_limit_is_written_over_what_was_read
            limits_are_told_with_a_clock_that_goes_on
        }
        $crate::conformance! { @facts ($make) catalog:
            a_document_is_written_over_the_version_expected
            an_alias_is_taken_once_per_kind
            versions_never_change
            a_kept_version_leaves_the_document_alone
            a_switch_makes_no_version
            a_version_that_is_written_unswitched_leaves_the_switch_as_it_is
            a_deleted_document_keeps_its_versions
            a_document_that_comes_back_counts_on
            only_kinds_that_match_count_the_generation
            documents_expire_by_the_time_their_ids_were_made
            documents_are_listed_newest_first_within_their_workspace
            a_name_of_2600_bytes_is_kept_and_found
            many_documents_are_written_at_once_each_over_its_version
            documents_are_searched_by_words_of_their_names
        }
        $crate::conformance! { @facts ($make) watch:
            health_and_a_pause_stand_beside_their_flow
            a_pause_changes_what_starts_and_health_does_not
            the_same_trouble_is_one_alert_until_it_is_over
        }
        $crate::conformance! { @facts ($make) archive:
            pages_have_no_gaps_or_repeats_while_runs_come_in
            runs_are_filtered
            runs_are_filtered_by_agent_and_campaign
            parts_are_found_by_the_run_that_began_them
            events_are_listed_by_workspace_and_by_call
            messages_are_listed_by_call
            runs_are_counted_by_status
            runs_that_try_again_are_among_the_newest_that_wait
        }
        $crate::conformance! { @facts ($make) finding:
            calls_are_filtered
            calls_under_way_are_counted_up_to_a_bound
            calls_are_searched_by_their_words
            calls_are_filtered_by_what_was_found_out
            what_a_call_is_found_by_changes_with_it
            the_outcomes_of_a_campaign_are_counted_up_to_a_bound
        }
        $crate::conformance! { @facts ($make) removal:
            pruning_takes_old_bodies_and_entries_only
            pruning_leaves_runs_that_are_not_final_whole
            pruning_touches_the_calls_that_were_named_and_no_others
            forgetting_a_call_removes_all_of_it_and_nothing_else
            a_call_with_a_run_that_is_not_final_is_not_forgotten
            a_document_that_is_removed_while_it_is_written_is_gone
        }
        $crate::conformance! { @facts ($make) tallies:
            counters_are_summed_as_asked
            counters_of_destinations_are_apart_from_all_others
            a_sum_is_of_the_hours_flow_agent_and_meters_asked_for
            a_refused_unit_counts_nothing
            many_units_at_once_count_exactly
            old_counters_are_removed_up_to_a_limit
        }
        $crate::conformance! { @facts ($reopen) reopening:
            what_was_committed_is_there_after_reopening
            an_owner_that_did_not_leave_counts_as_lost
        }
    };
    (@facts ($store:expr) $part:ident: $($fact:ident)*) => {
        mod $part {
            use super::*;
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                $crate::conformance::$part::$fact($store).await;
            })*
        }
    };
}

/// Makes a test of every fact about several nodes on one store; `$pair` is a future of the same empty store, opened twice.
#[macro_export]
macro_rules! sharing_conformance {
    ($pair:expr) => {
        $crate::conformance! { @facts ($pair) sharing:
            a_node_gets_what_it_wants_and_nobody_has
            what_is_given_back_goes_to_another_under_the_same_epoch
            who_does_not_renew_loses_everything
            a_lost_node_cannot_commit_before_or_after_somebody_took_over
            an_accept_on_one_store_is_seen_on_the_other
            calls_and_catalogues_conflict_across_stores
            accepts_of_two_stores_at_once_all_land_exactly_once
            hints_reach_the_other_store
        }
        mod shared_limits {
            use super::*;
            $crate::conformance! { @facts ($pair) limits: of_two_who_read_the_same_one_takes }
        }
        mod shared_tallies {
            use super::*;
            $crate::conformance! { @facts ($pair) tallies: two_stores_count_together }
        }
    };
}

/// Makes a test of every fact about moving; `$pair` is a future of two empty stores, from the first of which everything is
/// moved into the second.
#[macro_export]
macro_rules! transfer_conformance {
    ($pair:expr) => {
        $crate::conformance! { @facts ($pair) transfer:
            what_was_moved_gives_the_same_answers
            there_and_back_again_is_the_same
            importing_twice_changes_nothing
            pages_go_on_after_a_key_in_the_order_of_keys
            large_bodies_are_moved
            generations_and_epochs_do_not_go_back
            how_often_an_owner_was_lost_stays_known
            a_copy_that_was_ended_goes_on
            every_difference_is_named
            nodes_at_work_are_known
        }
    };
}
