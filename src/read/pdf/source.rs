//! The PDF file: opening, pages one by one, links, the title, an embedded model.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::Affine;
use hayro_interpret::kurbo::{Point, Rect as BigRect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

use super::anchors::{self, Anchor};
use super::device::{Recorder, to_small};
use super::page::PdfPage;
use crate::read::{Limits, ReadError, ReadOptions};

/// A file that takes longer than this to open is given up.
const OPEN_TIME: Duration = Duration::from_secs(8);
/// So many pages may be given up; each leaves a thread behind.
const GIVEN_UP: u32 = 2;

/// The whole file, before layout.
pub(super) struct Source {
    pub(super) title: Option<String>,
    pub(super) pages: usize,
    pub(super) model: Option<String>,
    /// The names of rows; only a file that this program wrote has some.
    pub(super) anchors: Vec<Anchor>,
}

/// What came of a page.
pub(super) enum Outcome {
    Page(Box<PdfPage>),
    /// The interpreter failed on it.
    Failed(u32),
    /// It took too long.
    TimedOut(u32),
}

enum Message {
    Opened(Result<Source, LoadPdfError>),
    Page(Option<Box<PdfPage>>),
}

/// Opens the file and hands each page to `take` as it is ready, in order.
pub(super) fn pages(
    bytes: &[u8],
    options: &ReadOptions,
    mut take: impl FnMut(Outcome) -> Result<(), ReadError>,
) -> Result<Source, ReadError> {
    let bytes: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
    let password = options.password.clone().unwrap_or_default();
    let limits = options.limits;
    let mut worker = start(&bytes, &password, &limits, 0)?;
    let mut source = match worker.recv_timeout(OPEN_TIME) {
        Ok(Message::Opened(Ok(source))) => source,
        Ok(Message::Opened(Err(LoadPdfError::Decryption(error)))) => return Err(locked(error, options)),
        Err(RecvTimeoutError::Timeout) => return Err(slow("filen kunde inte öppnas på 8 sekunder")),
        _ => return Err(ReadError::damaged("den går inte att tyda som PDF", None)),
    };
    if source.pages > options.limits.pages {
        return Err(ReadError::TooLarge {
            what: format!("den har {} sidor och gränsen är {}", source.pages, options.limits.pages),
            help: "Dela upp filen i mindre delar.".into(),
        });
    }
    source.pages = source.pages.max(1);
    let mut given_up = 0;
    let mut opening = false;
    let mut next = 0;
    while next < source.pages {
        let number = u32::try_from(next + 1).unwrap_or(u32::MAX);
        // A fresh worker opens the file first.
        let time = if opening { OPEN_TIME } else { limits.page_time };
        opening = false;
        match worker.recv_timeout(time) {
            Ok(Message::Opened(_)) => continue,
            Ok(Message::Page(Some(page))) => take(Outcome::Page(page))?,
            Ok(Message::Page(None)) => take(Outcome::Failed(number))?,
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                given_up += 1;
                if given_up >= GIVEN_UP {
                    let seconds = limits.page_time.as_secs_f32();
                    return Err(slow(&format!(
                        "sida {number} (och en sida före den) tog mer än {seconds} sekunder att tolka"
                    )));
                }
                take(Outcome::TimedOut(number))?;
                worker = start(&bytes, &password, &limits, next + 1)?;
                opening = true;
            }
        }
        next += 1;
    }
    Ok(source)
}

fn slow(what: &str) -> ReadError {
    ReadError::TooLarge {
        what: what.to_owned(),
        help: "Skriv ut dokumentet till PDF på nytt, eller ta bort sidan.".into(),
    }
}

fn locked(error: DecryptionError, options: &ReadOptions) -> ReadError {
    let help = match (error, &options.password) {
        (DecryptionError::PasswordProtected, None) => "Ange lösenordet med --password.",
        (DecryptionError::PasswordProtected, Some(_)) => "Lösenordet stämmer inte; kontrollera det och försök igen.",
        _ => "Krypteringen går inte att tyda; spara filen på nytt utan lösenord.",
    };
    ReadError::Encrypted { help: help.into() }
}

/// A thread that opens the file and interprets the pages from `first` on: a dependency that
/// panics or never comes back is left to itself there.
fn start(bytes: &Arc<Vec<u8>>, password: &str, limits: &Limits, first: usize) -> Result<Receiver<Message>, ReadError> {
    let (sender, receiver) = sync_channel(8);
    let (bytes, password, limits) = (Arc::clone(bytes), password.to_owned(), *limits);
    std::thread::Builder::new()
        .name("pdf".into())
        .stack_size(16 << 20)
        .spawn(move || {
            // A panic ends the thread; the receiver sees that the channel is closed.
            let _ = catch_unwind(AssertUnwindSafe(|| work(bytes, &password, &limits, first, &sender)));
        })
        .map_err(|error| ReadError::Damaged {
            what: "en arbetstråd kunde inte startas".into(),
            part: None,
            source: Some(Box::new(error)),
        })?;
    Ok(receiver)
}

