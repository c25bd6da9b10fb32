//! Which of several like names is meant: the one that lies nearest to the other places of the text.

use super::cue::Cue;
use crate::extract::annotate::Item;
use crate::extract::likeness::Like;
use crate::extract::nearness::{Spot, nearest};
use crate::extract::sound::{ALIKE, Cost};
use crate::gazetteer::Gazetteer;

/// Names that are farther from a word than the likest by less than this could be meant as well.
const MARGIN: Cost = 25;

/// How near a place must lie to another of the text (see [`Spot::nearness`]), where little else tells
/// that it is one: some seventy kilometres.
const IN_COMPANY: f64 = 0.04;

/// As near lies hardly a place that the text is about: some two hundred kilometres.
const FAR_OFF: f64 = 0.005;

/// How much a name that is farther from all places of the text falls behind another.
const FARTHER: f64 = 0.5;

/// Places of a text that are asked how near they lie.
const MOST_COMPANY: usize = 64;

/// The places of a text that their names decide, once they are asked for.
#[derive(Debug, Default)]
pub(super) struct Company(Option<Vec<Spot>>);

impl Company {
    /// The one of several names that is meant.
    pub(super) fn settle<'l, 'n>(
        &mut self,
        items: &[Item],
        gazetteer: &Gazetteer,
        likes: &'l [Like<'n>],
        cue: Cue,
    ) -> Option<&'l Like<'n>> {
        let least = likes.first()?.cost;
        let company = self.0.get_or_insert_with(|| spots(items, gazetteer));
        let open = likes.iter().filter(|like| like.cost < least + MARGIN);
        let open: Vec<&Like> = open.collect();
        let near = |like: &&Like| nearest(&like.name.places, company, gazetteer);
        let nearness: Vec<f64> = open.iter().map(near).collect();
        let best = (0..open.len()).max_by(|a, b| {
            let by_nearness = nearness[*a].total_cmp(&nearness[*b]);
            by_nearness
                .then(open[*b].cost.cmp(&open[*a].cost))
                .then(b.cmp(a))
        })?;
        let like = open[best];
        let has_company = !company.is_empty();
        let is_rival = |at: &usize| {
            let mut places = open[*at].name.places.iter();
            let is_same = places.all(|place| like.name.places.contains(place));
            let is_as_near = nearness[*at] > nearness[best] * FARTHER;
            let is_as_like = !has_company && open[*at].cost < like.cost + ALIKE;
            !is_same && (is_as_near || is_as_like)
        };
        let is_settled = !(0..open.len()).any(|at| is_rival(&at));
        let is_odd = like.cost > ALIKE && has_company && nearness[best] < FAR_OFF;
        let is_plain = match cue {
            _ if is_odd => false,
            Cue::Noun | Cue::List => true,
            Cue::Weak => !like.name.needs_noun && nearness[best] > IN_COMPANY && like.is_close(),
        };
        (is_settled && is_plain).then_some(like)
    }
}

/// Where the places of a text lie that their names decide.
fn spots(items: &[Item], gazetteer: &Gazetteer) -> Vec<Spot> {
    let sure = items.iter().filter_map(|item| match item.places() {
        [place] if !gazetteer.kind(*place).is_area() => Some(Spot::at(gazetteer.point(*place))),
        _ => None,
    });
    sure.take(MOST_COMPANY).collect()
}
