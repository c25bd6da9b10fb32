//! What a text claims, for the tests of reading.

use jiff::civil::Date;
use khatt::claim::{DateBasis, Status};
use khatt::extract::Extractor;
use khatt::report::Report;

/// Each claim that rules read in a text that was published on `day`, as `PLACE PARTY STATUS`, with its stated size in
/// square kilometres; units that are merely present are left out.
pub fn told(extractor: &Extractor, day: Date, text: &str) -> Vec<(String, Option<f64>)> {
    let report = Report {
        id: "case".to_owned(),
        published: Some((day, DateBasis::Given)),
        text: text.to_owned(),
        ..Report::default()
    };
    let claims = extractor.extract_by_rules(&report).claims.into_iter();
    let of_ground = claims.filter(|claim| claim.status != Status::Presence);
    let written = of_ground.map(|claim| {
        let place = claim.place.map(|place| extractor.gazetteer.place(place).id);
        let actor = claim.actor.map(|actor| &*extractor.actors.actor(actor).id);
        let (place, actor) = (place.unwrap_or("*"), actor.unwrap_or("*"));
        let words = format!("{place} {actor} {}", claim.status.as_str());
        (words, claim.area_km2)
    });
    written.collect()
}
