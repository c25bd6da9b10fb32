//! The name of a hint in the table of weights: `*take close-before acts denied`.

use std::fmt;

use super::{At, Hint, Land, Nearness, Rival, Shape, Standing, When, Word};
use crate::claim::Status;

impl Hint {
    /// The hint of that name.
    pub(in crate::extract::hints) fn read(
        name: &str,
        word: &impl Fn(&str) -> Option<Word>,
    ) -> Option<Self> {
        let parts: Vec<&str> = name.split(' ').collect();
        let denied = parts.last() == Some(&"denied");
        let parts = &parts[..parts.len() - usize::from(denied)];
        let hint = match parts {
            ["always"] => Self::Always,
            ["party", nearness] => match Nearness::read(nearness) {
                Some(nearness) => Self::Party(nearness),
                None => Self::Absent(Standing::read(nearness)?),
            },
            ["lies", land] => Self::Land(Land::read(land)?),
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
}

/// A hint with the names of its words.
pub(in crate::extract::hints) struct Spelt<'a, F: Fn(Word) -> &'a str>(pub Hint, pub F);

impl<'a, F: Fn(Word) -> &'a str> fmt::Display for Spelt<'a, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = &self.1;
        let end = |denied: bool| if denied { " denied" } else { "" };
        let side = |before: bool| if before { "before" } else { "behind" };
        match self.0 {
            Hint::Always => f.write_str("always"),
            Hint::Party(nearness) => write!(f, "party {}", nearness.word()),
            Hint::Absent(standing) => write!(f, "party {}", standing.word()),
            Hint::Land(land) => write!(f, "lies {}", land.word()),
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
                let who = if same { "same" } else { "other" };
                write!(f, "nearest {} used {who}", word(name))
            }
            Hint::Told(status, same, when) => {
                let who = if same { "same" } else { "other" };
                write!(f, "told {} {who} {}", status.as_str(), when.word())
            }
        }
    }
}
