//! JSON lines of any size: unpacked on the way, read in batches, with a bound to one line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use khatt::Error;

use super::bounds::{self, MOST_LINES, Unpacking};

/// The bytes of lines that one core is given at a time.
const BATCH: usize = 256 * 1024;

/// The longest line, in bytes. A longer one is named as a problem and passed over.
const LONGEST_LINE: usize = 256 << 20;

/// Buffers for reading files.
const BUFFER: usize = 128 * 1024;

const GZIP: [u8; 2] = [0x1F, 0x8B];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Memory that a zstd stream may ask for, as a power of two: 128 MB, what `zstd` itself grants.
const WIDEST_WINDOW: u32 = 27;

/// The bytes of `input`, unpacked when they are packed with gzip or zstd.
pub(crate) fn unpacked(input: Box<dyn Read>) -> io::Result<Box<dyn BufRead>> {
    let count = Arc::<AtomicU64>::default();
    let mut input = Counted {
        input,
        count: Arc::clone(&count),
    };
    let mut magic = Vec::with_capacity(ZSTD.len());
    input
        .by_ref()
        .take(ZSTD.len() as u64)
        .read_to_end(&mut magic)?;
    let (is_gzip, is_zstd) = (magic.starts_with(&GZIP), magic == ZSTD);
    let whole = BufReader::with_capacity(BUFFER, Cursor::new(magic).chain(input));
    let unpacker: Box<dyn Read> = if is_gzip {
        Box::new(MultiGzDecoder::new(whole))
    } else if is_zstd {
        frames(whole)?
    } else {
        return Ok(Box::new(whole));
    };
    let unpacking = Unpacking::new(unpacker, count);
    Ok(Box::new(BufReader::with_capacity(BUFFER, unpacking)))
}

/// The whole of a stream, unpacked.
pub(crate) fn read_all(input: Box<dyn Read>) -> io::Result<Vec<u8>> {
    bounds::read_from(unpacked(input)?, MOST_LINES)
}

/// The frames of a zstd file one after the other, as `zstd` and `pzstd` write them.
fn frames(packed: impl BufRead + 'static) -> io::Result<Box<dyn Read>> {
    let mut frames = zstd::Decoder::with_buffer(packed)?;
    frames.window_log_max(WIDEST_WINDOW)?;
    Ok(Box::new(frames))
}

/// Counts the bytes that go through.
struct Counted<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Some lines of a stream.
#[derive(Debug)]
pub(crate) struct Batch {
    /// How errors name the stream.
    pub(crate) name: Arc<str>,
    /// The number of its first line, from one.
    pub(crate) first: usize,
    /// The lines, each with its line end.
    pub(crate) bytes: Vec<u8>,
    /// What could not be read.
    pub(crate) problems: Vec<Error>,
}

/// A stream read batch by batch.
pub(crate) struct Lines {
    name: Arc<str>,
    input: Box<dyn BufRead>,
    /// Lines read so far.
    pub(crate) number: usize,
    has_failed: bool,
}

impl Lines {
    /// Opens a file, or standard input without one; `count` is told of every byte read.
    pub(crate) fn open(file: Option<&Path>, count: Arc<AtomicU64>) -> khatt::Result<Self> {
        let path = file.unwrap_or(Path::new("standard input"));
        let fail = |e| Error::read(path, e);
        let input: Box<dyn Read> = match file {
            Some(file) => Box::new(Counted {
                input: File::open(file).map_err(fail)?,
                count,
            }),
            None => Box::new(Counted {
                input: io::stdin(),
                count,
            }),
        };
        Ok(Self {
            name: file.map_or("stdin".into(), |file| file.display().to_string().into()),
            input: unpacked(input).map_err(fail)?,
            number: 0,
            has_failed: false,
        })
    }

    /// Passes over the first `lines`.
    pub(crate) fn skip(&mut self, lines: usize) {
        let mut line = Vec::new();
        while self.number < lines && !self.has_failed {
            line.clear();
            match self.line(&mut line) {
                Ok(true) | Err(Error::Parse { .. }) => {}
                Ok(false) | Err(_) => break,
            }
        }
    }

