//! The rules: patterns over items, read from `data/rules/LANG.rules`, and how they match.
//!
//! A rule is a few lines, the first word of each says what it is:
//!
//! ```text
//! rule take-on
//! means the subject takes or holds the whole of each place
//! when  @take-on ~ @on PLACES
//! gives subject control
//! like  سيطرت قسد على هجين => hajin SDF control
//! ```
//!
//! What a pattern is made of is told in `pattern`. Words that many patterns share have a name:
//! `phrase held-by`, and a line `is ...` for each way to say it; `<held-by>` in a pattern stands
//! for any of them.

use std::collections::BTreeMap;

use super::pattern::Pattern;
use crate::claim::Status;
use crate::data::DataFolder;
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;

/// Who a consequence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The subject of the trigger.
    Subject,
    /// The actor that the pattern names, by its position among the pattern's actors.
    Actor(usize),
    /// The party that the passage says holds out somewhere.
    Holder,
    /// The enemy of the subject that was named last.
    Rival,
    /// The enemy, named last, of the first actor that the pattern names.
    Against,
    /// The party that gains in the story, where the words do not name it.
    Winner,
    /// The party that had the place before it was lost.
    Former,
    /// The party that loses in the story.
    Loser,
    /// The party that heads the entry: "ACTOR: ...".
    Entry,
    /// The party that the heading of the list names: "Still held by ACTOR".
    Listed,
    /// The party of which the question right before asks what it has.
    Asked,
    /// Those of whom the place was told to which the words liken another, with all that was told
    /// of them.
    Same,
    /// Nobody: fighting without parties.
    Nobody,
}

/// One thing that a match says of each place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Consequence {
    pub role: Role,
    /// None for a stated area.
    pub status: Option<Status>,
    /// The only one of the pattern's place phrases that it speaks of, from one.
    pub of: Option<usize>,
}

/// A rule as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name, unique in its language.
    pub name: String,
    /// What it means, in a sentence.
    pub means: String,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) gives: Vec<Consequence>,
    /// Says that nothing else is left to the actor.
    pub(crate) is_exclusive: bool,
    /// Speaks of the last place of a list alone, and of all of it.
    pub(crate) of_last: bool,
    /// The trigger says nothing of other places.
    pub(crate) is_alone: bool,
    /// The subject must be named in the clause; none is carried over.
    pub(crate) is_explicit: bool,
    /// Speaks of the place itself even where the words name a part of it.
    pub(crate) is_whole: bool,
    /// Tells what was so before the story.
    pub(crate) is_background: bool,
    /// The words carry their own negation or time; moods are not asked.
    pub(crate) any_mood: bool,
    /// What was recognised and is deliberately not a claim, with its reason.
    pub(crate) set_aside: Option<String>,
    /// How sure a claim of this rule is, 0 to 1.
    pub(crate) trust: f64,
    /// Examples: a text, and the claims it must give.
    pub examples: Vec<(String, String)>,
    /// Its lines as written, without the first.
    pub lines: Vec<String>,
}

impl Rule {
    /// A rule that says nothing yet.
    fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            means: String::new(),
            patterns: Vec::new(),
            gives: Vec::new(),
            is_exclusive: false,
            any_mood: false,
            of_last: false,
            is_whole: false,
            is_background: false,
            is_explicit: false,
            is_alone: false,
            set_aside: None,
            trust: 0.85,
            examples: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Says of somebody that he lost a place.
    pub(crate) fn gives_loss(&self) -> bool {
        self.gives
            .iter()
            .any(|gives| gives.status == Some(Status::Lost))
    }

    /// Reads `rules/LANG.rules` of a data folder, in its order, which is that of precedence.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] with file and line for a line that is not of the form above or asks for a
    /// class that the lexicon does not have.
    pub fn load(data: &DataFolder, lexicon: &Lexicon) -> Result<Vec<Self>> {
        let file = format!("rules/{}.rules", lexicon.language());
        let text = data.text(&file)?;
        let mut reader = Reader {
            lexicon,
            rules: Vec::new(),
            phrases: BTreeMap::new(),
            phrase: None,
        };
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            reader
                .line(line)
                .map_err(|problem| Error::parse(data.label(&file), index + 1, problem))?;
        }
        Ok(reader.rules)
    }
}

