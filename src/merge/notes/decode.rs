//! Bytes of a text file → text, as Windows, Mac and Linux programs save it.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::model::{Severity, Warned, Warning, WarningCode};

use super::NotesError;

/// Decodes UTF-8, UTF-16 (with or without a mark) and Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Warned<String>, NotesError> {
    let utf16 = match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [0, b, ..] if *b != 0 => Some(UTF_16BE),
        [b, 0, ..] if *b != 0 => Some(UTF_16LE),
        _ => None,
    };
    let mut warnings = Vec::new();
    let text = if let Some(encoding) = utf16 {
        let (text, damaged) = encoding.decode_with_bom_removal(bytes);
        if damaged {
            return Err(NotesError::NotText);
        }
        text.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()
    } else {
        let message = "Anteckningarna är inte sparade som UTF-8 utan lästes som Windows-1252. \
                       Kontrollera att å, ä och ö har blivit rätt.";
        warnings.push(Warning { severity: Severity::Info, ..Warning::new(WarningCode::TextEncoding, message) });
        WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    };
    // Text files hold no such signs; a Word or PDF file given by mistake does.
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}')) {
        return Err(NotesError::NotText);
    }
    Ok(Warned { value: text, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_every_encoding() {
        let text = "Möte: 2024-09-18\r\n# Ökad – åäö";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(utf16.iter().copied()).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let bom = format!("\u{feff}{text}");
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), bom.as_bytes(), &utf16, &marked, &big, &windows] {
            assert_eq!(decode(bytes).unwrap().value, text);
        }
        assert_eq!(decode(&windows).unwrap().warnings.len(), 1);
    }

    #[test]
    fn a_zip_file_is_no_text() {
        assert!(matches!(decode(b"PK\x03\x04\x14\x00\x06\x00\x08"), Err(NotesError::NotText)));
    }
}
