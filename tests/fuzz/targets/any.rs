//! Any bytes: what only looks like a format, and containers that are damaged themselves.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: camnang_fuzz::stop_at_own_panics(), |bytes: &[u8]| {
    camnang_fuzz::extract("a", bytes);
});
