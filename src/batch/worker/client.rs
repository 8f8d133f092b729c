use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::super::record::Failure;
use super::super::{BatchError, Settings};
use super::{Reply, Request, frame};

/// How much of a dead worker's last words is looked at.
const LAST_WORDS: u64 = 4_096;

/// A reply with its body; none where the worker has closed.
type Frame = io::Result<Option<(Reply, Vec<u8>)>>;

/// The parent's end of a worker process. Dropped, the process ends.
pub(in super::super) struct Client {
    child: Child,
    to: Option<BufWriter<ChildStdin>>,
    replies: Receiver<Frame>,
    time: Duration,
    memory: u64,
}

/// What became of one file in a worker.
pub(in super::super) enum Answer {
    /// It answered: the body holds the outputs.
    Reply(Reply, Vec<u8>),
    /// It died or had to be ended; it takes no more files.
    Dead(Failure),
}

impl Client {
    /// Starts a worker.
    pub(in super::super) fn start(program: &[OsString], settings: &Settings) -> io::Result<Self> {
        let [program, arguments @ ..] = program else { return Err(io::ErrorKind::InvalidInput.into()) };
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a worker without streams"));
        };
        let (send, replies) = channel();
        // A reply is waited for in a thread of its own, so that waiting can end.
        thread::spawn(move || {
            let mut from = BufReader::new(from);
            loop {
                let reply = frame::read::<Reply>(&mut from);
                let is_last = !matches!(reply, Ok(Some(_)));
                if send.send(reply).is_err() || is_last {
                    return;
                }
            }
        });
        let mut client = Self {
            child,
            to: Some(BufWriter::new(to)),
            replies,
            time: settings.caps.time,
            memory: settings.caps.memory,
        };
        if let Some(to) = &mut client.to {
            frame::write(to, settings, b"")?;
        }
        Ok(client)
    }

    /// The worker that runs, or one that is started in its place.
    pub(in super::super) fn running(
        client: &mut Option<Self>,
        start: impl FnOnce() -> io::Result<Self>,
    ) -> Result<&mut Self, BatchError> {
        match client {
            Some(client) => Ok(client),
            None => Ok(client.insert(start().map_err(|source| BatchError::Worker { source })?)),
        }
    }

    /// Sends what is not answered; false where the worker is dead.
    pub(in super::super) fn tell(&mut self, request: &Request, body: &[u8]) -> bool {
        self.to.as_mut().is_some_and(|to| frame::write(to, request, body).is_ok())
    }

    /// Sends a request and waits for the answer. `subject` is what it is about, for messages ("filen").
    pub(in super::super) fn ask(&mut self, request: &Request, body: &[u8], subject: &str) -> Answer {
        if !self.tell(request, body) {
            return self.dead(subject);
        }
        match self.replies.recv_timeout(self.time) {
            Ok(Ok(Some((reply, body)))) => Answer::Reply(reply, body),
            Ok(_) | Err(RecvTimeoutError::Disconnected) => self.dead(subject),
            Err(RecvTimeoutError::Timeout) => {
                // It ends when it is dropped.
                Answer::Dead(Failure {
                    message: format!("{subject} tog längre tid än {} sekunder", self.time.as_secs_f32().ceil()),
                    help: Some(
                        "Höj gränsen med --timeout, eller öppna filen i sitt eget program och spara en ny kopia."
                            .to_owned(),
                    ),
                    passing: true,
                })
            }
        }
    }

    /// A worker that takes no more, and why, as far as it told.
    pub(in super::super) fn dead(&mut self, subject: &str) -> Answer {
        Answer::Dead(self.last_words(subject))
    }

    fn last_words(&mut self, subject: &str) -> Failure {
        drop(self.to.take());
        let mut words = Vec::new();
        if let Some(from) = &mut self.child.stderr {
            // What cannot be read any more tells nothing.
            let _ = from.take(LAST_WORDS).read_to_end(&mut words);
        }
        let words = String::from_utf8_lossy(&words);
        let (message, help) = if words.contains("memory allocation") {
            let message = format!("{subject} tog mer minne än {} megabyte", self.memory >> 20);
            (message, "Höj gränsen med --memory, eller dela upp filen.")
        } else if words.contains("overflowed its stack") {
            (format!("{subject} är för djupt nästlad"), "Öppna filen i sitt eget program och spara en ny kopia.")
        } else {
            (
                "läsningen avbröts av ett fel i programmet eller av systemet".to_owned(),
                "Öppna filen i sitt eget program och spara en ny kopia.",
            )
        };
        Failure { message, help: Some(help.to_owned()), passing: true }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // A worker whose input is closed ends by itself; one that hangs does not.
        drop(self.to.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
