//! The spellings that writers make of the name of a place by adding or leaving out an article.
//!
//! One name may be spelled in ten ways. An index holds one of them, its key; a phrase of a text is
//! brought to its key before it is looked up.

use crate::gazetteer::Cue;
use crate::lexicon::Lexicon;

/// The articles that come and go before names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Articles {
    /// The one that is written onto its word; empty for none.
    glued: Box<str>,
    /// Those that are words of their own.
    separate: Vec<String>,
}

/// Shorter names without their article are too often ordinary words.
const SHORTEST_BARE_NAME: usize = 4;

/// Where a name is found under its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// By the very words of the key.
    pub bare: bool,
    /// By other spellings that have the same key.
    pub spelled: bool,
}

/// What has only the spelling of its key.
const ONLY_BARE: Found = Found {
    bare: true,
    spelled: false,
};
/// What has every spelling of its key but the key itself.
const ONLY_SPELLED: Found = Found {
    bare: false,
    spelled: true,
};
const IN_ANY_SPELLING: Found = Found {
    bare: true,
    spelled: true,
};

impl Articles {
    /// The articles of all languages.
    pub(crate) fn of(lexicons: &[Lexicon]) -> Self {
        let mut glued = lexicons.iter().map(Lexicon::article);
        let separate = lexicons.iter().flat_map(Lexicon::name_articles);
        Self {
            glued: glued.find(|a| !a.is_empty()).unwrap_or_default().into(),
            separate: separate.cloned().collect(),
        }
    }

    /// Calls `key` with every key of a folded name. Where the article is written onto it, a name that
    /// is an ordinary word too keeps the article that tells them apart.
    pub(crate) fn keys(&self, name: &str, cue: Cue, mut key: impl FnMut(&str, Found)) {
        if name.is_ascii() {
            let Some(rest) = self.behind_article(name) else {
                return key(name, IN_ANY_SPELLING);
            };
            key(rest, ONLY_SPELLED);
            if is_long(rest) {
                key(rest, ONLY_BARE);
            }
        } else if cue != Cue::Free || self.glued.is_empty() {
            key(name, ONLY_BARE);
        } else if self.has_two_articles(name) {
            self.each_spelling(name, |spelling| key(spelling, ONLY_BARE));
        } else {
            match self.key_of_glued(name) {
                Some(without) => key(&without, IN_ANY_SPELLING),
                None => key(name, IN_ANY_SPELLING),
            }
        }
    }

    /// The other key that a phrase of a text may have, beside the phrase itself.
    pub(crate) fn other_key(&self, phrase: &str) -> Option<String> {
        if phrase.is_ascii() {
            self.behind_article(phrase).map(str::to_owned)
        } else {
            self.key_of_glued(phrase).filter(|key| !key.is_ascii())
        }
    }

    /// True for a word that is an article.
    pub(crate) fn is_article(&self, word: &str) -> bool {
        self.separate.iter().any(|article| article == word)
    }

    /// True for a word that is the article of a name, written as it sounds before it: "Ash Shafah",
    /// but "at Hajin".
    pub(crate) fn is_article_of(&self, word: &str, name: &str) -> bool {
        let sound = word.chars().nth(1);
        self.is_article(word) && (sound == Some('l') || sound == name.chars().next())
    }

    /// A word without the article that is written onto it, if it has one that comes and goes.
    pub(crate) fn bare<'w>(&self, word: &'w str) -> Option<&'w str> {
        let bare = word.strip_prefix(&*self.glued)?;
        let comes_and_goes =
            !self.glued.is_empty() && is_long(bare) && !bare.starts_with(&*self.glued);
        comes_and_goes.then_some(bare)
    }

    /// What follows an article that is a word of its own.
    fn behind_article<'w>(&self, name: &'w str) -> Option<&'w str> {
        let (first, rest) = name.split_once(' ')?;
        self.is_article_of(first, rest).then_some(rest)
    }

    /// A phrase without the articles written onto its first word, and onto the second of two; none
    /// where nothing changes.
    fn key_of_glued(&self, name: &str) -> Option<String> {
        let (first, rest) = parts(name);
        let second = rest.filter(|rest| !rest.contains(' '));
        let (bare_first, bare_second) = (self.bare(first), second.and_then(|w| self.bare(w)));
        if bare_first.is_none() && bare_second.is_none() {
            return None;
        }
        let mut key = bare_first.unwrap_or(first).to_owned();
        if let Some(rest) = bare_second.or(rest) {
            key.push(' ');
            key.push_str(rest);
        }
        Some(key)
    }

    /// True where a word that may change begins with the article and again with the article: which
    /// of the two belongs to the name cannot be told.
    fn has_two_articles(&self, name: &str) -> bool {
        let is_double = |word: &str| {
            let bare = word.strip_prefix(&*self.glued);
            bare.is_some_and(|bare| is_long(bare) && bare.starts_with(&*self.glued))
        };
        let (first, rest) = parts(name);
        is_double(first) || rest.is_some_and(|rest| !rest.contains(' ') && is_double(rest))
    }

    /// A name as it is, with and without the article on its first word, and on the second of two.
    fn each_spelling(&self, name: &str, mut spelling: impl FnMut(&str)) {
        let (first, rest) = parts(name);
        let other_rest = rest
            .filter(|rest| !rest.contains(' '))
            .and_then(|rest| self.toggled(rest));
        let rests = [rest.map(str::to_owned), other_rest];
        for first in [Some(first.to_owned()), self.toggled(first)]
            .into_iter()
            .flatten()
        {
            match &rests {
                [None, _] => spelling(&first),
                rests => {
                    for rest in rests.iter().flatten() {
                        spelling(&format!("{first} {rest}"));
                    }
                }
            }
        }
    }

    /// A word with its article taken off, or put on.
    fn toggled(&self, word: &str) -> Option<String> {
        match word.strip_prefix(&*self.glued) {
            Some(bare) => is_long(bare).then(|| bare.to_owned()),
            None => is_long(word).then(|| format!("{}{word}", self.glued)),
        }
    }
}

fn is_long(name: &str) -> bool {
    name.chars().nth(SHORTEST_BARE_NAME - 1).is_some()
}

/// The first word of a name, and the others.
fn parts(name: &str) -> (&str, Option<&str>) {
    match name.split_once(' ') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    }
}