/// A pattern that stands for more is a mistake.
const MOST_WAYS: usize = 200;

/// What has been read of a table of rules.
struct Reader<'a> {
    lexicon: &'a Lexicon,
    rules: Vec<Rule>,
    /// The ways to say what has a name of its own.
    phrases: BTreeMap<String, Vec<String>>,
    /// The phrase whose lines are being read.
    phrase: Option<String>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str) -> std::result::Result<(), String> {
        let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match key {
            "rule" => {
                if self.rules.iter().any(|rule| rule.name == rest) {
                    return Err(format!("two rules are called `{rest}`"));
                }
                self.phrase = None;
                self.rules.push(Rule::named(rest));
                return Ok(());
            }
            "phrase" => {
                if self.phrases.insert(rest.to_owned(), Vec::new()).is_some() {
                    return Err(format!("two phrases are called `{rest}`"));
                }
                self.phrase = Some(rest.to_owned());
                return Ok(());
            }
            _ => {}
        }
        if let Some(phrase) = &self.phrase {
            // Said in full at once: a phrase can only stand for those above it.
            let said = match key {
                "is" => self.said_in_full(rest)?,
                _ => Vec::new(),
            };
            let ways = self.phrases.entry(phrase.clone()).or_default();
            return match key {
                "is" => {
                    ways.extend(said);
                    Ok(())
                }
                "means" => Ok(()),
                other => Err(format!(
                    "unknown line `{other}` of a phrase; use means or is"
                )),
            };
        }
        let patterns = match key {
            "when" => self.said_in_full(rest)?,
            _ => Vec::new(),
        };
        let rule = self
            .rules
            .last_mut()
            .ok_or("the first line of a rule is `rule NAME`")?;
        for pattern in patterns {
            rule.patterns.push(Pattern::read(&pattern, self.lexicon)?);
            rule.lines.push(format!("when {pattern}"));
        }
        if key == "when" {
            return Ok(());
        }
        rule.lines.push(line.to_owned());
        read_property(key, rest, rule)
    }

    /// The patterns that a pattern with `<phrase>`s stands for. The mood of its own marked word
    /// counts before that of the phrase.
    fn said_in_full(&self, pattern: &str) -> std::result::Result<Vec<String>, String> {
        let Some((before, rest)) = pattern.split_once('<') else {
            return Ok(vec![pattern.to_owned()]);
        };
        let (name, behind) = rest.split_once('>').ok_or("a `<` without its `>`")?;
        let ways = self
            .phrases
            .get(name)
            .filter(|ways| !ways.is_empty())
            .ok_or_else(|| format!("no phrase above is called `{name}`"))?;
        let is_marked = |part: &str| part.split_whitespace().any(|word| word.starts_with('!'));
        let is_marked = is_marked(before) || is_marked(behind);
        let mut out = Vec::new();
        for way in ways {
            let way = if is_marked {
                way.replace('!', "")
            } else {
                way.clone()
            };
            out.extend(self.said_in_full(&format!("{before}{way}{behind}"))?);
            if out.len() > MOST_WAYS {
                return Err(format!("stands for more than {MOST_WAYS} patterns"));
            }
        }
        Ok(out)
    }
}

fn read_property(key: &str, rest: &str, rule: &mut Rule) -> std::result::Result<(), String> {
    match key {
        "means" => rest.clone_into(&mut rule.means),
        "gives" => {
            rule.gives = rest
                .split(';')
                .map(|part| read_consequence(part.trim()))
                .collect::<std::result::Result<_, _>>()?
        }
        "exclusive" => rule.is_exclusive = true,
        "any-mood" => rule.any_mood = true,
        "of-last" => rule.of_last = true,
        "whole" => rule.is_whole = true,
        "background" => rule.is_background = true,
        "alone" => rule.is_alone = true,
        "explicit" => rule.is_explicit = true,
        "set-aside" => rule.set_aside = Some(rest.to_owned()),
        "trust" => {
            rule.trust = rest
                .parse()
                .map_err(|e| format!("`{rest}` is not a number: {e}"))?
        }
        "like" => {
            let (text, claims) = rest
                .rsplit_once("=>")
                .ok_or("an example is `TEXT => CLAIMS`")?;
            // An example may have lines.
            let text = text.trim().replace('↵', "\n");
            rule.examples.push((text, claims.trim().to_owned()));
        }
        other => {
            return Err(format!(
                "unknown line `{other}`; use rule, phrase, means, when, gives, exclusive, any-mood, of-last, whole, background, explicit, alone, set-aside, trust or like"
            ));
        }
    }
    Ok(())
}

