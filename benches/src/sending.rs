//! What a message costs that is sent, beside what people use instead: CPU time of the sender, with the sandbox in another
//! process.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use cpu_time::ProcessTime;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use wamux::message::Message;
use wamux::{Client, Options, Settings, gateway};

use crate::program;

/// The gateway: it takes one message in a request, and several.
pub(crate) const GATEWAY: &str = "devino-v2";
const API_KEY: &str = "sandbox-key";
const SENDER: &str = "MyCompany";
/// How many requests are under way at once.
const AT_ONCE: [usize; 2] = [16, 64];
const COUNT: usize = 2_000;

/// Microseconds by contestant and by the number of requests under way.
type Microseconds = BTreeMap<String, BTreeMap<usize, f64>>;

/// The sandbox, in a process of its own that ends with this value.
pub(crate) struct Sandbox {
    process: Child,
    base_url: String,
    /// It would end where nobody reads what it writes.
    _output: BufReader<ChildStdout>,
}

impl Sandbox {
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        let mut process = Command::new(program::python())
            .args(["-m", "wamux", "sandbox", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("the sandbox has no output")?;
        let mut output = BufReader::new(output);
        loop {
            let mut line = String::new();
            if output.read_line(&mut line)? == 0 {
                return Err("the sandbox did not start; `make bench` installs it".into());
            }
            let line: Value = serde_json::from_str(&line)?;
            if let (Some(GATEWAY), Some(base_url)) =
                (line["gateway"].as_str(), line["base_url"].as_str())
            {
                return Ok(Self {
                    process,
                    base_url: base_url.to_owned(),
                    _output: output,
                });
            }
        }
    }

    /// What the contestants of all languages need cost for a message, by language.
    pub(crate) fn measure(
        &self,
        (message, payload): (&Message, &Value),
        seconds: f64,
    ) -> Result<Vec<(&'static str, Microseconds)>, Box<dyn Error>> {
        let url = format!("{}/whatsapp/v2/messages", self.base_url);
        let request = json!({
            "settings": {"base_url": self.base_url, "api_key": API_KEY, "from": SENDER},
            "url": url,
            "message": message,
            "payload": payload,
            "at_once": AT_ONCE,
            "seconds": seconds,
        });
        let script = |name| format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        Ok(vec![
            (
                "C",
                program::ask(&program::python(), &script("sending_floor.py"), &request)?,
            ),
            ("Rust", self.measure_rust(message, payload, &url, seconds)?),
            (
                "Python",
                program::ask(&program::python(), &script("sending.py"), &request)?,
            ),
            (
                "Node",
                program::ask("node", &script("sending.mjs"), &request)?,
            ),
        ])
    }

    fn measure_rust(
        &self,
        message: &Message,
        payload: &Value,
        url: &str,
        seconds: f64,
    ) -> Result<Microseconds, Box<dyn Error>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        // reqwest by itself wants to be told; that it was told before is no matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut figures = Microseconds::new();
        for at_once in AT_ONCE {
            let mut add = |name: &str, figure| {
                figures
                    .entry(name.to_owned())
                    .or_default()
                    .insert(at_once, figure);
            };
            for (name, batch_size) in [("wamux", "1"), ("wamux, batches of 100", "100")] {
                let client = self.client(at_once, batch_size)?;
                let figure = spent_on(seconds, || runtime.block_on(send(&client, message)));
                add(name, figure?);
            }
            let client = reqwest::Client::builder()
                .pool_max_idle_per_host(at_once)
                .no_proxy()
                .build()?;
            let bytes = serde_json::to_vec(payload)?;
            let posting = || runtime.block_on(post(&client, url, &bytes, at_once));
            add("reqwest", spent_on(seconds, posting)?);
        }
        Ok(figures)
    }

    fn client(&self, at_once: usize, batch_size: &str) -> Result<Client, Box<dyn Error>> {
        let mut settings = Settings::default();
        settings.set("base_url", &self.base_url)?;
        settings.set("api_key", API_KEY)?;
        settings.set("from", SENDER)?;
        settings.set("batch_size", batch_size)?;
        let mut options = Options {
            timeout: Duration::from_secs(30),
            ..Options::default()
        };
        options.set("concurrency", &at_once.to_string())?;
        Ok(Client::new(gateway::open(GATEWAY, &settings)?, &options)?)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Where it has ended already, there is nothing to end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The CPU time of this process for each of the messages that `send` sends at a time; the first ones connect.
fn spent_on(
    seconds: f64,
    mut send: impl FnMut() -> Result<(), Box<dyn Error>>,
) -> Result<f64, Box<dyn Error>> {
    send()?;
    let (mut count, start) = (0, ProcessTime::now());
    loop {
        send()?;
        count += COUNT;
        let spent = start.elapsed().as_secs_f64();
        if spent >= seconds {
            return Ok(spent / count as f64 * 1e6);
        }
    }
}

async fn send(client: &Client, message: &Message) -> Result<(), Box<dyn Error>> {
    let messages = stream::iter(std::iter::repeat_n(message.clone(), COUNT));
    let mut results = client.send_many(messages);
    while let Some((_, result)) = results.next().await {
        result?;
    }
    Ok(())
}

/// The same requests without wamux, each read to its end.
async fn post(
    client: &reqwest::Client,
    url: &str,
    body: &[u8],
    at_once: usize,
) -> Result<(), Box<dyn Error>> {
    let posts = (0..COUNT).map(|_| async {
        let request = client
            .post(url)
            .header("content-type", "application/json")
            .header("authorization", format!("Key {API_KEY}"))
            .body(body.to_vec());
        let answer = request.send().await?.error_for_status()?;
        serde_json::from_slice::<Value>(&answer.bytes().await?)?;
        Ok::<_, Box<dyn Error>>(())
    });
    let mut posts = stream::iter(posts).buffer_unordered(at_once);
    while let Some(posted) = posts.next().await {
        posted?;
    }
    Ok(())
}
