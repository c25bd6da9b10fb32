//! The name of a hint in the table of weights: `*take close-before acts denied`.

use std::fmt;

use super::{
    At, Company, Count, Counted, Cue, Hint, Land, Much, Nearness, Rival, Shape, Stage, Standing,
    Sure, When, Word,
};
use crate::claim::{Certainty, Status};
use crate::extract::mood::Mood;

impl Hint {
    /// The hint of that name.
    pub(in crate::extract::hints) fn read(
        name: &str,
        word: &impl Fn(&str) -> Option<Word>,
    ) -> Option<Self> {
        if let Some((what, rest)) = name.split_once(": ") {
            return Self::read_of_rules(what, rest);
        }
        let parts: Vec<&str> = name.split(' ').collect();
        let denied = parts.last() == Some(&"denied");
        let parts = &parts[..parts.len() - usize::from(denied)];
        let hint = match parts {
            ["party", nearness] => match Nearness::read(nearness) {
                Some(nearness) => Self::Party(nearness),
                None => Self::Absent(Standing::read(nearness)?),
            },
            ["lies", land] => Self::Land(Land::read(land)?),
            ["always"] => Self::Always,
            ["rival", rival] => Self::Rival(Rival::read(rival)?),
            ["told", status, who, when] => {
                Self::Told(Status::parse(status)?, *who == "same", When::read(when)?)
            }
            ["nearest", family, "with", with, standing] => {
                Self::NearestWith(word(family)?, word(with)?, Standing::read(standing)?)
            }
            ["nearest", family, "of", shape, standing] => Self::NearestOf(
                word(family)?,
                Shape::read(shape)?,
                Standing::read(standing)?,
            ),
            ["nearest", family, "used", who] => Self::NearestUsed(word(family)?, *who == "same"),
            ["nearest", family, at, standing] => Self::Nearest(
                word(family)?,
                At::read(at)?,
                Standing::read(standing)?,
                denied,
            ),
            ["nearest", family, standing] => {
                Self::NearestBy(word(family)?, Standing::read(standing)?, denied)
            }
            [name, "close-before", standing] => {
                Self::Close(word(name)?, true, Standing::read(standing)?, denied)
            }
            [name, "close-behind", standing] => {
                Self::Close(word(name)?, false, Standing::read(standing)?, denied)
            }
            [name, "next-before", standing] => {
                Self::Next(word(name)?, true, Standing::read(standing)?)
            }
            [name, "next-behind", standing] => {
                Self::Next(word(name)?, false, Standing::read(standing)?)
            }
            [name, at, standing] => {
                Self::ByAt(word(name)?, At::read(at)?, Standing::read(standing)?)
            }
            [name, rest] => match At::read(rest) {
                Some(at) => Self::At(word(name)?, at),
                None => Self::By(word(name)?, Standing::read(rest)?, denied),
            },
            _ => return None,
        };
        Some(hint)
    }

    /// The hint of that name among those of what rules make of a text: `what: rest`.
    fn read_of_rules(what: &str, rest: &str) -> Option<Self> {
        let parts: Vec<&str> = rest.split(' ').collect();
        let hint = match (what, parts.as_slice()) {
            ("reads", ["nothing"]) => Self::Unread,
            ("reads", ["as", certainty]) => Self::ReadsAs(certainty_of(certainty)?),
            ("reads", [status, sure]) => Self::Reads(Status::parse(status)?, Sure::read(sure)?),
            ("others", ["nothing"]) => Self::OthersUnread,
            ("others", [status, sure]) => {
                Self::OtherReads(Status::parse(status)?, Sure::read(sure)?)
            }
            ("list", [company]) => Self::InList(Company::read(company)?),
            ("list", [status, who]) => Self::Beside(Status::parse(status)?, *who == "same"),
            ("elsewhere", [status, who, count]) => {
                Self::Elsewhere(Status::parse(status)?, *who == "same", Count::read(count)?)
            }
            ("counts", [counted, count]) => {
                Self::Counts(Counted::read(counted)?, Count::read(count)?)
            }
            ("stands", [stage]) => Self::Stands(Stage::read(stage)?),
            ("cue", [cue]) => Self::HasCue(Cue::read(cue)?),
            ("speaks-of", [much]) => Self::Part(Much::read(much)?),
            ("mood", [mood]) => Self::Mood(mood_of(mood)?),
            _ => return None,
        };
        Some(hint)
    }
}

