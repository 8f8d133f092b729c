//! Paths in, one JSON a line out: the form in which an existing engine can run the reading.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use serde::Serialize;

use super::record::Failure;
use super::walk::{Loader, Location};
use super::worker::{Answer, Client, Request};
use super::{BatchError, Settings, Shard};

/// So many answers may be ahead of the one that is to be written next.
const AHEAD: usize = 64;

/// How a stream is served.
#[derive(Clone, Debug)]
pub struct StreamOptions {
    /// How each file is read; the formats are not looked at.
    pub settings: Settings,
    /// Worker processes at once, at least 1.
    pub jobs: usize,
    /// Only every N-th line.
    pub shard: Option<Shard>,
    /// The program that serves as worker, and its arguments.
    pub worker: Vec<std::ffi::OsString>,
}

/// What stands before the models in a line.
#[derive(Serialize)]
struct Head<'a> {
    file: &'a str,
    failure: Option<Failure>,
}

/// What the threads share: lines in, answers out in the order of the lines.
struct Shared<'a> {
    lines: &'a mut (dyn Iterator<Item = io::Result<String>> + Send),
    /// The number of the next line to take, and of the next answer to write.
    taken: usize,
    written: usize,
    answers: BTreeMap<usize, Vec<u8>>,
    to: &'a mut (dyn Write + Send),
    failed: usize,
    error: Option<BatchError>,
}

/// Reads paths, one a line, and writes `{"file": …, "failure": …, "documents": […]}`, one a line, in the same order.
///
/// Returns how many files failed.
///
/// # Errors
/// Those of the streams, and workers that cannot be started. A file that fails is a line with a failure.
pub fn stream(
    from: impl BufRead + Send,
    to: &mut (dyn Write + Send),
    options: &StreamOptions,
) -> Result<usize, BatchError> {
    let mut lines = from.lines().filter(|line| line.as_ref().map_or(true, |line| !line.trim().is_empty()));
    let mut number = 0..;
    let mut lines = lines
        .by_ref()
        .filter(|_| number.next().is_some_and(|number| options.shard.is_none_or(|shard| shard.has(number))));
    let shared = Mutex::new(Shared {
        lines: &mut lines,
        taken: 0,
        written: 0,
        answers: BTreeMap::new(),
        to,
        failed: 0,
        error: None,
    });
    let room = Condvar::new();
    thread::scope(|scope| {
        for _ in 0..options.jobs.max(1) {
            scope.spawn(|| work(&shared, &room, options));
        }
    });
    let shared = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
    shared.error.map_or(Ok(shared.failed), Err)
}

fn work(shared: &Mutex<Shared<'_>>, room: &Condvar, options: &StreamOptions) {
    let mut loader = Loader::default();
    let mut client = None;
    loop {
        let (number, path) = {
            let mut all = shared.lock().unwrap_or_else(PoisonError::into_inner);
            while all.error.is_none() && all.taken >= all.written + AHEAD {
                all = room.wait(all).unwrap_or_else(PoisonError::into_inner);
            }
            if all.error.is_some() {
                return;
            }
            match all.lines.next() {
                None => return,
                Some(Ok(line)) => {
                    all.taken += 1;
                    (all.taken - 1, line.trim_end_matches('\r').to_owned())
                }
                Some(Err(source)) => {
                    all.error = Some(BatchError::Input { path: PathBuf::from("-"), source });
                    room.notify_all();
                    return;
                }
            }
        };
        let line = answer(&path, &mut loader, &mut client, options);
        let mut all = shared.lock().unwrap_or_else(PoisonError::into_inner);
        match line {
            Ok((line, failed)) => {
                all.failed += usize::from(failed);
                all.answers.insert(number, line);
            }
            Err(error) => all.error = Some(error),
        }
        all.write();
        room.notify_all();
    }
}

impl Shared<'_> {
    /// Writes the answers whose turn it is.
    fn write(&mut self) {
        while let Some(line) = self.answers.remove(&self.written) {
            self.written += 1;
            if let Err(source) = self.to.write_all(&line).and_then(|()| self.to.flush()) {
                self.error.get_or_insert(BatchError::Output { path: PathBuf::from("-"), source });
            }
        }
    }
}

/// A file's line, and whether it failed.
fn answer(
    path: &str,
    loader: &mut Loader,
    client: &mut Option<Client>,
    options: &StreamOptions,
) -> Result<(Vec<u8>, bool), BatchError> {
    let location = Location::File(PathBuf::from(path));
    let bytes = match loader.load(&location, options.settings.caps.size) {
        Ok(bytes) => bytes,
        Err(error) => {
            let failure = Failure {
                message: error.to_string(),
                help: Some(error.help().to_owned()),
                passing: error.is_passing(),
            };
            return Ok((line(path, Some(failure), &[]), true));
        }
    };
    let started = Client::running(client, || {
        let settings = Settings { formats: vec![crate::write::Format::Json], ..options.settings.clone() };
        Client::start(&options.worker, &settings)
    })?;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let request = Request::File { name: name.to_owned(), output: String::new(), found: false };
    Ok(match started.ask(&request, &bytes, "filen") {
        Answer::Reply(reply, body) => {
            let mut models = Vec::with_capacity(reply.files.len());
            let mut rest = body.as_slice();
            for (_, length) in &reply.files {
                let length = usize::try_from(*length).unwrap_or(usize::MAX).min(rest.len());
                let (model, after) = rest.split_at(length);
                models.push(model);
                rest = after;
            }
            let failed = reply.failure.is_some();
            (line(path, reply.failure, &models), failed)
        }
        Answer::Dead(failure) => {
            *client = None;
            (line(path, Some(failure), &[]), true)
        }
    })
}

fn line(file: &str, failure: Option<Failure>, models: &[&[u8]]) -> Vec<u8> {
    // Plain data always has a JSON form.
    let mut line = serde_json::to_vec(&Head { file, failure }).unwrap_or_default();
    line.pop();
    line.extend_from_slice(b",\"documents\":[");
    for (number, model) in models.iter().enumerate() {
        if number > 0 {
            line.push(b',');
        }
        // Inside a JSON text a line break stands only between signs; in strings it is escaped.
        for piece in model.split(|byte| *byte == b'\n') {
            line.extend_from_slice(piece.trim_ascii_start());
        }
    }
    line.extend_from_slice(b"]}\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        let model = serde_json::to_vec_pretty(&serde_json::json!({"a": "två\nrader  x", "b": [1, {}]})).unwrap();
        let line = line("a b.docx", None, &[&model, b"{}\n"]);
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
        let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(value["documents"][0]["a"], "två\nrader  x");
        assert_eq!(value["file"], "a b.docx");
    }
}
