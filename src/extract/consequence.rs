//! What a rule gives: claims of places with their parts and shares, and of sizes of ground.

use super::annotate::Item;
use super::claim::{Collector, Found, Said};
use super::discourse::{Spoken, is_wide};
use super::fit::Match;
use super::group::Back;
use super::measure::Measure;
use super::part::Part;
use super::rule::{Consequence, Role, Rule};
use super::whole::apply_part;
use crate::actor::ActorId;
use crate::claim::Status;
use crate::gazetteer::{Kind, PlaceId};
use crate::lexicon::ClassSet;

/// An area whose middle is known no better than this, in km, is no ground of a report: "the east of
/// the river", a third of a country.
const WIDE: f64 = 80.0;

/// Items from "compared with" and from a word of losing or gaining to a size of ground.
const COMPARED: usize = 6;
const LOST: usize = 7;

/// Why a deed without a doer is set aside.
pub(super) const UNNAMED: &str = "the party is not said";
const NO_PARTY: &str = "done by people who are no party";

/// Why what an enemy is said to have is set aside, where the text has not named him.
const ENEMY_UNNAMED: &str = "the enemy is not named";

impl Collector<'_> {
    pub(super) fn give(&mut self, said: &Said, consequence: &Consequence, named: Option<ActorId>) {
        let Said {
            rule,
            matched,
            mood: found_mood,
            sentence,
        } = *said;
        if consequence.role != Role::Nobody && named.is_none() {
            // "Has everything but PLACE": that its enemy has the place is told, though not who it is.
            let is_of_enemy = matches!(consequence.role, Role::Rival | Role::Against);
            // "Tribesmen seized it": not by a party, so not by one that stands near either.
            let is_strange =
                consequence.role == Role::Subject && self.is_of_people(matched.trigger);
            let reason = match (is_of_enemy, is_strange) {
                (true, _) => ENEMY_UNNAMED,
                (_, true) => NO_PARTY,
                _ => UNNAMED,
            };
            return self.put_aside(rule, matched, reason);
        }
        let by = (rule.name.as_str(), rule.trust, found_mood);
        // "ACTOR overran PLACE. It was recaptured": by whom nobody says.
        let is_unnamed = matches!(consequence.role, Role::Winner | Role::Subject);
        let is_robbed = || is_unnamed && named.is_some() && self.robbed_again(matched) == named;
        let status = match consequence.status {
            Some(Status::Control) if is_robbed() => Some(Status::Lost),
            status => status,
        };
        let told = Found::told(self.context, (matched.trigger, sentence), by);
        let base = Found {
            actor: named,
            status: status.unwrap_or(Status::Partial),
            is_exclusive: rule.is_exclusive,
            is_earlier: rule.is_background || self.is_earlier(matched),
            span: self.span(matched),
            ..told
        };
        match status {
            None => self.give_area(&base, matched),
            Some(status) => {
                let may_stretch = status == Status::Control && consequence.of.is_none();
                let stretched = may_stretch.then(|| self.stretched(matched)).flatten();
                let all = stretched.as_ref().unwrap_or(matched);
                self.give_places(&base, all, (status, consequence.of, rule));
                self.give_excepted(&base, matched, status);
            }
        }
        if matches!(status, None | Some(Status::Control | Status::Partial))
            && (rule.is_exclusive || status.is_none())
        {
            self.carried.holder = named.or(self.carried.holder);
        }
    }

    fn give_area(&mut self, base: &Found, matched: &Match) {
        let Some(measure) = self.measure(matched) else {
            return;
        };
        if self.is_area_held(&measure, matched) {
            self.found.push(Found {
                area_km2: Some(measure.value),
                status: Status::Control,
                ..base.clone()
            });
        }
    }

    fn measure(&self, matched: &Match) -> Option<Measure> {
        let index = matched.measures.first()?;
        Some(self.scene.measures[*index])
    }

    /// An area that is left behind ("from 4 to 2"), or of an operation, is not held.
    fn is_area_held(&self, measure: &Measure, matched: &Match) -> bool {
        let words = &self.context.language.words;
        let items = self.context.items;
        let near = measure.first.saturating_sub(8)..(measure.last + 3).min(items.len());
        let before = measure.first.checked_sub(1).map(|at| &items[at]);
        // "A patch of 18 square kilometres", where "of" is "from".
        let is_of = measure
            .first
            .checked_sub(2)
            .is_some_and(|at| items[at].classes.meets(words.area_word));
        let is_left_behind = before.is_some_and(|item| {
            item.classes.meets(words.from) && !item.classes.meets(words.area_word) && !is_of
        }) || self.is_compared(measure)
            || self.is_lost(measure);
        let is_operation = items[matched
            .first
            .saturating_sub(12)
            .max(near.start.saturating_sub(4))..near.end]
            .iter()
            .any(|item| item.classes.meets(words.operation));
        let before_it = &items[measure.first.saturating_sub(12)..measure.first];
        let has = |set: ClassSet| before_it.iter().any(|item| item.classes.meets(set));
        // "A strip thirty kilometres long" tells a length.
        let is_length = has(words.dimension)
            || items[measure.last + 1..near.end]
                .iter()
                .any(|item| item.classes.meets(words.dimension));
        let is_area = measure.is_square || has(words.area_word) && !is_length;
        !is_left_behind && !is_operation && is_area
    }

    /// "Compared with four square kilometres a week ago".
    fn is_compared(&self, measure: &Measure) -> bool {
        let compared = self.context.language.words.compared;
        let before = &self.context.items[measure.first.saturating_sub(COMPARED)..measure.first];
        let mut own = behind_mark(before).iter();
        own.any(|item| item.classes.meets(compared))
    }

    /// "Lost 25 square kilometres", "advanced over 12 square kilometres": what somebody has is not told.
    fn is_lost(&self, measure: &Measure) -> bool {
        let words = &self.context.language.words;
        let before = &self.context.items[measure.first.saturating_sub(LOST)..measure.first];
        let is_loss = |item: &Item| {
            item.features.is_finite() && item.classes.meets(words.loss.and(words.advance))
        };
        // "Lost all but four".
        let is_left = words.holding.and(words.all_but);
        behind_mark(before).iter().any(is_loss)
            && !before.iter().any(|item| item.classes.meets(is_left))
    }

    /// "Has all of PLACE but the market, which its enemy holds": neither has the whole.
    fn share_with(&mut self, base: &Found, place: PlaceId) {
        for found in self.found.iter_mut().rev() {
            if found.sentence != base.sentence {
                break;
            }
            if found.place == Some(place)
                && found.status == Status::Control
                && found.actor != base.actor
            {
                found.status = Status::Partial;
            }
        }
    }

    /// "The ACTOR was driven out of half of it": its enemy has that half, where the rule does not
    /// say who has it.
    fn give_driver(&mut self, base: &Found, matched: &Match, spoken: &Spoken, rule: &Rule) {
        let driving = self.context.language.words.driving;
        let is_driven = self.context.items[matched.trigger].classes.meets(driving);
        let is_told = rule.gives.len() > 1;
        let Part::Share(share) = spoken.part else {
            return;
        };
        let driven = base.actor.filter(|_| is_driven && !is_told);
        let driver = driven.and_then(|actor| self.enemy_before(actor, matched.trigger));
        if let Some(driver) = driver {
            self.found.push(Found {
                place: Some(spoken.place),
                actor: Some(driver),
                status: Status::Partial,
                share,
                confidence: base.confidence * spoken.confidence,
                ..base.clone()
            });
        }
    }

    fn give_places(
        &mut self,
        base: &Found,
        matched: &Match,
        (status, of, rule): (Status, Option<usize>, &Rule),
    ) {
        let measure = self.measure(matched);
        let asks_holder = rule.gives.iter().any(|gives| gives.role == Role::Holder);
        if measure.is_some_and(|measure| asks_holder && !self.is_area_held(&measure, matched)) {
            return;
        }
        let groups = matched.groups.iter().enumerate();
        let meant = groups.filter(|(index, _)| of.is_none_or(|of| index + 1 == of));
        for (_, group) in meant {
            let spoken = &self.context.discourse.spoken[*group];
            let skip = self.passed_over(rule, matched, *group);
            let is_of_exception = self.is_of_exception(*group, matched.trigger);
            for spoken in &spoken[skip..] {
                let mut spoken = *spoken;
                // "The rest of it, held by": said of that part.
                let phrase = &self.context.discourse.groups[*group];
                let is_its_part = phrase.back == Some(Back::Pronoun)
                    && phrase.last < matched.trigger
                    && matches!(spoken.part, Part::Share(_));
                let discourse = self.context.discourse;
                let is_alone = discourse.spoken[*group].len() == 1;
                let is_but_a_part =
                    status == Status::Control && is_alone && self.excepts_part(*group, matched);
                let names_exception = is_alone && discourse.groups[*group].excepts_part;
                let is_told = status == Status::Control && !is_of_exception;
                if is_but_a_part || is_told && names_exception {
                    self.give_excepted_part(base, matched, &spoken);
                }
                if is_of_exception || is_but_a_part {
                    spoken.part = Part::Share(None);
                } else if rule.is_whole && !is_its_part || self.is_related(*group, spoken.part) {
                    spoken.part = Part::Whole;
                }
                // "Nothing is left to it but the outskirts of PLACE".
                if rule.is_exclusive && spoken.part == Part::Outside {
                    spoken.part = Part::Share(None);
                }
                let gazetteer = &self.context.extractor.gazetteer;
                let kind = gazetteer.kind(spoken.place);
                let reach = gazetteer.place(spoken.place).precision_km;
                // "Militias paid by CAPITAL are in charge": a government, not the city.
                let is_seat = gazetteer.is_seat(spoken.place);
                if is_wide(kind) || kind == Kind::Area && reach >= WIDE || is_seat {
                    continue;
                }
                if is_of_exception {
                    self.share_with(base, spoken.place);
                }
                if status == Status::Lost {
                    self.give_driver(base, matched, &spoken, rule);
                }
                let (status, share) = apply_part(status, &spoken, kind);
                // "In ten square kilometres in the north-east": where, not a part of what.
                if status == Status::Partial && kind == Kind::Area {
                    continue;
                }
                self.found.push(Found {
                    place: Some(spoken.place),
                    status,
                    share,
                    confidence: base.confidence * spoken.confidence,
                    ..base.clone()
                });
            }
        }
    }
}

/// The items behind the last mark among some.
fn behind_mark<'i, 't>(items: &'i [Item<'t>]) -> &'i [Item<'t>] {
    let mark = items.iter().rposition(Item::is_punctuation);
    &items[mark.map_or(0, |mark| mark + 1)..]
}
