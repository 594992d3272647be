//! A campaign through `send_many`, against the sandbox: every message is accepted once, memory does not grow with their
//! number, and the rate is kept to on the real clock. The process is these tests' alone.
//!
//! `WAMUX_SOAK_MESSAGES` sets the number of messages, `WAMUX_SOAK_SECONDS` for how long the rate is watched; `make soak`
//! sets both high.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "support/memory.rs"]
mod memory;
#[path = "support/soak.rs"]
mod soak;
mod support;

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, stream};
use memory::{MIB, memory};
use support::{client_with, message, settings};
use wamux::message::Message;
use wamux::{Client, Options};
use wamux_sandbox::Sandbox;

/// A sandbox that keeps few messages, and a client of it.
async fn devino(options: &Options) -> (Sandbox, Client) {
    let sandbox = Sandbox::start(wamux_sandbox::Options {
        keep_messages: 100,
        ..wamux_sandbox::Options::default()
    });
    let sandbox = sandbox.await.unwrap();
    let settings = settings(&sandbox.base_url("devino-v2").unwrap());
    let client = client_with("devino-v2", &settings, options);
    (sandbox, client)
}

/// A message to one of ten million numbers.
fn to(number: u64) -> Message {
    let mut message = message();
    message.to = format!("+7903{:07}", number % 10_000_000);
    message.client_id = None;
    message
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_of_any_size_needs_the_same_memory_and_is_accepted_once() {
    let count = soak::number("WAMUX_SOAK_MESSAGES", 5_000);
    let (sandbox, client) = devino(&Options::default()).await;
    let mut seen = vec![false; usize::try_from(count).unwrap()];
    let mut results = client.send_many(stream::iter((0..count).map(to)));
    let tenth = count / 10;
    let (mut done, mut began) = (0, Instant::now());
    let mut before = 0;
    while let Some((position, result)) = results.next().await {
        result.unwrap();
        assert!(!std::mem::replace(&mut seen[position], true), "{position}");
        done += 1;
        if done % tenth == 0 {
            let resident = memory("VmRSS:");
            if done == tenth {
                before = resident;
                // The peak is counted from here.
                std::fs::write("/proc/self/clear_refs", "5").unwrap();
            }
            let took = began.elapsed().as_secs_f64();
            eprintln!(
                "tenth {}: {tenth} messages in {took:.2} s, {} KiB",
                done / tenth,
                resident / 1024
            );
            began = Instant::now();
        }
    }
    assert_eq!(done, count);
    assert_eq!(sandbox.counts().accepted, count);
    let more = memory("VmHWM:").saturating_sub(before);
    eprintln!("{} KiB more at the peak than after a tenth", more / 1024);
    assert!(more <= 16 * MIB, "{more} bytes more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rate_is_kept_to_on_the_real_clock() {
    let seconds = soak::number("WAMUX_SOAK_SECONDS", 2);
    let (rate, burst) = (50, 10);
    let options = Options {
        rate: Some(f64::from(rate)),
        burst: NonZeroU32::new(burst).unwrap(),
        ..Options::default()
    };
    let (sandbox, client) = devino(&options).await;
    let began = Instant::now();
    let end = tokio::time::sleep(Duration::from_secs(seconds));
    let results = client.send_many_unless(stream::iter((0..).map(to)), end);
    results.for_each(|_| async {}).await;
    let accepted = sandbox.counts().accepted;
    let took = began.elapsed();
    eprintln!("{accepted} messages in {took:.2?} at {rate} a second and {burst} at once");
    let most = took.as_secs_f64() * f64::from(rate) + f64::from(burst);
    let accepted = u32::try_from(accepted).unwrap();
    assert!(f64::from(accepted) <= most, "{accepted} of {most}");
    assert!(accepted > burst);
}
