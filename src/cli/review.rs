//! `khatt review`: the claims and names that are worth a person's look.

use khatt::Result;
use khatt::output::{Tables, inert, review as sheets};
use khatt::review::{self, Doubt};
use khatt::timeline::Timeline;

use super::args::{Common, ReviewArgs, ReviewFormat};
use super::atlas::{Atlas, data_folder};
use super::console::Console;
use super::inputs::Inputs;
use super::reading::Reading;
use super::{Outcome, parallel};

/// Claims that are built into timelines again at most: about half a minute of work. Of a large
/// corpus only the most contradicted claims are counted.
const MOST_WORK: usize = 2_000_000;
/// Claims whose effect is counted in any case.
const LEAST_COUNTED: usize = 50;

pub(crate) fn run(args: &ReviewArgs, common: &Common, console: &Console) -> Result<Outcome> {
    let inputs = Inputs::read(&args.inputs, common, console)?;
    let atlas = Atlas::load(&data_folder(common), &inputs.corrections)?;
    let reading = Reading::of(inputs, &atlas, console)?;
    let timeline = &reading.timeline;
    let tables = Tables {
        gazetteer: &atlas.extractor.gazetteer,
        actors: &atlas.extractor.actors,
        claims: timeline.claims(),
    };
    let mut found = review::doubts(timeline, &reading.unused, &tables);
    count_effects(&mut found.claims, timeline, console);
    let all = found.claims.len();
    found.claims.truncate(args.most);
    match args.format {
        ReviewFormat::Text => console.print_text(&sheets::text(&found, &tables))?,
        ReviewFormat::Jsonl => {
            console.print(inert::json(&sheets::jsonl(&found, &tables)).as_bytes())?
        }
        ReviewFormat::Toml => console.print(sheets::template(&found, &tables).as_bytes())?,
    }
    if all > args.most {
        console.say(&format!(
            "{} of {all} claims; --most {all} lists all",
            args.most
        ));
    }
    Ok(Outcome::with_problems(reading.has_problems))
}

/// Counts the effect of each claim and puts those of most effect first.
pub(crate) fn count_effects(doubts: &mut [Doubt], timeline: &Timeline, console: &Console) {
    let counted = (MOST_WORK / timeline.claims().len().max(1)).max(LEAST_COUNTED);
    let counted = counted.min(doubts.len());
    let bar = console.progress(counted, "weighing");
    let effects = parallel::map(&doubts[..counted], |doubt| {
        bar.inc(1);
        review::effect_days(timeline, doubt.claim)
    });
    bar.finish_and_clear();
    for (doubt, effect) in doubts.iter_mut().zip(effects) {
        doubt.effect_days = Some(effect);
    }
    // The sort is stable: what is not counted keeps its order, behind the rest.
    doubts.sort_by_key(|doubt| std::cmp::Reverse(doubt.effect_days));
}
