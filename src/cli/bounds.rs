//! How much khatt takes from one file: more is a mistake or an attack, and would fill the memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use khatt::packed::{MOST_RATIO, is_too_much};
use khatt::{Error, Result};

/// Bytes of a report or of a table of claims.
pub(crate) const MOST_TEXT: u64 = 256 << 20;
/// Bytes of a web page; those of news stay below 2 MB.
pub(crate) const MOST_PAGE: u64 = 32 << 20;
/// Bytes of a file that people write by hand: corrections, addresses.
pub(crate) const MOST_BY_HAND: u64 = 64 << 20;
/// Bytes of JSON lines, unpacked, where all must be in memory at once.
pub(crate) const MOST_LINES: u64 = 4 << 30;

/// Reads to the end, unless that is further off than `most` bytes.
pub(crate) fn read_from(input: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let problem = format!("larger than {} MB; split it", most >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
    }
    Ok(bytes)
}

/// The bytes of a file of at most `most`.
pub(crate) fn read(file: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_from(File::open(file)?, most)
}

/// The text of a file that people write by hand.
///
/// # Errors
///
/// [`Error::Read`] when it cannot be read, is too large, or is not UTF-8.
pub(crate) fn read_by_hand(file: &Path) -> Result<String> {
    let bytes = read(file, MOST_BY_HAND).map_err(|e| Error::read(file, e))?;
    String::from_utf8(bytes).map_err(|e| Error::read(file, e))
}

/// A stream being unpacked, stopped when it unpacks to more than text ever does.
pub(crate) struct Unpacking<R> {
    input: R,
    unpacked: u64,
    /// Packed bytes read so far.
    packed: Arc<AtomicU64>,
}

impl<R> Unpacking<R> {
    /// `packed` is told of every packed byte that `input` reads.
    pub(crate) fn new(input: R, packed: Arc<AtomicU64>) -> Self {
        Self {
            input,
            unpacked: 0,
            packed,
        }
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.unpacked += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if is_too_much(self.unpacked, packed) {
            let problem = format!(
                "unpacks to more than {MOST_RATIO} times its size; if that is meant, unpack it first"
            );
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, problem));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_given_up() {
        let endless = read_from(io::repeat(b'x'), 1 << 20).unwrap_err();
        assert!(endless.to_string().contains("larger than 1 MB"));
        let all = read_from(&b"abc"[..], 3).unwrap();
        assert_eq!(all, b"abc");
    }
}
