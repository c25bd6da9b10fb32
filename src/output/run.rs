//! All that a run found, for the files that hold more than one day.

use jiff::civil::Date;

use super::Tables;
use super::words::Label;
use crate::actor::Actors;
use crate::basemap::BaseMap;
use crate::front::Front;
use crate::region::Region;
use crate::render::{Lang, Style, Words};
use crate::timeline::{Snapshot, Timeline};

/// One day: who holds what, and the ground that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Who holds what.
    pub snapshot: Snapshot,
    /// Zones, front lines and pockets.
    pub front: Front,
}

/// The days of a run with everything they are shown by.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// In order of date, no day twice.
    pub days: &'a [Day],
    /// What they are taken from.
    pub timeline: &'a Timeline,
    /// Names for ids.
    pub tables: Tables<'a>,
    /// The layers under the map.
    pub basemap: &'a BaseMap,
    /// How it looks in a program that draws it.
    pub look: Look<'a>,
}

/// What a map that another program draws shares with the picture.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// Colours and widths.
    pub style: &'a Style,
    /// The words of the map.
    pub words: &'a Words,
    /// Colours and names of the parties.
    pub actors: &'a Actors,
    /// Name, frame and age limit.
    pub region: &'a Region,
    /// Languages of labels.
    pub lang: Lang,
}

impl Look<'_> {
    /// Words of the map in the languages wanted, Arabic first.
    pub(crate) fn words(&self, key: &str) -> String {
        let tongues = self.lang.tongues().iter();
        let words: Vec<String> = tongues.map(|t| self.words.get(key, *t)).collect();
        words.join(" · ")
    }

    /// One of two names, or both.
    pub(crate) fn name(&self, english: &str, arabic: &str) -> String {
        let tongues = self.lang.tongues().iter();
        let names: Vec<&str> = tongues.map(|t| t.of(english, arabic)).collect();
        names.join(" · ")
    }

    /// The name of a state in the languages wanted.
    pub(crate) fn label(&self, label: &Label) -> String {
        self.name(&label.name_en, &label.name_ar)
    }
}

impl Run<'_> {
    /// The day after which the map of `date` is no longer shown: that of the next map.
    pub(crate) fn until(&self, date: Date) -> Option<Date> {
        let mut later = self.days.iter().map(|day| day.snapshot.date);
        later.find(|day| *day > date)
    }

    /// The newest day that anything in the files speaks of. Files that must carry a time of change
    /// carry this one: by the clock, the same input would give other bytes.
    pub(crate) fn newest(&self) -> Option<Date> {
        let claims = self.timeline.claims().iter();
        let evidence = claims.flat_map(|claim| [claim.date, claim.date_to, claim.origin.published]);
        let days = self.days.iter().map(|day| Some(day.snapshot.date));
        evidence.chain(days).flatten().max()
    }
}
