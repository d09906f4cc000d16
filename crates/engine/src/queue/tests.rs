//! Facts about whose turn it is.

use super::*;
use kernel::gate::Why;
use std::time::Duration;

#[derive(Debug, PartialEq)]
struct Job(u8, Arc<str>, u32);

impl Placed for Job {
    type Owner = u8;
    fn owner(&self) -> u8 {
        self.0
    }
    fn destination(&self) -> &Arc<str> {
        &self.1
    }
}

fn queue(under_way: usize, per_destination: usize) -> Queue<Job> {
    Queue::new(Limits {
        under_way,
        per_destination,
        waiting: 4096,
    })
}

fn pass(_: u8, _: &Arc<str>, _: usize) -> Answer {
    Answer::Go(Ticket::default())
}

fn hold(until: Option<Tick>) -> Answer {
    Answer::Hold(Hold {
        why: Why::Circuit,
        until,
        wants: 0,
    })
}

fn numbers(queue: &mut Queue<Job>) -> Vec<u32> {
    numbers_through(queue, pass)
}

fn numbers_through(
    queue: &mut Queue<Job>,
    gate: impl Fn(u8, &Arc<str>, usize) -> Answer,
) -> Vec<u32> {
    std::iter::from_fn(|| queue.pop(&gate))
        .map(|(job, _)| job.2)
        .collect()
}

#[test]
fn owners_take_turns_however_much_one_of_them_has() {
    let mut queue = queue(4, 4);
    (0..100).for_each(|n| queue.push(Job(1, "a".into(), n)));
    queue.push(Job(2, "a".into(), 100));
    assert_eq!(numbers(&mut queue), [0, 100, 1, 2]);
}

#[test]
fn a_full_destination_holds_up_only_itself() {
    let mut queue = queue(100, 2);
    (0..10).for_each(|n| queue.push(Job(1, "hangs".into(), n)));
    (10..13).for_each(|n| queue.push(Job(1, "healthy".into(), n)));
    assert_eq!(numbers(&mut queue), [0, 10, 1, 11]);
    queue.release(1, &"healthy".into());
    assert_eq!(numbers(&mut queue), [12]);
    queue.release(1, &"hangs".into());
    assert_eq!(numbers(&mut queue), [2]);
}

#[test]
fn a_job_pushed_to_a_full_destination_gets_its_turn_when_a_slot_is_free() {
    let mut queue = queue(100, 1);
    queue.push(Job(1, "a".into(), 0));
    assert_eq!(numbers(&mut queue), [0]);
    queue.push(Job(2, "a".into(), 1));
    assert_eq!(numbers(&mut queue), [0u32; 0]);
    queue.release(1, &"a".into());
    assert_eq!(numbers(&mut queue), [1]);
    queue.release(2, &"a".into());
    assert_eq!(
        (
            queue.waiting(),
            queue.under_way(),
            queue.owners.len(),
            queue.busy.len(),
            queue.parked.len()
        ),
        (0, 0, 0, 0, 0)
    );
}

#[test]
fn one_lane_leaves_room_for_all_others_however_many_hang() {
    let mut queue = queue(0, 1);
    let mut n = 0;
    for destination in 0..100 {
        let destination: Arc<str> = format!("d{destination}").into();
        assert!(queue.room_for(1, &destination) >= 32);
        while queue.room_for(1, &destination) > 0 {
            queue.push(Job(1, destination.clone(), n));
            n += 1;
        }
    }
    assert!(queue.waiting() < 4096 + 100 * 32);
    assert!(
        queue.room_for(2, "d0") >= 32,
        "another owner's lane is another"
    );
}

#[test]
fn a_closed_queue_keeps_what_waits() {
    let mut queue = queue(100, 1);
    queue.push(Job(1, "a".into(), 0));
    queue.close();
    assert_eq!((queue.pop(pass), queue.waiting()), (None, 1));
}

#[test]
fn a_lane_that_is_held_waits_in_order_and_holds_up_only_itself() {
    let mut queue = queue(100, 64);
    (0..3).for_each(|n| queue.push(Job(1, "a".into(), n)));
    queue.push(Job(1, "b".into(), 3));
    queue.push(Job(2, "a".into(), 4));
    let until = Duration::from_secs(5);
    let shut = |owner, to: &Arc<str>, length: usize| match (owner, &**to) {
        (1, "a") => {
            assert_eq!(length, 3);
            hold(Some(until))
        }
        _ => pass(owner, to, length),
    };
    assert_eq!(numbers_through(&mut queue, shut), [4, 3]);
    assert!(queue.is_held(1, &"a".into()) && !queue.is_held(2, &"a".into()));
    assert_eq!(
        (queue.held(), queue.wake(Duration::from_secs(4))),
        (3, Some(until))
    );
    assert_eq!(numbers(&mut queue), [0u32; 0]);
    assert_eq!(queue.wake(until), None);
    assert_eq!(numbers(&mut queue), [0, 1, 2]);
    assert_eq!((queue.held(), queue.waiting()), (0, 0));
}