fn work(bytes: Arc<Vec<u8>>, password: &str, limits: &Limits, first: usize, sender: &SyncSender<Message>) {
    let pdf = match Pdf::new_with_password(bytes, password) {
        Ok(pdf) => pdf,
        Err(error) => {
            let _ = sender.send(Message::Opened(Err(error)));
            return;
        }
    };
    let count = pdf.pages().len();
    let title = pdf.metadata().title.as_deref().map(text_string).filter(|title| !title.trim().is_empty());
    let model = catch_unwind(AssertUnwindSafe(|| embedded_model(&pdf))).ok().flatten();
    let anchors = catch_unwind(AssertUnwindSafe(|| anchors::find(&pdf))).unwrap_or_default();
    if sender.send(Message::Opened(Ok(Source { title, pages: count, model, anchors }))).is_err() {
        return;
    }
    let mut cache = InterpreterCache::new();
    for (index, page) in pdf.pages().iter().enumerate().skip(first) {
        // The cache is shared for speed; fresh now and then, so that a long file stays small.
        if index % 64 == 63 {
            cache = InterpreterCache::new();
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let read = catch_unwind(AssertUnwindSafe(|| Box::new(interpret(&pdf, page, number, limits, &cache)))).ok();
        if read.is_none() {
            cache = InterpreterCache::new();
        }
        if sender.send(Message::Page(read)).is_err() {
            return;
        }
    }
}

fn interpret<'a>(pdf: &'a Pdf, page: &Page<'a>, number: u32, limits: &Limits, cache: &InterpreterCache<'a>) -> PdfPage {
    let size = page.render_dimensions();
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let bounds = BigRect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut recorder = Recorder::new(number, size, *limits);
    interpret_page(page, &mut context, &mut recorder);
    let mut read = recorder.page;
    read.links = links(page, transform);
    read
}

fn links(page: &Page<'_>, transform: Affine) -> Vec<(crate::page::Rect, String)> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return Vec::new() };
    let mut links = Vec::new();
    for annotation in annotations.iter::<Dict<'_>>().take(10_000) {
        let Some(address) = annotation
            .get::<Dict<'_>>(b"A".as_slice())
            .and_then(|action| action.get::<PdfString<'_>>(b"URI".as_slice()))
        else {
            continue;
        };
        let Some(rect) = annotation.get::<PdfRect>(b"Rect".as_slice()) else { continue };
        let corner = transform * Point::new(rect.x0, rect.y0);
        let other = transform * Point::new(rect.x1, rect.y1);
        links.push((to_small(BigRect::from_points(corner, other)), text_string(address.as_bytes())));
    }
    links
}

/// A text string: UTF-16 or UTF-8 with its mark, else Latin-1 (PDFDocEncoding nearly is).
pub(super) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|&pair| u16::from_be_bytes(pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect(), str::to_owned),
    }
}

/// A JSON file embedded in the PDF.
fn embedded_model(pdf: &Pdf) -> Option<String> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let tree = catalog.get::<Dict<'_>>(b"Names".as_slice())?.get::<Dict<'_>>(b"EmbeddedFiles".as_slice())?;
    named_files(&tree, 0)
}

fn named_files(tree: &Dict<'_>, depth: usize) -> Option<String> {
    if depth > 8 {
        return None;
    }
    if let Some(kids) = tree.get::<Array<'_>>(b"Kids".as_slice()) {
        return kids.iter::<Dict<'_>>().take(256).find_map(|kid| named_files(&kid, depth + 1));
    }
    let names = tree.get::<Array<'_>>(b"Names".as_slice())?;
    names.iter::<hayro_interpret::hayro_syntax::object::Object<'_>>().take(512).find_map(|object| {
        let file = object.into_dict()?;
        let name = file.get::<PdfString<'_>>(b"UF".as_slice()).or_else(|| file.get(b"F".as_slice()))?;
        if !text_string(name.as_bytes()).to_lowercase().ends_with(".json") {
            return None;
        }
        let stream = file.get::<Dict<'_>>(b"EF".as_slice())?.get::<Stream<'_>>(b"F".as_slice())?;
        if stream.dict().get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|kind| !kind.as_str().contains("json")) {
            return None;
        }
        let data = stream.decoded_data().ok()?;
        (data.len() < 64 << 20).then(|| String::from_utf8(data.into_owned()).ok()).flatten()
    })
}
