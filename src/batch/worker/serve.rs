use std::io::{self, BufReader, BufWriter, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::super::Settings;
use super::super::convert::{Converted, Converter};
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
    while let Some((request, bytes)) = frame::read::<Request>(&mut from)? {
        let _running = watch.file();
        let convert = || converter.convert(&bytes, &request.name, &request.output, request.found);
        let converted = catch_unwind(AssertUnwindSafe(convert)).unwrap_or_else(|_| Converted::failed(fault()));
        let mut body = Vec::new();
        let mut reply = Reply {
            documents: converted.documents,
            failure: converted.failure,
            left_out: converted.left_out,
            files: Vec::with_capacity(converted.outputs.len()),
        };
        for (path, bytes) in converted.outputs {
            reply.files.push((path, bytes.len() as u64));
            body.extend_from_slice(&bytes);
        }
        frame::write(&mut to, &reply, &body)?;
    }
    Ok(())
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
