//! Headless Chromium driven through chromedriver: the few `WebDriver` commands that the tests
//! need, spoken over plain HTTP.
//!
//! Why not a crate: those that exist bring an asynchronous runtime, a TLS stack or a download of a
//! browser of their own. <https://www.w3.org/TR/webdriver2/> is small where tests touch it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an element may take to appear; chromedriver does the waiting.
const APPEARS_WITHIN: Duration = Duration::from_secs(20);
/// How long any command may take.
const ANSWERS_WITHIN: Duration = Duration::from_mins(1);
/// The key under which `WebDriver` hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// `WebDriver`'s code for the Enter key.
pub(crate) const ENTER: &str = "\u{e007}";

/// A screen to show pages on, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Screen {
    pub(crate) name: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) is_phone: bool,
}

/// An office computer.
pub(crate) const DESK: Screen = Screen {
    name: "desk",
    width: 1280,
    height: 900,
    is_phone: false,
};
/// A small phone.
pub(crate) const PHONE: Screen = Screen {
    name: "phone",
    width: 360,
    height: 740,
    is_phone: true,
};

/// The programs that are missing for browser tests; nothing when they can run.
pub(crate) fn missing() -> Vec<&'static str> {
    let runs = |program: &str| {
        Command::new(program)
            .arg("--version")
            .output()
            .is_ok_and(|o| o.status.success())
    };
    [
        ("chromium", "chromium"),
        ("chromedriver", "chromium-driver"),
    ]
    .into_iter()
    .filter(|(program, _)| !runs(program))
    .map(|(_, package)| package)
    .collect()
}

/// One browser with one tab; closed when dropped.
pub(crate) struct Browser {
    driver: Child,
    agent: ureq::Agent,
    /// `http://127.0.0.1:{port}/session/{id}`; everything is below it.
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts chromedriver on a free port and a browser with a new profile.
    pub(crate) fn start(screen: Screen) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let port = number_after(driver.stdout.take().unwrap(), "successfully on port ");
        let root = format!("http://127.0.0.1:{port}/session");
        let agent = plain_agent();
        let opened = send(
            agent
                .post(&root)
                .send_json(capabilities(screen, profile.path())),
        );
        let session = format!("{root}/{}", opened["sessionId"].as_str().unwrap());
        Self {
            driver,
            agent,
            session,
            _profile: profile,
        }
    }

    /// Goes to `url` and waits for the page to load.
    pub(crate) fn open(&self, url: &str) {
        self.post("url", &json!({ "url": url }));
    }

    /// The address shown.
    pub(crate) fn address(&self) -> String {
        text(&self.get("url"))
    }

    /// Waits for the first element that `css` selects.
    pub(crate) fn find(&self, css: &str) -> Element<'_> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }));
        Element {
            browser: self,
            id: text(&found[ELEMENT]),
        }
    }

    /// Runs the body of a function in the page; `arguments` are what it is called with.
    pub(crate) fn run(&self, script: &str, arguments: &[Value]) -> Value {
        self.post(
            "execute/sync",
            &json!({ "script": script, "args": arguments }),
        )
    }

    /// What the console and the browser's security checks said since the last call.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let entries = self.post("se/log", &json!({ "type": "browser" }));
        entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| text(&entry["message"]))
            .collect()
    }

    /// From now on lays pages out as a printer would.
    pub(crate) fn print_on_paper(&self) {
        let media = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": "print" } });
        self.post("goog/cdp/execute", &media);
    }

    /// What the screen shows, as PNG.
    pub(crate) fn screenshot(&self) -> Vec<u8> {
        STANDARD.decode(text(&self.get("screenshot"))).unwrap()
    }

    fn get(&self, command: &str) -> Value {
        send(self.agent.get(format!("{}/{command}", self.session)).call())
    }

    fn post(&self, command: &str, body: &Value) -> Value {
        send(
            self.agent
                .post(format!("{}/{command}", self.session))
                .send_json(body),
        )
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Closing the session ends Chromium; the driver alone would leave it behind.
        drop(self.agent.delete(&self.session).call());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// An element of the page shown.
pub(crate) struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

impl Element<'_> {
    /// Scrolls to the element and clicks, as a person would: what covers it fails the test.
    pub(crate) fn click(&self) {
        self.post("click", &json!({}));
    }

    /// Types; [`ENTER`] is a key too.
    pub(crate) fn type_in(&self, keys: &str) {
        self.post("value", &json!({ "text": keys }));
    }

    /// The text as rendered.
    pub(crate) fn text(&self) -> String {
        text(&self.browser.get(&format!("element/{}/text", self.id)))
    }

    fn post(&self, command: &str, body: &Value) {
        self.browser
            .post(&format!("element/{}/{command}", self.id), body);
    }
}

/// A client that goes straight to this machine and hands out error pages like any other.
pub(crate) fn plain_agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(ANSWERS_WITHIN))
        .proxy(None)
        .build()
        .new_agent()
}

/// Reads `output` up to the number that follows `mark`; the rest is read and thrown away, so that
/// the program never waits for a reader.
pub(crate) fn number_after(output: impl Read + Send + 'static, mark: &str) -> u16 {
    let mut lines = BufReader::new(output).lines();
    let mut said = String::new();
    let number = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let digits = line
            .split_once(mark)
            .map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect());
        said = format!("{said}{line}\n");
        digits.and_then(|digits: String| digits.parse().ok())
    });
    thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    number.unwrap_or_else(|| panic!("no number after `{mark}` in:\n{said}"))
}

fn capabilities(screen: Screen, profile: &Path) -> Value {
    let profile = format!("--user-data-dir={}", profile.display());
    let metrics = json!({
        "width": screen.width,
        "height": screen.height,
        "pixelRatio": if screen.is_phone { 2 } else { 1 },
        "touch": screen.is_phone,
        "mobile": screen.is_phone,
    });
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        &profile,
    ];
    json!({ "capabilities": { "alwaysMatch": {
        "timeouts": { "implicit": APPEARS_WITHIN.as_millis() },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": arguments, "mobileEmulation": { "deviceMetrics": metrics } },
    } } })
}

/// The value of a `WebDriver` response; its error ends the test.
fn send(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let mut response = response.unwrap();
    let body: Value = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json()
        .unwrap();
    assert!(
        response.status().is_success(),
        "WebDriver: {}",
        body["value"]["message"]
    );
    body["value"].clone()
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a text: {value}"))
        .to_owned()
}
