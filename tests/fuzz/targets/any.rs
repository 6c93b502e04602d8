//! Any bytes: text in every encoding, archives, and what only looks like a format.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for text in camnang::extract::extract("a", bytes).unwrap_or_default() {
        assert_eq!(camnang::text::canonicalise(&text.text), text.text);
    }
});