fn certainty_of(word: &str) -> Option<Certainty> {
    let all = [Certainty::Stated, Certainty::Hedged, Certainty::Denied];
    all.into_iter().find(|certainty| certainty.as_str() == word)
}

fn mood_of(word: &str) -> Option<Mood> {
    let mut all = Mood::ALL.into_iter();
    all.find(|mood| mood.as_str() == word)
}

/// A hint with the names of its words.
pub(in crate::extract::hints) struct Spelt<'a, F: Fn(Word) -> &'a str>(pub Hint, pub F);

impl<'a, F: Fn(Word) -> &'a str> fmt::Display for Spelt<'a, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = &self.1;
        let end = |denied: bool| if denied { " denied" } else { "" };
        let side = |before: bool| if before { "before" } else { "behind" };
        match self.0 {
            Hint::Party(nearness) => write!(f, "party {}", nearness.word()),
            Hint::Absent(standing) => write!(f, "party {}", standing.word()),
            Hint::Land(land) => write!(f, "lies {}", land.word()),
            Hint::Always => f.write_str("always"),
            Hint::Rival(rival) => write!(f, "rival {}", rival.word()),
            Hint::At(name, at) => write!(f, "{} {}", word(name), at.word()),
            Hint::By(name, standing, denied) => {
                write!(f, "{} {}{}", word(name), standing.word(), end(denied))
            }
            Hint::ByAt(name, at, standing) => {
                write!(f, "{} {} {}", word(name), at.word(), standing.word())
            }
            Hint::Next(name, before, standing) => {
                write!(
                    f,
                    "{} next-{} {}",
                    word(name),
                    side(before),
                    standing.word()
                )
            }
            Hint::Close(name, before, standing, denied) => {
                let (name, side) = (word(name), side(before));
                write!(f, "{name} close-{side} {}{}", standing.word(), end(denied))
            }
            Hint::Nearest(name, at, standing, denied) => {
                let (name, at) = (word(name), at.word());
                write!(f, "nearest {name} {at} {}{}", standing.word(), end(denied))
            }
            Hint::NearestBy(name, standing, denied) => {
                write!(
                    f,
                    "nearest {} {}{}",
                    word(name),
                    standing.word(),
                    end(denied)
                )
            }
            Hint::NearestWith(name, with, standing) => {
                let (name, with) = (word(name), word(with));
                write!(f, "nearest {name} with {with} {}", standing.word())
            }
            Hint::NearestOf(name, shape, standing) => {
                let (name, shape) = (word(name), shape.word());
                write!(f, "nearest {name} of {shape} {}", standing.word())
            }
            Hint::NearestUsed(name, same) => {
                write!(f, "nearest {} used {}", word(name), who(same))
            }
            Hint::Told(status, same, when) => {
                write!(f, "told {} {} {}", status.as_str(), who(same), when.word())
            }
            of_rules => write_of_rules(of_rules, f),
        }
    }
}

/// The word for the party that is asked for, or for another one.
fn who(is_same: bool) -> &'static str {
    if is_same { "same" } else { "other" }
}

/// Writes the name of a hint of what rules make of a text.
fn write_of_rules(hint: Hint, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match hint {
        Hint::Unread => f.write_str("reads: nothing"),
        Hint::ReadsAs(certainty) => write!(f, "reads: as {}", certainty.as_str()),
        Hint::Reads(status, sure) => write!(f, "reads: {} {}", status.as_str(), sure.word()),
        Hint::OthersUnread => f.write_str("others: nothing"),
        Hint::OtherReads(status, sure) => {
            write!(f, "others: {} {}", status.as_str(), sure.word())
        }
        Hint::InList(company) => write!(f, "list: {}", company.word()),
        Hint::Beside(status, same) => write!(f, "list: {} {}", status.as_str(), who(same)),
        Hint::Elsewhere(status, same, count) => {
            let (status, count) = (status.as_str(), count.word());
            write!(f, "elsewhere: {status} {} {count}", who(same))
        }
        Hint::Counts(counted, count) => {
            write!(f, "counts: {} {}", counted.word(), count.word())
        }
        Hint::Stands(stage) => write!(f, "stands: {}", stage.word()),
        Hint::HasCue(cue) => write!(f, "cue: {}", cue.word()),
        Hint::Mood(mood) => write!(f, "mood: {}", mood.as_str()),
        Hint::Part(much) => write!(f, "speaks-of: {}", much.word()),
        // Words are written where the hint is.
        _ => Ok(()),
    }
}
