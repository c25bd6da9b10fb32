//! All days of a run as one moving picture, or as numbered ones.

use std::path::Path;

use khatt::output::write_atomic;
use khatt::render::animation::{Animation, Frame, Pace};
use khatt::render::{MapInput, MapOptions, Plan, Scene, Style, Underlay, compose_planned};
use khatt::{Error, Result};

use super::map::prepare;
use super::parallel;

/// The last picture is seen longer by so many times.
const LAST: u16 = 4;

/// What the pictures are made with.
pub(super) struct Film<'a> {
    pub(super) inputs: Vec<MapInput<'a>>,
    pub(super) style: &'a Style,
    pub(super) options: &'a MapOptions,
    pub(super) frame_ms: u16,
}

/// Tells names that cannot be written before any work is done.
pub(super) fn check(path: &Path) -> Result<()> {
    match path.extension().and_then(|ending| ending.to_str()) {
        None | Some("png" | "apng") => Ok(()),
        Some(other) => {
            let problem = format!(
                "`.{other}` is not written; name a file .png, or a folder for numbered pictures"
            );
            Err(Error::argument("--animate", problem))
        }
    }
}

/// Writes the film; how many files.
pub(super) fn write(film: &Film, path: &Path) -> Result<usize> {
    let plan = Plan::of(&film.inputs, film.style, film.options)?;
    let scene = |input: &MapInput| compose_planned(input, &plan, film.style, film.options);
    let Some((first, last)) = film.inputs.first().zip(film.inputs.last()) else {
        return Ok(0);
    };
    // These two differ most: what they share, nearly all do.
    let underlay = Underlay::of(&scene(first)?, &scene(last)?)?;
    if path.extension().is_none() {
        prepare(path)?;
        let numbered: Vec<(usize, &MapInput)> = film.inputs.iter().enumerate().collect();
        let write = |(index, input): &(usize, &MapInput)| {
            let name = path.join(format!("{:04}.png", index + 1));
            write_atomic(&name, &scene(input)?.to_png_over(&underlay)?)
        };
        let done: Result<Vec<()>> = parallel::map(&numbered, write).into_iter().collect();
        return Ok(done?.len());
    }
    let mut bytes = Vec::new();
    write_moving(film, &scene, &underlay, &mut bytes)?;
    write_atomic(path, &bytes)?;
    Ok(1)
}

/// Draws the pictures on all cores and adds each in its turn.
fn write_moving(
    film: &Film,
    scene: &(impl Fn(&MapInput) -> Result<Scene> + Sync),
    underlay: &Underlay,
    bytes: &mut Vec<u8>,
) -> Result<()> {
    let pace = Pace {
        frames: u32::try_from(film.inputs.len()).unwrap_or(u32::MAX),
        frame_ms: film.frame_ms,
        last_ms: film.frame_ms.saturating_mul(LAST),
    };
    let mut into = Some(bytes);
    let mut animation = None;
    let frame = |input: &MapInput| Frame::of(&scene(input)?, underlay);
    parallel::stream(film.inputs.iter(), frame, |frame| {
        let frame = frame?;
        match (&mut animation, into.take()) {
            (None, Some(into)) => animation = Some(Animation::new(into, &frame, pace)?),
            (Some(animation), _) => animation.push(&frame)?,
            (None, None) => {}
        }
        Ok::<bool, Error>(true)
    })?;
    animation.map_or(Ok(()), Animation::finish)
}
