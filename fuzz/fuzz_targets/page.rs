//! Any bytes as a web page.
#![no_main]

use khatt::page::Page;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = Page {
        id: "page",
        name: "page.html",
        address: Some("https://example.org/news/1"),
        charset: None,
        bytes,
    };
    let _ = page.report();
});
