//! Claims, snapshots and fronts to files.

pub mod jsonl;
