//! The making of an index of names: each is added under its key, and what a key means as it is
//! written is settled apart from what it means as a spelling of another.

use super::{NameIndex, SPECIAL, Special, Start};
use crate::error::{Error, Result};
use crate::extract::names::{Alias, AliasKind};
use crate::extract::spelling::{Articles, Found};
use crate::gazetteer::{Cue, Gazetteer, PlaceId};
use crate::lexicon::Lexicon;
use crate::phrases::PhraseIndex;

/// Takes names and makes the index of them.
#[derive(Debug)]
pub(crate) struct Writer {
    index: NameIndex,
    /// Keys with a place and the way it is found, places in order of id.
    rows: Vec<(u32, Member)>,
    aliases: Vec<(u32, Alias)>,
    masked: Vec<u32>,
}

/// A place of a key: its position and, in the two highest bits, how it is found.
#[derive(Debug, Clone, Copy, Default)]
struct Member(u32);

const BARE: u32 = 1 << 31;
const SPELLED: u32 = 1 << 30;
const BOTH: u32 = BARE | SPELLED;

impl Member {
    fn place(self) -> PlaceId {
        PlaceId(self.0 & !BOTH)
    }

    fn is(self, found: u32) -> bool {
        self.0 & found == found
    }
}

impl Writer {
    /// An index with room for the names of a gazetteer.
    pub(crate) fn new(lexicons: &[Lexicon], gazetteer: &Gazetteer) -> Self {
        let (mut names, mut words) = (0, 0);
        for name in gazetteer.iter().flat_map(|(_, place)| place.names()) {
            names += 1;
            words += 1 + name.bytes().filter(|byte| *byte == b' ').count();
        }
        let index = NameIndex {
            articles: Articles::of(lexicons),
            keys: PhraseIndex::with_room(names, words),
            ..NameIndex::default()
        };
        Self {
            index,
            rows: Vec::with_capacity(names),
            aliases: Vec::new(),
            masked: Vec::new(),
        }
    }

    /// Adds a folded name of a place; places come in order of id.
    pub(crate) fn place(&mut self, name: &str, place: PlaceId, cue: Cue) {
        if name.is_empty() {
            return;
        }
        let NameIndex { articles, keys, .. } = &mut self.index;
        articles.keys(name, cue, |key, Found { bare, spelled }| {
            let found = if bare { BARE } else { 0 } | if spelled { SPELLED } else { 0 };
            self.rows.push((keys.add(key), Member(place.0 | found)));
        });
    }

    /// Adds a folded name of an actor.
    pub(crate) fn alias(&mut self, name: &str, alias: Alias) {
        let key = self.index.keys.add(name);
        self.aliases.push((key, alias));
    }

    /// Adds a folded name of what is neither a place nor an actor.
    pub(crate) fn mask(&mut self, name: &str) {
        let key = self.index.keys.add(name);
        self.masked.push(key);
    }

    /// The index of all names.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] when there are more names than can be told apart.
    pub(crate) fn finish(mut self) -> Result<NameIndex> {
        if self.index.keys.letters() > u32::MAX as usize || self.rows.len() >= SPECIAL as usize {
            let advice = "the names take more than 4 GiB; give a region a gazetteer of its own";
            return Err(Error::argument("gazetteer.csv", advice));
        }
        self.index.keys.shrink();
        let (starts, members) = self.members();
        self.settle(&starts, &members);
        self.add_words();
        self.complete();
        Ok(self.index)
    }

    /// The members of each key, and where they begin.
    fn members(&mut self) -> (Vec<u32>, Vec<Member>) {
        let rows = std::mem::take(&mut self.rows);
        let mut starts = vec![0; self.index.keys.len() + 1];
        for (key, _) in &rows {
            starts[*key as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut members = vec![Member::default(); rows.len()];
        for (key, member) in rows {
            let at = &mut next[key as usize];
            members[*at as usize] = member;
            *at += 1;
        }
        (starts, members)
    }

    /// Settles what every key means in other spellings, and written as it is.
    fn settle(&mut self, starts: &[u32], members: &[Member]) {
        let index = &mut self.index;
        index.places.reserve_exact(members.len());
        index.starts.reserve_exact(starts.len());
        for (key, ends) in starts.windows(2).enumerate() {
            let members = &members[ends[0] as usize..ends[1] as usize];
            let is_plain = members.iter().all(|member| member.is(BOTH));
            let start = index.places.len();
            let special = if is_plain { 0 } else { SPECIAL };
            index.starts.push(Start(start as u32 | special));
            index.places.extend(places_of(members, SPELLED));
            if !is_plain {
                index.special.push(Special {
                    key: key as u32,
                    places: places_of(members, BARE).collect(),
                    ..Special::default()
                });
            }
        }
        index.starts.push(Start(index.places.len() as u32));
        index.places.shrink_to_fit();
    }

    /// Adds the names of what is no place.
    fn add_words(&mut self) {
        for (key, alias) in std::mem::take(&mut self.aliases) {
            let aliases = &mut self.special(key).aliases;
            aliases.push(alias);
            aliases.sort_by_key(|alias| alias.kind == AliasKind::Slur);
        }
        for key in std::mem::take(&mut self.masked) {
            self.special(key).is_masked = true;
        }
    }

    /// What is special about a key; until now that may have been nothing.
    fn special(&mut self, key: u32) -> &mut Special {
        let index = &mut self.index;
        let found = index
            .special
            .binary_search_by_key(&key, |special| special.key);
        let at = found.unwrap_or_else(|at| {
            let places = index.spelled(key).to_vec();
            let special = Special {
                key,
                places,
                ..Special::default()
            };
            index.special.insert(at, special);
            index.starts[key as usize].0 |= SPECIAL;
            at
        });
        &mut index.special[at]
    }

    /// What a special key means as it is written must not hide what it means as a spelling of
    /// another key.
    fn complete(&mut self) {
        for at in 0..self.index.special.len() {
            let index = &self.index;
            let key = index.special[at].key;
            let other = index.articles.other_key(index.keys.phrase(key));
            let other = other.and_then(|other| index.keys.get(&other));
            if let (Some(_), Some(other)) = (index.as_written(key), other) {
                let more = index.spelled(other).to_vec();
                let places = &mut self.index.special[at].places;
                places.extend(more);
                places.sort_unstable();
                places.dedup();
            }
        }
    }
}

/// The places among `members`, which are in order of id, that are found so.
fn places_of(members: &[Member], found: u32) -> impl Iterator<Item = PlaceId> {
    let mut last = None;
    let found = members.iter().filter(move |member| member.is(found));
    found.map(|member| member.place()).filter(move |place| {
        let is_new = last != Some(*place);
        last = Some(*place);
        is_new
    })
}
