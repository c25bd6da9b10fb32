//! The evidence: a row for each claim, and a row for each claim that speaks of a place on a map,
//! declared as a relation (OGC 18-000, Related Tables Extension).

use rusqlite::{Connection, Result, params};
use serde_json::{Map, Value, json};

use super::layer::{About, Kind, Table, register};
use crate::claim::Claim;
use crate::output::Tables;
use crate::output::feature::{day, object};
use crate::output::run::Run;

use Kind::{Day, Real, Text, Truth, Whole};

const EVIDENCE: Table = Table {
    name: "evidence",
    columns: &[
        ("place_id", Text),
        ("place_name_en", Text),
        ("place_name_ar", Text),
        ("actor", Text),
        ("actor_name_en", Text),
        ("actor_name_ar", Text),
        ("status", Text),
        ("share", Real),
        ("area_km2", Real),
        ("date", Day),
        ("date_to", Day),
        ("date_basis", Text),
        ("words", Text),
        ("claimant", Text),
        ("claimant_kind", Text),
        ("certainty", Text),
        ("exclusive", Truth),
        ("source", Text),
        ("published", Day),
        ("url", Text),
        ("report", Text),
        ("start", Whole),
        ("end", Whole),
        ("rule", Text),
        ("confidence", Real),
        ("copy_of", Text),
        ("decision", Text),
        ("decision_by", Text),
        ("decision_note", Text),
    ],
};

/// Ties a row of `places` to one of `evidence`. Columns and their names are those of the extension,
/// with what the claim counts for on that day.
const MAPPING: &str = "CREATE TABLE places_evidence (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  base_id INTEGER NOT NULL REFERENCES places(fid) ON DELETE CASCADE,
  related_id INTEGER NOT NULL REFERENCES evidence(fid) ON DELETE CASCADE,
  supports BOOLEAN NOT NULL, weight DOUBLE NOT NULL)";

const RELATION: &str = "
INSERT INTO gpkgext_relations VALUES (1, 'places', 'fid', 'evidence', 'fid', 'attributes', 'places_evidence');
INSERT INTO gpkg_extensions VALUES
  ('gpkgext_relations', NULL, 'related_tables', 'http://www.geopackage.org/18-000.html', 'read-write'),
  ('places_evidence', NULL, 'related_tables', 'http://www.geopackage.org/18-000.html', 'read-write');";

/// Writes both tables and the relation; `places` must be there.
pub(super) fn write(db: &Connection, run: &Run, last_change: &str) -> Result<()> {
    let about = |description| About {
        description,
        last_change,
    };
    let claims = run.timeline.claims().iter();
    let title = run.look.words("evidence");
    let rows = claims.map(|claim| row(claim, &run.tables));
    EVIDENCE.write(db, rows, about(&title))?;
    db.execute_batch(MAPPING)?;
    let title = run.look.words("place_evidence");
    register(db, "places_evidence", "attributes", about(&title))?;
    mapping(db, run)?;
    db.execute_batch(RELATION)
}

/// A claim's row has the number of its position, from one.
fn mapping(db: &Connection, run: &Run) -> Result<()> {
    let mut insert = db.prepare("INSERT INTO places_evidence VALUES (NULL, ?1, ?2, ?3, ?4)")?;
    // The rows of `places` are in this order too.
    let is_drawn = |place| !run.tables.gazetteer.place(place).kind.is_area();
    let holdings = run.days.iter().flat_map(|day| &day.snapshot.holdings);
    let drawn = holdings.filter(|holding| is_drawn(holding.place));
    for (number, holding) in (1_i64..).zip(drawn) {
        for piece in &holding.evidence {
            let claim = piece.claim as i64 + 1;
            let weight = (piece.weight * 1000.0).round() / 1000.0;
            insert.execute(params![number, claim, piece.supports, weight])?;
        }
    }
    Ok(())
}

fn row(claim: &Claim, tables: &Tables) -> Map<String, Value> {
    let place = claim.place.map(|id| tables.gazetteer.place(id));
    let actor = claim.actor.map(|id| tables.actors.actor(id));
    let decision = claim.decision.as_ref();
    object(json!({
        "place_id": place.map(|place| place.id),
        "place_name_en": place.map(|place| place.name_en),
        "place_name_ar": place.map(|place| place.name_ar),
        "actor": actor.map(|actor| &actor.id),
        "actor_name_en": actor.map(|actor| &actor.name_en),
        "actor_name_ar": actor.map(|actor| &actor.name_ar),
        "status": claim.status,
        "share": claim.share,
        "area_km2": claim.area_km2,
        "date": day(claim.date),
        "date_to": day(claim.date_to),
        "date_basis": claim.date_basis,
        "words": claim.quote.text,
        "claimant": claim.claimant.name,
        "claimant_kind": claim.claimant.kind,
        "certainty": claim.certainty,
        "exclusive": claim.exclusive,
        "source": claim.origin.outlet,
        "published": day(claim.origin.published),
        "url": claim.origin.url,
        "report": claim.origin.report,
        "start": claim.quote.start,
        "end": claim.quote.end,
        "rule": claim.rule,
        "confidence": claim.confidence,
        "copy_of": claim.origin.copy_of,
        "decision": decision.map(|decision| decision.kind),
        "decision_by": decision.map(|decision| &decision.analyst),
        "decision_note": decision.map(|decision| &decision.note),
    }))
}
