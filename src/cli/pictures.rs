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
    for form in forms {
        files += 1;
        write_picture(scene, form, stem)?;
        if form == FileFormat::Png {
            files += 3;
            write_file(stem, "pgw", scene.world_file().as_bytes())?;
            write_file(stem, "prj", scene.reference_system().as_bytes())?;
            write_file(stem, "png.aux.xml", scene.auxiliary_xml().as_bytes())?;
        }
    }
    Ok(files)
}

/// Writes the picture alone, without the files that place it on the earth.
pub(super) fn write_picture(scene: &Scene, form: FileFormat, stem: &Path) -> Result<()> {
    match form {
        FileFormat::Svg => write_file(stem, "svg", scene.to_svg().as_bytes()),
        FileFormat::Pdf => write_file(stem, "pdf", &scene.to_pdf()?),
        _ => write_file(stem, "png", &scene.to_png()?),
    }
}

fn write_file(stem: &Path, ending: &str, bytes: &[u8]) -> Result<()> {
    let mut path = stem.as_os_str().to_owned();
    path.push(".");
    path.push(ending);
    write_atomic(Path::new(&path), bytes)
}
