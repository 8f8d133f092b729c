//! Times whole processes from a cold start, in turns, and prints medians and ratios:
//!
//! ```text
//! cargo build --release && cargo run --release --example cold_start
//! ```
//!
//! Compares `convert` and `update` with what others need for the same file: `unzip -p` only unpacks it,
//! `pandoc` reads it. What is not installed is left out. Single figures are noisy: look at the ratios.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(clippy::print_stdout, reason = "it is a report")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 40;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = root.join("target/release/handlingsplan");
    let program = program.to_string_lossy().into_owned();
    let plan = root.join("fixtures/plans/rpo-md-2024.docx").to_string_lossy().into_owned();
    let notes = root.join("fixtures/notes/rpo-md-2024-09-18.md").to_string_lossy().into_owned();
    let folder = std::env::temp_dir();
    let updated = folder.join("handlingsplan-cold-start.docx").to_string_lossy().into_owned();
    let commands: Vec<(&str, Vec<&str>)> = vec![
        ("unzip -p", vec!["unzip", "-p", &plan, "word/document.xml"]),
        ("convert to json", vec![&program, "convert", &plan]),
        ("update to docx", vec![&program, "update", &plan, "--notes", &notes, "-o", &updated, "--force"]),
        ("pandoc to json", vec!["pandoc", "-t", "json", &plan]),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); commands.len()];
    // In turns, so that a slow moment of the machine meets all of them; the first round only warms up.
    for round in 0..=ROUNDS {
        for ((_, command), times) in commands.iter().zip(&mut times) {
            if let Some(time) = run(command)
                && round > 0
            {
                times.push(time);
            }
        }
    }
    let medians: Vec<Option<f64>> = times.iter_mut().map(|times| median(times)).collect();
    let base = medians.first().copied().flatten();
    for ((name, _), median) in commands.iter().zip(&medians) {
        match (median, base) {
            (Some(median), Some(base)) => println!("{name:<16} {median:>8.2} ms   {:>6.1} × unzip", median / base),
            (Some(median), None) => println!("{name:<16} {median:>8.2} ms"),
            (None, _) => println!("{name:<16} not installed"),
        }
    }
    let _ = std::fs::remove_file(updated);
}

fn run(command: &[&str]) -> Option<Duration> {
    let (program, arguments) = command.split_first()?;
    let start = Instant::now();
    Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    Some(start.elapsed())
}

/// The median, in milliseconds.
fn median(times: &mut [Duration]) -> Option<f64> {
    times.sort_unstable();
    times.get(times.len() / 2).map(|time| time.as_secs_f64() * 1000.0)
}
