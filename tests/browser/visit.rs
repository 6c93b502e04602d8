//! A person at a screen: a server of their own, a browser, and a screenshot of every step.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value, json};

use crate::served::Served;
use crate::webdriver::{self, Browser, ENTER, Screen};

/// Where the screenshots go: `browser-shots` in the target folder.
const SHOTS: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/browser-shots");

/// One visit to a freshly started server.
pub(crate) struct Visit {
    pub(crate) browser: Browser,
    pub(crate) served: Served,
    screen: Screen,
    name: &'static str,
    n_shots: usize,
}

impl Visit {
    /// Starts server and browser. Nothing when there is no browser on this machine: said on
    /// standard error, and a failure where `CI` is set.
    pub(crate) fn begin(screen: Screen, name: &'static str) -> Option<Self> {
        Self::begin_at(screen, name, Served::start)
    }

    /// The same, to a server over `files` instead of the sample corpus.
    pub(crate) fn begin_with(
        screen: Screen,
        name: &'static str,
        files: &[(&str, &str)],
    ) -> Option<Self> {
        Self::begin_at(screen, name, || Served::with(files))
    }

    fn begin_at(
        screen: Screen,
        name: &'static str,
        serve: impl FnOnce() -> Served,
    ) -> Option<Self> {
        let missing = webdriver::missing();
        if !missing.is_empty() {
            let hint = format!(
                "apt-get install --no-install-recommends {}",
                missing.join(" ")
            );
            assert!(!is_ci(), "browser tests have no browser; {hint}");
            // Not `eprintln!`, which the test harness keeps to itself when a test passes.
            let told = format!("SKIPPED browser test `{name}`: no browser; {hint}\n");
            io::stderr().write_all(told.as_bytes()).unwrap();
            return None;
        }
        let served = serve();
        Some(Self {
            browser: Browser::start(screen),
            served,
            screen,
            name,
            n_shots: 0,
        })
    }

    /// Opens a page of the server.
    pub(crate) fn open(&self, path: &str) {
        self.browser.open(&self.served.url(path));
    }

    /// Asks on the ask page; returns the id of the answer once it is shown.
    pub(crate) fn ask(&self, question: &str) -> String {
        self.open("/");
        self.send(question);
        self.browser.find("#answer article");
        let path = self.browser.run(
            "return document.querySelector('#answer .to-audit').pathname",
            &[],
        );
        path.as_str()
            .unwrap()
            .trim_start_matches("/audit/")
            .to_owned()
    }

    /// Types a question on the ask page, which is open, and sends it.
    pub(crate) fn send(&self, question: &str) {
        self.browser
            .find("#question")
            .type_in(&format!("{question}{ENTER}"));
    }

    /// What the field `id` of the page holds.
    pub(crate) fn field(&self, id: &str) -> String {
        let script = "return document.getElementById(arguments[0]).value";
        let value = self.browser.run(script, &[json!(id)]);
        value.as_str().unwrap().to_owned()
    }

    /// Fills the field `id` of the page, whatever the date format of this browser.
    pub(crate) fn fill(&self, id: &str, value: &str) {
        let script = "document.getElementById(arguments[0]).value = arguments[1]";
        self.browser.run(script, &[json!(id), json!(value)]);
    }

    /// The attribute `name` of the first element that `css` selects, as it is written.
    pub(crate) fn attribute(&self, css: &str, name: &str) -> String {
        self.browser.find(css);
        let script = "return document.querySelector(arguments[0]).getAttribute(arguments[1])";
        let value = self.browser.run(script, &[json!(css), json!(name)]);
        value.as_str().unwrap().to_owned()
    }

    /// The texts, as rendered, of all elements that `css` selects, once there is one.
    pub(crate) fn texts(&self, css: &str) -> Vec<String> {
        self.browser.find(css);
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)";
        let texts = self.browser.run(script, &[json!(css)]);
        serde_json::from_value(texts).unwrap()
    }

    /// The answer `id` as it was recorded, over HTTP.
    pub(crate) fn recorded(&self, id: &str) -> Value {
        self.served.json(&format!("/api/answers/{id}"))["answer"].clone()
    }

    /// How many elements of the page `css` selects, without waiting for one.
    pub(crate) fn count(&self, css: &str) -> u64 {
        self.browser
            .run(
                "return document.querySelectorAll(arguments[0]).length",
                &[json!(css)],
            )
            .as_u64()
            .unwrap()
    }

    /// Keeps what the screen shows, and checks the page: nothing to complain of in the console
    /// (broken scripts, content security policy), nothing wider than the screen.
    pub(crate) fn step(&mut self, step: &str) {
        self.n_shots += 1;
        let file = format!(
            "{}-{}-{}-{step}.png",
            self.name, self.screen.name, self.n_shots
        );
        fs::create_dir_all(SHOTS).unwrap();
        fs::write(Path::new(SHOTS).join(file), self.browser.screenshot()).unwrap();
        let address = self.browser.address();
        assert_eq!(
            self.browser.complaints(),
            Vec::<String>::new(),
            "console of {address}"
        );
        assert_eq!(
            self.too_wide(),
            Vec::<String>::new(),
            "too wide for {} pixels: {address}",
            self.screen.width
        );
    }

    /// What makes the page scroll sideways. The width is compared with the screen and not only
    /// with `innerWidth`: a phone zooms out until a page that is too wide fits.
    fn too_wide(&self) -> Vec<String> {
        let script = "
            const wide = Math.min(innerWidth, arguments[0]);
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll('body, body *')]
              .filter((e) => e.getBoundingClientRect().right > wide)
              .map((e) => `${e.tagName}#${e.id}.${e.className}`);";
        let found = self.browser.run(script, &[json!(self.screen.width)]);
        found
            .as_array()
            .unwrap()
            .iter()
            .map(ToString::to_string)
            .collect()
    }
}

fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty())
}
