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
//! What a pattern is made of is told in `pattern`.

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
    /// The party that heads the entry: "ACTOR: ...".
    Entry,
    /// Those of whom the last place was told, with all that was told of them.
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
            is_explicit: false,
            is_alone: false,
            set_aside: None,
            trust: 0.85,
            examples: Vec::new(),
            lines: Vec::new(),
        }
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
        let mut rules: Vec<Self> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            read_line(line, &mut rules, lexicon)
                .map_err(|problem| Error::parse(data.label(&file), index + 1, problem))?;
        }
        Ok(rules)
    }
}

fn read_line(
    line: &str,
    rules: &mut Vec<Rule>,
    lexicon: &Lexicon,
) -> std::result::Result<(), String> {
    let (key, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if key == "rule" {
        if rules.iter().any(|rule| rule.name == rest) {
            return Err(format!("two rules are called `{rest}`"));
        }
        rules.push(Rule::named(rest));
        return Ok(());
    }
    let rule = rules
        .last_mut()
        .ok_or("the first line of a rule is `rule NAME`")?;
    rule.lines.push(line.to_owned());
    match key {
        "means" => rest.clone_into(&mut rule.means),
        "when" => rule.patterns.push(Pattern::read(rest, lexicon)?),
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
            rule.examples
                .push((text.trim().to_owned(), claims.trim().to_owned()));
        }
        other => {
            return Err(format!(
                "unknown line `{other}`; use rule, means, when, gives, exclusive, any-mood, of-last, whole, explicit, alone, set-aside, trust or like"
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
        "entry" => Role::Entry,
        "nobody" => Role::Nobody,
        other => {
            return Err(format!(
                "unknown party `{other}`; use subject, rival, actor, actor2, against, holder, winner, former, entry or nobody"
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
