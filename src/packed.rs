//! Packed bytes that unpack without end.

/// Bytes that anything may unpack to.
const FREE: u64 = 64 << 20;
/// Beyond them, bytes for each packed one. Reports shrink to a tenth, lists of the same report
/// over and over to a hundredth; gzip ends at a thousandth, zstd knows no end.
pub const MOST_RATIO: u64 = 200;

/// True when so many bytes came of so few that they are an attack, or a mistake.
#[must_use]
pub fn is_too_much(unpacked: u64, packed: u64) -> bool {
    unpacked > FREE && unpacked / MOST_RATIO > packed
}