fn read_consequence(text: &str) -> std::result::Result<Consequence, String> {
    if text == "same" {
        return Ok(Consequence {
            role: Role::Same,
            status: Some(Status::Control),
            of: None,
        });
    }
    let (who, what) = text
        .split_once(' ')
        .ok_or_else(|| format!("`{text}` is not WHO WHAT"))?;
    let role = match who {
        "subject" => Role::Subject,
        "actor" => Role::Actor(0),
        "actor2" => Role::Actor(1),
        "holder" => Role::Holder,
        "rival" => Role::Rival,
        "against" => Role::Against,
        "winner" => Role::Winner,
        "former" => Role::Former,
        "loser" => Role::Loser,
        "entry" => Role::Entry,
        "listed" => Role::Listed,
        "asked" => Role::Asked,
        "nobody" => Role::Nobody,
        other => {
            return Err(format!(
                "unknown party `{other}`; use subject, rival, actor, actor2, against, holder, winner, former, loser, entry, listed, asked or nobody"
            ));
        }
    };
    let (what, of) = match what.split_once('@') {
        Some((what, number)) => {
            let parsed = number.parse();
            let of = parsed
                .map_err(|e| format!("`@{number}`: {e}; write control@2 for the second phrase"))?;
            (what, Some(of))
        }
        None => (what, None),
    };
    let status = if what == "area" {
        None
    } else {
        Some(Status::parse(what).ok_or_else(|| format!("unknown status `{what}`"))?)
    };
    Ok(Consequence { role, status, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader of rules over the English lexicon.
    fn reader(lexicon: &Lexicon) -> Reader<'_> {
        Reader {
            lexicon,
            rules: Vec::new(),
            phrases: BTreeMap::new(),
            phrase: None,
        }
    }

    fn lexicon() -> Lexicon {
        Lexicon::load(&DataFolder::Bundled, "en").unwrap()
    }

    #[test]
    fn a_phrase_stands_for_each_of_its_ways() {
        let lexicon = lexicon();
        let mut reader = reader(&lexicon);
        for line in [
            "phrase owned",
            "is !@under ~1 ACTOR",
            "is @in ACTOR !@hands",
            "phrase whose",
            "is <owned>",
            "is @with ACTOR",
            "rule first",
            "when PLACES @was <whose>",
            "rule second",
            "when !@heads <owned>",
        ] {
            reader.line(line).unwrap();
        }
        let patterns = |rule: usize| -> Vec<&str> {
            let lines = reader.rules[rule].lines.iter();
            lines
                .filter_map(|line| line.strip_prefix("when "))
                .collect()
        };
        assert_eq!(
            patterns(0),
            [
                "PLACES @was !@under ~1 ACTOR",
                "PLACES @was @in ACTOR !@hands",
                "PLACES @was @with ACTOR"
            ]
        );
        // The mark of the pattern itself counts.
        assert_eq!(
            patterns(1),
            ["!@heads @under ~1 ACTOR", "!@heads @in ACTOR @hands"]
        );
    }

    #[test]
    fn phrases_that_are_unknown_endless_or_too_many_are_refused() {
        let lexicon = lexicon();
        let mut reader = reader(&lexicon);
        let refused = |reader: &mut Reader, line: &str, why: &str| {
            let problem = reader.line(line).unwrap_err();
            assert!(problem.contains(why), "{line}: {problem}");
        };
        reader.line("rule one").unwrap();
        refused(&mut reader, "when PLACES <owned>", "`owned`");
        refused(&mut reader, "when PLACES <owned", ">");
        reader.line("phrase self").unwrap();
        refused(&mut reader, "is <self>", "`self`");
        reader.line("phrase many").unwrap();
        reader.line("is @under").unwrap();
        for _ in 0..7 {
            reader.line("is <many>").unwrap();
        }
        refused(&mut reader, "is <many> <many>", "more than");
    }
}
