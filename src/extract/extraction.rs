//! What one report says: its places, its claims, and what was seen and not used.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::claim::{Context, Found};
use super::resolve::Resolution;
use super::story;
use crate::actor::ActorId;
use crate::claim::{Claim, DateBasis};
use crate::gazetteer::PlaceId;
use crate::text::{CodePoints, Span};

/// A place as written, with what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Bytes of the report's text.
    pub span: Span,
    /// First code point of the report's text, and one past the last.
    pub code_points: (usize, usize),
    /// The place, when one is most likely.
    pub place: Option<PlaceId>,
    /// Whether the name decides.
    pub resolution: Resolution,
    /// All places of that name, in order of id.
    pub candidates: Vec<PlaceId>,
    /// Probability that `place` is right, 0 to 1.
    pub confidence: f64,
    /// The name that it was read as, where it is written so in no table.
    pub read_as: Option<String>,
}

/// Something that was recognised and deliberately not used.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// The rule that recognised it.
    pub rule: String,
    /// Why it is no claim.
    pub reason: String,
    /// The place it spoke of.
    pub place: Option<PlaceId>,
    /// The party it spoke of.
    pub actor: Option<ActorId>,
    /// Bytes of the report's text.
    pub span: Span,
}

/// What one report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Extraction {
    /// The language it was read in.
    pub language: String,
    /// When it came out, and how that is known.
    pub published: Option<(Date, DateBasis)>,
    /// Its places, in order.
    pub mentions: Vec<Mention>,
    /// Its claims, in order.
    pub claims: Vec<Claim>,
    /// What was seen and not used.
    pub set_aside: Vec<SetAside>,
}

/// What was read, with its claims dated and quoted.
pub(super) fn of(context: &Context, found: Vec<Found>, set_aside: Vec<SetAside>) -> Extraction {
    Extraction {
        language: context.language.lexicon.language().to_owned(),
        published: context.published,
        mentions: mentions(context, &found),
        claims: story::claims(found, context),
        set_aside,
    }
}

/// The mentions of a text; a name split in two by a pronoun counts once. A noun is the name of a place
/// where something is told of that.
fn mentions(context: &Context, found: &[Found]) -> Vec<Mention> {
    let text = context.text;
    let points = CodePoints::new(text.original());
    let mut read_as = context.read_as.iter().peekable();
    let told: FxHashSet<PlaceId> = found.iter().filter_map(|found| found.place).collect();
    let mut out = Vec::new();
    for (at, (item, choice)) in context.items.iter().zip(context.choices).enumerate() {
        let Some(choice) = choice else { continue };
        if context.nouns.binary_search(&at).is_ok() && !told.contains(&choice.place) {
            continue;
        }
        let mut candidates = item.places().to_vec();
        candidates.sort_unstable();
        let span = Span {
            start: text.after_letters(item.span, item.particles),
            ..item.span
        };
        let code_points = (points.before(span.start), points.before(span.end));
        let read = read_as.next_if(|read| read.item == at);
        out.push(Mention {
            span,
            code_points,
            place: Some(choice.place),
            resolution: choice.resolution,
            candidates,
            confidence: choice.confidence,
            read_as: read.map(|read| read.written.to_owned()),
        });
    }
    out
}
