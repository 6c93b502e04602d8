//! A web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = [b"<html>".as_slice(), bytes].concat();
    if let Err(error) = camnang::extract::extract("a.html", &page) {
        assert!(!error.to_string().contains("broke down"));
    }
});
