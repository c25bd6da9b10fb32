//! Whether files have changed since they were last looked at.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use khatt::report::files_below;

/// Files with their length and time of change.
type Look = Vec<(PathBuf, Option<(u64, SystemTime)>)>;

/// Files and folders that are looked at again and again.
#[derive(Debug)]
pub(crate) struct Watch {
    roots: Vec<PathBuf>,
    last: Look,
}

impl Watch {
    /// Looks at these for the first time. What lies beside a single file counts too: a file of
    /// corrections may appear there.
    pub(crate) fn new(inputs: &[PathBuf], others: impl IntoIterator<Item = PathBuf>) -> Self {
        let beside = inputs.iter().filter(|input| !input.is_dir());
        let beside = beside.flat_map(|file| {
            let folder = file.parent().unwrap_or(Path::new("")).to_owned();
            ["corrections.toml", "corrections.csv"].map(|name| folder.join(name))
        });
        let mut roots: Vec<PathBuf> = inputs.iter().cloned().chain(beside).collect();
        roots.extend(others);
        let last = look(&roots);
        Self { roots, last }
    }

    /// True when anything was changed, added or removed since the last call.
    pub(crate) fn has_changed(&mut self) -> bool {
        let seen = look(&self.roots);
        let has_changed = seen != self.last;
        self.last = seen;
        has_changed
    }
}

fn look(roots: &[PathBuf]) -> Look {
    let mut files = Vec::new();
    for root in roots {
        if root.is_dir() {
            files.extend(files_below(root).0);
        } else {
            files.push(root.clone());
        }
    }
    let seen = files.into_iter().map(|file| {
        let about = std::fs::metadata(&file).ok();
        let state = about.and_then(|about| Some((about.len(), about.modified().ok()?)));
        (file, state)
    });
    seen.collect()
}