    /// The next lines, about a quarter of a megabyte; none at the end.
    pub(crate) fn batch(&mut self) -> Option<Batch> {
        let mut batch = Batch {
            name: Arc::clone(&self.name),
            first: self.number + 1,
            bytes: Vec::with_capacity(BATCH + BATCH / 8),
            problems: Vec::new(),
        };
        while batch.bytes.len() < BATCH && batch.problems.is_empty() {
            match self.line(&mut batch.bytes) {
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => {
                    // A line that is too long keeps its place in the count as an empty one.
                    if matches!(problem, Error::Parse { .. }) {
                        batch.bytes.push(b'\n');
                    }
                    batch.problems.push(problem);
                }
            }
        }
        (self.number >= batch.first || !batch.problems.is_empty()).then_some(batch)
    }

    /// Adds the next line with its end to `out`; false when there is none.
    fn line(&mut self, out: &mut Vec<u8>) -> khatt::Result<bool> {
        if self.has_failed {
            return Ok(false);
        }
        let start = out.len();
        let mut most = self.input.by_ref().take(LONGEST_LINE as u64 + 1);
        let read = most.read_until(b'\n', out).map_err(|e| self.fail(e));
        let read = match read {
            Ok(read) => read,
            Err(problem) => {
                out.truncate(start);
                return Err(problem);
            }
        };
        if read == 0 {
            return Ok(false);
        }
        self.number += 1;
        if read > LONGEST_LINE && !out.ends_with(b"\n") {
            out.truncate(start);
            self.pass_over_line()?;
            let problem = format!("longer than {} MB; split the text", LONGEST_LINE >> 20);
            return Err(Error::parse(&*self.name, self.number, problem));
        }
        Ok(true)
    }

    fn pass_over_line(&mut self) -> khatt::Result<()> {
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(e) => return Err(self.fail(e)),
            };
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let (length, is_last) = (buffer.len(), buffer.is_empty());
            self.input.consume(end.map_or(length, |end| end + 1));
            if end.is_some() || is_last {
                return Ok(());
            }
        }
    }

    /// A stream that breaks off says so once.
    fn fail(&mut self, e: io::Error) -> Error {
        self.has_failed = true;
        Error::read(Path::new(&*self.name), e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        unpacked(Box::new(Cursor::new(bytes.to_vec())))
            .unwrap()
            .read_to_end(&mut out)
            .unwrap();
        out
    }

    #[test]
    fn packed_lines_are_unpacked_member_by_member() {
        let text = b"one\ntwo\n".repeat(10_000);
        let mut gzip = Vec::new();
        for part in text.chunks(30_000) {
            let mut packer = flate2::write::GzEncoder::new(&mut gzip, flate2::Compression::fast());
            io::Write::write_all(&mut packer, part).unwrap();
            packer.finish().unwrap();
        }
        assert_eq!(read(&gzip), text);
        let mut frames = Vec::new();
        for part in text.chunks(30_000) {
            frames.extend(zstd::encode_all(part, 1).unwrap());
        }
        assert_eq!(read(&frames), text);
        assert_eq!(read(&text), text);
        assert_eq!(read(b""), b"");
        assert_eq!(read(b"a"), b"a");
    }

    #[test]
    fn a_zstd_stream_gets_no_more_memory_than_zstd_grants() {
        for (log, is_read) in [(27, true), (28, false)] {
            let mut packer = zstd::Encoder::new(Vec::new(), 1).unwrap();
            packer.window_log(log).unwrap();
            io::Write::write_all(&mut packer, b"one\ntwo\n").unwrap();
            let frame = packer.finish().unwrap();
            let mut out = Vec::new();
            let read = unpacked(Box::new(Cursor::new(frame)))
                .unwrap()
                .read_to_end(&mut out);
            assert_eq!(read.is_ok(), is_read, "{read:?}");
        }
    }

    #[test]
    fn batches_are_the_stream_with_its_line_numbers() {
        let text = b"line\n".repeat(200_000);
        let mut lines = Lines {
            name: "x".into(),
            input: Box::new(Cursor::new(text.clone())),
            number: 0,
            has_failed: false,
        };
        lines.skip(3);
        let mut seen = 3;
        let mut bytes = b"line\n".repeat(3);
        while let Some(batch) = lines.batch() {
            assert_eq!(batch.first, seen + 1);
            seen += batch.bytes.len() / 5;
            bytes.extend(batch.bytes);
        }
        assert_eq!(bytes, text);
        assert_eq!(lines.number, 200_000);
    }
}
