//! Reads any files or folders, one process a file, and tells how it went: `survey FOLDER|FILE…`, one line a file
//! (ok, refused, PANIC, DIED or TIMEOUT; time, memory, name), then the counts.
//! `survey --text FILE` prints what was read, for comparing with another reader.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "it may fail")]
#![allow(clippy::print_stdout, reason = "a program of the command line")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use handlingsplan::interpret::Vocabulary;
use handlingsplan::open::open;
use handlingsplan::page::{Inline, Mark, Node};
use handlingsplan::read::{ReadOptions, read};
use walkdir::WalkDir;

fn print(nodes: &[Node], depth: usize) {
    for node in nodes {
        match node {
            Node::Paragraph(paragraph) => {
                let mut text = String::new();
                for inline in &paragraph.inlines {
                    match inline {
                        Inline::Text(span) => text.push_str(&span.text),
                        Inline::Break => text.push('⏎'),
                        Inline::Mark(Mark::CheckBox { checked }) => text.push(if *checked { '☒' } else { '☐' }),
                        Inline::Mark(mark) => text.push_str(&format!("⟨{mark:?}⟩")),
                    }
                }
                let list = paragraph.list.map_or(String::new(), |list| format!("[{}] ", list.level));
                println!("{:depth$}{:?} {list}{text}", "", paragraph.role);
            }
            Node::Table(table) => {
                for row in &table.rows {
                    println!("{:depth$}row {}{}", "", row.place, if row.heading { " (heading)" } else { "" });
                    for cell in &row.cells {
                        println!(
                            "{:depth$} cell {}+{}x{} {:?}",
                            "", cell.column, cell.colspan, cell.rowspan, cell.fill
                        );
                        print(&cell.nodes, depth + 2);
                    }
                }
            }
        }
    }
}

/// How long one file may take.
const TIME: Duration = Duration::from_secs(20);

fn main() -> std::io::Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match arguments.as_slice() {
        [how, file] if how.as_os_str() == "--text" => text(file),
        [how, file] if how.as_os_str() == "--one" => one(file),
        [] => {
            println!("survey FOLDER|FILE… · survey --text FILE");
            Ok(())
        }
        inputs => survey(inputs),
    }
}

/// Prints what was read.
fn text(file: &Path) -> std::io::Result<()> {
    match read(&std::fs::read(file)?, &ReadOptions::default()) {
        Err(error) => println!("refused: {error}"),
        Ok(document) => {
            for part in &document.parts {
                println!("== {:?}", part.kind);
                print(&part.nodes, 0);
            }
            for (warning, place) in &document.warnings {
                println!("! {place}: {:?} {}", warning.code, warning.message);
            }
        }
    }
    Ok(())
}

/// Reads one file and prints how it went and the most memory that the process had, in megabytes.
fn one(file: &Path) -> std::io::Result<()> {
    let bytes = std::fs::read(file)?;
    let vocabulary = Vocabulary::standard().map_err(std::io::Error::other)?;
    let outcome = match std::panic::catch_unwind(|| open(&bytes, "file", &ReadOptions::default(), &vocabulary)) {
        Err(_) => "PANIC\t".to_owned(),
        Ok(Err(error)) => format!("refused\t{error}"),
        Ok(Ok(documents)) => format!("ok\t{} documents", documents.len()),
    };
    println!("{}\t{outcome}", memory());
    Ok(())
}

/// Where the system tells it, the most memory that this process had, in megabytes.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Reads each file in a process of its own.
fn survey(inputs: &[PathBuf]) -> std::io::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut slowest, mut largest) = ((0, PathBuf::new()), (0, PathBuf::new()));
    let files = inputs.iter().flat_map(|input| WalkDir::new(input).sort_by_file_name());
    for entry in files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        let start = Instant::now();
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--one")
            .arg(entry.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let ended = loop {
            if child.try_wait()?.is_some() {
                break true;
            }
            if start.elapsed() > TIME {
                child.kill()?;
                break false;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let said = child.wait_with_output()?.stdout;
        let said = String::from_utf8_lossy(&said);
        let mut fields = said.trim_end().splitn(3, '\t');
        let memory: u64 = fields.next().and_then(|field| field.parse().ok()).unwrap_or(0);
        let outcome = match fields.next() {
            Some(outcome) => outcome,
            None if ended => "DIED",
            None => "TIMEOUT",
        };
        let time = start.elapsed().as_millis();
        println!("{outcome}\t{time} ms\t{memory} MB\t{}\t{}", entry.path().display(), fields.next().unwrap_or(""));
        *counts.entry(outcome.to_owned()).or_default() += 1;
        slowest = slowest.max((time, entry.path().to_owned()));
        largest = largest.max((memory, entry.path().to_owned()));
    }
    println!("{counts:?}");
    println!("slowest: {} ms, {}", slowest.0, slowest.1.display());
    println!("largest: {} MB, {}", largest.0, largest.1.display());
    Ok(())
}
