use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::Settings;
use super::super::convert::{Converted, Converter};
use super::super::merger::Merger;
use super::super::record::Failure;
use super::{Reply, Request, frame};

/// Serves until the other side closes.
///
/// `limit` is called once with the memory that the settings allow, in bytes.
///
/// # Errors
/// Those of the streams, and settings that make no sense (a file of columns that is none).
pub fn serve(from: impl Read, to: impl Write, limit: impl FnOnce(u64)) -> io::Result<()> {
    let (mut from, mut to) = (BufReader::new(from), BufWriter::new(to));
    let Some((settings, _)) = frame::read::<Settings>(&mut from)? else { return Ok(()) };
    limit(settings.caps.memory);
    let watch = Watch::start(settings.caps.time);
    let converter = Converter::new(&settings).map_err(io::Error::other)?;
    let mut merger = Merger::default();
    while let Some((request, bytes)) = frame::read::<Request>(&mut from)? {
        let _running = watch.file();
        let is_answered = !matches!(request, Request::Version { .. });
        match catch_unwind(AssertUnwindSafe(|| answer(&converter, &mut merger, request, &bytes))) {
            Ok(Some((reply, body))) => frame::write(&mut to, &reply, &body)?,
            Ok(None) => {}
            Err(_) if is_answered => frame::write(&mut to, &failed(fault()).0, b"")?,
            Err(_) => merger.break_off(fault().message),
        }
    }
    Ok(())
}

/// The answer to a request; none where there is none to be.
fn answer(converter: &Converter, merger: &mut Merger, request: Request, bytes: &[u8]) -> Option<(Reply, Vec<u8>)> {
    match request {
        Request::File { name, output, found } => Some(file(converter.convert(bytes, &name, &output, found))),
        Request::Version { model } => {
            merger.add(&model, bytes);
            None
        }
        Request::Merge { group } => Some(match std::mem::take(merger).finish(group) {
            Ok((group, history)) => (Reply { group: Some(Box::new(group)), ..Reply::default() }, history),
            Err(error) => failed(Failure { message: error.to_string(), help: None, passing: false }),
        }),
    }
}

fn failed(failure: Failure) -> (Reply, Vec<u8>) {
    (Reply { failure: Some(failure), ..Reply::default() }, Vec::new())
}

fn file(converted: Converted) -> (Reply, Vec<u8>) {
    let mut body = Vec::new();
    let mut reply = Reply {
        documents: converted.documents,
        failure: converted.failure,
        left_out: converted.left_out,
        files: Vec::with_capacity(converted.outputs.len()),
        ..Reply::default()
    };
    for (path, bytes) in converted.outputs {
        reply.files.push((path, bytes.len() as u64));
        body.extend_from_slice(&bytes);
    }
    (reply, body)
}

/// Ends a process that hangs after its parent is gone: nobody else would.
struct Watch {
    since: Arc<Mutex<Option<Instant>>>,
}

impl Watch {
    fn start(time: Duration) -> Self {
        let since: Arc<Mutex<Option<Instant>>> = Arc::default();
        let watched = Arc::clone(&since);
        // The parent ends a worker in time; this is for the case that it cannot.
        let most = time.saturating_mul(2) + Duration::from_secs(5);
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                let since = *watched.lock().unwrap_or_else(PoisonError::into_inner);
                if since.is_some_and(|since| since.elapsed() > most) {
                    std::process::exit(1);
                }
            }
        });
        Self { since }
    }

    /// A file is under way until what this returns is dropped.
    fn file(&self) -> Running<'_> {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Running(self)
    }
}

struct Running<'a>(&'a Watch);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.since.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

fn fault() -> Failure {
    Failure {
        message: "ett fel i programmet avbröt läsningen".to_owned(),
        help: Some("Rapportera felet, och bifoga filen om den får lämnas ut.".to_owned()),
        passing: false,
    }
}
