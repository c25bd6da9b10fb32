//! Any bytes as a feed.
#![no_main]

use khatt::fetch::articles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(found) = articles(bytes, "https://example.org/feed") {
        assert!(found.len() <= 1000);
    }
});
