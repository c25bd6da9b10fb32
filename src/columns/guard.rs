//! Reading that survives broken bytes: the crate `parquet` gives an error for most of them, but
//! takes some lengths and offsets on trust and panics.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use parquet::errors::Result;

use super::reason;

thread_local! {
    /// This thread is reading bytes that may be broken.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

static QUIET: Once = Once::new();

/// What `read` gives, or why it cannot: also when it panics, of which nothing is then printed.
///
/// What `read` was reading with must not be used again after an error.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T>) -> std::result::Result<T, String> {
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                usual(info);
            }
        }));
    });
    IS_GUARDED.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(false);
    match outcome {
        Ok(read) => read.map_err(|e| reason(&e)),
        Err(_) => Err("the bytes contradict each other".to_owned()),
    }
}
