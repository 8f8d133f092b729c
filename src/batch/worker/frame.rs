use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a frame.
pub(super) fn write(to: &mut impl Write, head: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let length = u32::try_from(head.len()).map_err(|_| io::Error::other("a frame's head is too long"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&head)?;
    to.write_all(&(body.len() as u64).to_le_bytes())?;
    to.write_all(body)?;
    to.flush()
}

/// Reads a frame; none where the other side has closed between two frames.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut length = [0; 4];
    let mut got = 0;
    while got < length.len() {
        match from.read(&mut length[got..]) {
            Ok(0) if got == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(more) => got += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let head = take(from, u64::from(u32::from_le_bytes(length)))?;
    let head = serde_json::from_slice(&head)?;
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    Ok(Some((head, take(from, u64::from_le_bytes(length))?)))
}

/// So many bytes; memory is set aside as they come, so that a wrong length costs nothing.
fn take(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(1 << 20)).unwrap_or(0));
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"huvud", b"kropp").unwrap();
        write(&mut bytes, &"tom", b"").unwrap();
        let mut from = bytes.as_slice();
        assert_eq!(read::<String>(&mut from).unwrap(), Some(("huvud".to_owned(), b"kropp".to_vec())));
        assert_eq!(read::<String>(&mut from).unwrap(), Some(("tom".to_owned(), Vec::new())));
        assert_eq!(read::<String>(&mut from).unwrap(), None);
    }

    #[test]
    fn a_cut_frame_is_an_error() {
        let mut bytes = Vec::new();
        write(&mut bytes, &"huvud", b"kropp").unwrap();
        for length in 1..bytes.len() {
            assert!(read::<String>(&mut &bytes[..length]).is_err(), "{length}");
        }
    }
}