#[test]
fn the_slot_of_a_lane_that_is_held_goes_to_the_next() {
    let mut queue = queue(100, 1);
    queue.push(Job(1, "a".into(), 0));
    assert_eq!(numbers(&mut queue), [0]);
    // Both are parked behind the one that is under way.
    queue.push(Job(1, "a".into(), 1));
    queue.push(Job(2, "a".into(), 2));
    assert_eq!(numbers(&mut queue), [0u32; 0]);
    queue.release(1, &"a".into());
    let shut = |owner, to: &Arc<str>, length| match owner {
        1 => hold(None),
        _ => pass(owner, to, length),
    };
    assert_eq!(numbers_through(&mut queue, shut), [2]);
    queue.release(2, &"a".into());
    queue.ask_again_all(1);
    assert_eq!(numbers(&mut queue), [1]);
}

#[test]
fn the_end_of_a_job_asks_its_own_lane_again() {
    let mut queue = queue(100, 64);
    queue.push(Job(1, "a".into(), 0));
    queue.push(Job(1, "a".into(), 1));
    let free = std::cell::Cell::new(1);
    let one = |owner, to: &Arc<str>, length| match free.replace(0) {
        0 => hold(None),
        _ => pass(owner, to, length),
    };
    assert_eq!(numbers_through(&mut queue, one), [0]);
    queue.release(1, &"a".into());
    assert_eq!(numbers(&mut queue), [1]);
}

#[test]
fn a_job_is_withdrawn_from_a_lane_that_is_held() {
    let mut queue = queue(100, 64);
    (0..2).for_each(|n| queue.push(Job(1, "a".into(), n)));
    let number = |n| move |job: &Job| job.2 == n;
    assert_eq!(queue.withdraw(number(1)), None, "its turn will come");
    numbers_through(&mut queue, |_, _, _| hold(None));
    assert_eq!(queue.withdraw(number(7)), None);
    assert_eq!(queue.withdraw(number(1)).map(|job| job.2), Some(1));
    assert_eq!(queue.withdraw(number(0)).map(|job| job.2), Some(0));
    assert_eq!(
        (queue.waiting(), queue.held.len(), queue.owners.len()),
        (0, 0, 0)
    );
    queue.push(Job(1, "a".into(), 2));
    assert_eq!(numbers(&mut queue), [2]);
}

#[test]
fn everything_pushed_comes_out_once_under_any_interleaving() {
    let mut queue = queue(5, 2);
    let (mut under_way, mut out) = (VecDeque::new(), Vec::new());
    let asked = std::cell::Cell::new(0u64);
    // Now and then a gate holds: until it is asked again at the end of a job, or by the time.
    let gate = |owner: u8, to: &Arc<str>, length| {
        asked.set(asked.get() + 1);
        match asked.get() % 5 {
            0 => hold(Some(Duration::from_secs(asked.get() + 20))),
            3 if length > 3 => hold(Some(Duration::from_secs(asked.get()))),
            _ => pass(owner, to, length),
        }
    };
    for n in 0..1000u32 {
        queue.push(Job((n % 7) as u8, format!("d{}", n % 11).into(), n));
        if n % 3 != 0 {
            while let Some((job, _)) = queue.pop(gate) {
                under_way.push_back((job.0, job.1.clone()));
                out.push(job.2);
            }
        }
        if n % 2 == 0
            && let Some((owner, destination)) = under_way.pop_front()
        {
            queue.release(owner, &destination);
        }
    }
    while out.len() < 1000 {
        let over = under_way.pop_front();
        assert!(
            over.is_some() || queue.next_wake().is_some(),
            "nothing stalls while jobs wait"
        );
        if let Some((owner, destination)) = over {
            queue.release(owner, &destination);
        }
        asked.set(asked.get() + 7);
        queue.wake(Duration::from_secs(asked.get()));
        while let Some((job, _)) = queue.pop(gate) {
            under_way.push_back((job.0, job.1.clone()));
            out.push(job.2);
        }
    }
    out.sort_unstable();
    assert_eq!(out, (0..1000).collect::<Vec<_>>());
}
