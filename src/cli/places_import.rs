//! `khatt places import`: places of other gazetteers into the table of a data folder.

use std::io::BufReader;

use geo::{Rect, coord};
use khatt::data::DataFolder;
use khatt::import::{Found, Merged, Note, Reader, merge};
use khatt::lexicon::Lexicon;
use khatt::output::write_atomic;
use khatt::region::Region;
use khatt::{Error, Result};

use super::Outcome;
use super::args::ImportArgs;
use super::console::Console;

const TABLE: &str = "gazetteer.csv";

pub(crate) fn run(args: &ImportArgs, console: &Console) -> Result<Outcome> {
    let data = DataFolder::Folder(args.into.clone());
    let mut reader = Reader::new(&data, args.format.into(), &args.map)?;
    reader.extent = match (args.extent, args.all) {
        (Some(extent), _) => Some(extent),
        (None, true) => None,
        (None, false) => Some(widened(Region::load(&data)?.extent)),
    };
    let file = std::fs::File::open(&args.file).map_err(|e| Error::read(&args.file, e))?;
    let found = reader.read(BufReader::new(file), &args.file.display().to_string())?;
    let path = args.into.join(TABLE);
    let table = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(Error::read(&path, e)),
    };
    console.list_problems(&found.problems);
    left_out(&found, console);
    let lexicons = ["ar", "en"].map(|language| Lexicon::load(&data, language));
    let lexicons: Vec<Lexicon> = lexicons.into_iter().collect::<Result<_>>()?;
    let has_problems = !found.problems.is_empty();
    let merged = merge(&table, &path.display().to_string(), found.places, &lexicons)?;
    write_atomic(&path, merged.text.as_bytes())?;
    console.print_text(&report(&merged))?;
    console.say(&format!(
        "{} added, {} merged, {} as before; in {}",
        merged.added,
        merged
            .notes
            .iter()
            .filter(|n| matches!(n, Note::Merged { .. }))
            .count(),
        merged.same,
        path.display()
    ));
    Ok(Outcome::with_problems(has_problems))
}

/// A frame and half of it on every side: reports name what lies around, too.
fn widened(extent: Rect<f64>) -> Rect<f64> {
    let (dx, dy) = (extent.width() / 2.0, extent.height() / 2.0);
    Rect::new(
        coord! { x: extent.min().x - dx, y: extent.min().y - dy },
        coord! { x: extent.max().x + dx, y: extent.max().y + dy },
    )
}

fn left_out(found: &Found, console: &Console) {
    let kinds: Vec<String> = found
        .other_kinds
        .iter()
        .map(|(kind, count)| format!("{kind} ({count})"))
        .collect();
    if !kinds.is_empty() {
        console.note(&format!("left out, of other kinds: {}", kinds.join(", ")));
    }
    let others: usize = found.other_kinds.values().sum();
    console.say(&format!(
        "{} places read; left out: {} outside the frame, {others} of other kinds, {} without a name",
        found.places.len(),
        found.outside,
        found.nameless
    ));
}

/// What a person should look at, one line each.
fn report(merged: &Merged) -> String {
    let line = |note: &Note| match note {
        Note::Merged { source, id, km } => format!("merged {source} into {id}, {km:.1} km apart\n"),
        Note::Namesake { id, other, km } => {
            format!("kept {id} apart from its namesake {other}, {km:.1} km away\n")
        }
    };
    merged.notes.iter().map(line).collect()
}
