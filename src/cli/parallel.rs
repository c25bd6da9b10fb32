//! The same work on many things, on all cores, with the results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
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
            let results =
                results.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            results.flatten().collect()
        })
    };
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..100).collect();
        let doubled = super::map(&items, |item| item * 2);
        assert_eq!(doubled, (0..100).map(|item| item * 2).collect::<Vec<_>>());
        assert!(super::map(&[] as &[u32], |item| *item).is_empty());
    }
}
