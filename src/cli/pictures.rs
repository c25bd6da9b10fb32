//! One scene to its files: a picture in every form that is wanted.

use std::path::Path;

use khatt::Result;
use khatt::output::write_atomic;
use khatt::render::Scene;

use super::args::FileFormat;

/// Writes the map in each form to `stem` and its ending; how many files.
pub(super) fn write(
    scene: &Scene,
    forms: impl Iterator<Item = FileFormat>,
    stem: &Path,
) -> Result<usize> {
    let mut files = 0;
    let mut write = |ending: &str, bytes: &[u8]| {
        files += 1;
        let mut path = stem.as_os_str().to_owned();
        path.push(".");
        path.push(ending);
        write_atomic(Path::new(&path), bytes)
    };
    for form in forms {
        match form {
            FileFormat::Svg => write("svg", scene.to_svg().as_bytes())?,
            FileFormat::Pdf => write("pdf", &scene.to_pdf()?)?,
            _ => {
                write("png", &scene.to_png()?)?;
                write("pgw", scene.world_file().as_bytes())?;
                write("prj", scene.reference_system().as_bytes())?;
                write("png.aux.xml", scene.auxiliary_xml().as_bytes())?;
            }
        }
    }
    Ok(files)
}
