//! `khatt region new`: a data folder for another front.

use std::path::{Path, PathBuf};

use khatt::region_folder::{Layer, NewRegion, create};
use khatt::{Error, Result};

use super::Outcome;
use super::args::RegionNewArgs;
use super::console::Console;

pub(crate) fn new(args: &RegionNewArgs, console: &Console) -> Result<Outcome> {
    let basemap = args
        .basemap
        .iter()
        .map(|given| layer(given))
        .collect::<Result<_>>()?;
    let region = NewRegion {
        name_en: args.name.clone(),
        name_ar: args.name_ar.clone().unwrap_or_else(|| args.name.clone()),
        extent: args.extent,
        basemap,
    };
    create(&args.dir, &region)?;
    let dir = args.dir.display();
    console.say(&format!(
        "{dir} is ready and loads. Next:\n  khatt places import FILE --format geonames --into {dir}\n  \
         khatt --data {dir} reports/\nand edit {dir}/actors.toml; docs/REGIONS.md has the rest"
    ));
    Ok(Outcome::Done)
}

/// `LAYER=FILE`, or a file that is named after its layer.
fn layer(given: &str) -> Result<(Layer, PathBuf)> {
    let (name, file) = match given.split_once('=') {
        Some((name, file)) => (name.to_owned(), file),
        None => {
            let stem = Path::new(given).file_stem().unwrap_or_default();
            (stem.to_string_lossy().into_owned(), given)
        }
    };
    let Some(layer) = Layer::named(&name) else {
        let known: Vec<&str> = Layer::ALL.iter().map(|(_, name)| *name).collect();
        let problem = format!(
            "which layer? Write LAYER=FILE; the layers are {}",
            known.join(", ")
        );
        return Err(Error::argument(format!("--basemap {given}"), problem));
    };
    Ok((layer, PathBuf::from(file)))
}
