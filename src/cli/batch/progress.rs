//! Progress on standard error: a bar on a terminal, plain lines elsewhere, JSON where a program listens.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use handlingsplan::batch::{Event, FileRecord, Observer, Status, Summary};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::cli::terminal::say;

/// How often a plain line is written.
const EVERY: Duration = Duration::from_secs(5);

/// Tells how a run goes, and takes Ctrl-C.
pub(crate) struct Progress {
    json: bool,
    bar: ProgressBar,
    stopped: Arc<AtomicBool>,
    state: Mutex<State>,
}

struct State {
    all: usize,
    done: usize,
    failed: usize,
    told: Instant,
}

impl Progress {
    pub(crate) fn new(json: bool) -> Self {
        let is_bar = !json && std::io::stderr().is_terminal();
        let target = if is_bar { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = "{bar:30} {pos} av {len} filer · {per_sec} · {eta} kvar{msg}";
        bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let stopped = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&stopped);
        // Where the signal cannot be caught the system ends the program; what is done stays done all the same.
        let _ = ctrlc::set_handler(move || {
            if seen.swap(true, Ordering::Relaxed) {
                // A second time: at once. Outputs are whole at any moment.
                std::process::exit(1);
            }
        });
        let state = Mutex::new(State { all: 0, done: 0, failed: 0, told: Instant::now() });
        Self { json, bar, stopped, state }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Tells how the run ended.
    pub(crate) fn summary(&self, summary: &Summary, output: &Path) {
        let Summary { converted, unchanged, failed, left_out, doubtful_groups, .. } = *summary;
        if self.json {
            self.say(&json!({"event": "done", "converted": converted, "unchanged": unchanged, "failed": failed, "left_out": left_out, "doubtful_groups": doubtful_groups}).to_string());
            return;
        }
        let mut line = format!("{converted} {}", if converted == 1 { "fil omvandlad" } else { "filer omvandlade" });
        for (number, what) in [(unchanged, "oförändrade"), (failed, "misslyckade"), (left_out, "utelämnade")] {
            if number > 0 {
                line.push_str(&format!(", {number} {what}"));
            }
        }
        self.say(&line);
        match doubtful_groups {
            0 => {}
            1 => self.say("1 grupp har motsägelser eller punkter som kanske är samma"),
            _ => self.say(&format!("{doubtful_groups} grupper har motsägelser eller punkter som kanske är samma")),
        }
        self.say(&format!("Rapport: {}", output.join("report.html").display()));
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    fn done(&self, record: &FileRecord, unchanged: bool) {
        let line = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.done += 1;
            state.failed += usize::from(record.status == Status::Failed);
            self.bar.inc(1);
            if state.failed > 0 {
                self.bar.set_message(format!(" · {} misslyckade", state.failed));
            }
            let is_time = !self.json && self.bar.is_hidden() && state.told.elapsed() >= EVERY;
            is_time.then(|| {
                state.told = Instant::now();
                format!("{} av {} filer, {} misslyckade", state.done, state.all, state.failed)
            })
        };
        if let Some(line) = line {
            self.say(&line);
        }
        let message = record.failure.as_ref().map(|failure| failure.message.as_str());
        if self.json {
            self.say(&json!({"event": "file", "file": record.file, "status": record.status, "unchanged": unchanged, "message": message}).to_string());
        } else if record.status == Status::Failed {
            self.say(&format!("Misslyckades: {}: {}", record.file, message.unwrap_or_default()));
        }
    }
}

impl Observer for Progress {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Found { files } => {
                self.state.lock().unwrap_or_else(PoisonError::into_inner).all = *files;
                self.bar.set_length(*files as u64);
                if self.json {
                    self.say(&json!({"event": "found", "files": files}).to_string());
                }
            }
            Event::Done { record, unchanged } => self.done(record, *unchanged),
            Event::Merging { groups } if self.json => {
                self.say(&json!({"event": "merging", "groups": groups}).to_string());
            }
            Event::Merging { groups } => self.bar.set_message(format!(" · {groups} grupper förs samman")),
            Event::Report if self.json => self.say(&json!({"event": "report"}).to_string()),
            _ => {}
        }
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
