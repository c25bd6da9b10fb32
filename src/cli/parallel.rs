//! The same work on many things, on all cores, with the results in order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

/// `work` of every item, in the order of the items.
pub(crate) fn map<I: Sync, O: Send>(items: &[I], work: impl Fn(&I) -> O + Sync) -> Vec<O> {
    let next = AtomicUsize::new(0);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let labour = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let mut done: Vec<(usize, O)> = if cores.min(items.len()) < 2 {
        labour()
    } else {
        thread::scope(|scope| {
            let workers: Vec<_> = (0..cores.min(items.len()))
                .map(|_| scope.spawn(labour))
                .collect();
            let results = workers.into_iter().map(thread::ScopedJoinHandle::join);
            let results = results.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic)));
            results.flatten().collect()
        })
    };
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Things under way at a time, for each core.
const AHEAD: usize = 4;

/// `work` of every item of a stream, each result handed to `take` in the order of the items, until
/// that gives an error or false. What is under way at a time is bounded, whatever the stream's length.
pub(crate) fn stream<I: Send, O: Send, E>(
    mut items: impl Iterator<Item = I>,
    work: impl Fn(I) -> O + Sync,
    mut take: impl FnMut(O) -> Result<bool, E>,
) -> Result<(), E> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (give, given) = mpsc::channel::<(usize, I)>();
    let (done, results) = mpsc::channel();
    let given = Mutex::new(given);
    let labour = |done: mpsc::Sender<_>| {
        loop {
            let next = given.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok((index, item)) = next else { return };
            let result = catch_unwind(AssertUnwindSafe(|| work(item)));
            if done.send((index, result)).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..cores {
            let done = done.clone();
            scope.spawn(|| labour(done));
        }
        // Dropped at the end of this block, whichever way it ends: then the workers go home.
        let give = give;
        let mut early = BTreeMap::new();
        let (mut sent, mut taken) = (0, 0);
        loop {
            while sent - taken < AHEAD * cores {
                let Some(item) = items.next() else { break };
                let _ = give.send((sent, item));
                sent += 1;
            }
            if taken == sent {
                return Ok(());
            }
            if let Ok((index, result)) = results.recv() {
                early.insert(index, result.unwrap_or_else(|panic| resume_unwind(panic)));
            }
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                if !take(result)? {
                    return Ok(());
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_stream_comes_out_in_its_order_and_stops_when_told() {
        let mut seen = Vec::new();
        let all = super::stream(
            0..1000_u32,
            |item| item * 2,
            |double| {
                seen.push(double);
                Ok::<_, ()>(true)
            },
        );
        assert_eq!(all, Ok(()));
        assert_eq!(seen, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
        let mut count = 0;
        let stopped = super::stream(
            0..,
            |item: u32| item,
            |item| {
                count += 1;
                if item == 70 { Err("enough") } else { Ok(true) }
            },
        );
        assert_eq!((stopped, count), (Err("enough"), 71));
        assert_eq!(
            super::stream(0.., |item: u32| item, |_| Ok::<_, ()>(false)),
            Ok(())
        );
    }

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        let doubled = super::map(&items, |item| item * 2);
        assert_eq!(doubled, (0..100).map(|item| item * 2).collect::<Vec<_>>());
        assert!(super::map(&[] as &[u32], |item| *item).is_empty());
    }
}
