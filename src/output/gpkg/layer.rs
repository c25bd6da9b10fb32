//! One table of a GeoPackage: its columns, its rows, its index.

use geo::{BoundingRect, Geometry, LineString, Rect};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Result, params, params_from_iter};
use serde_json::{Map, Value};

use super::geometry::{Shape, WGS84, encode};
use super::schema;
use crate::output::feature::Feature;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// A day, `YYYY-MM-DD`, or null.
    Day,
    /// True or false.
    Truth,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Whole => "INTEGER",
            Self::Real => "DOUBLE",
            Self::Day => "DATE",
            Self::Truth => "BOOLEAN",
        }
    }

    fn value(self, value: Option<&Value>) -> Sql {
        match (self, value) {
            (Self::Text | Self::Day, Some(Value::String(text))) => Sql::Text(text.clone()),
            (Self::Whole, Some(number)) => number.as_i64().map_or(Sql::Null, Sql::Integer),
            (Self::Real, Some(number)) => number.as_f64().map_or(Sql::Null, Sql::Real),
            (Self::Truth, Some(Value::Bool(truth))) => Sql::Integer(i64::from(*truth)),
            _ => Sql::Null,
        }
    }
}

/// The name of a column and what it holds.
pub(super) type Column = (&'static str, Kind);

/// A table with a geometry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layer {
    pub name: &'static str,
    pub shape: Shape,
    pub columns: &'static [Column],
}

/// A table without.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
}

/// What is said of a table in the list of contents.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub description: &'a str,
    pub last_change: &'a str,
}

impl Layer {
    /// Makes the table with its rows, which are numbered from one, and its index.
    pub fn write(&self, db: &Connection, features: &[Feature], about: About) -> Result<()> {
        let name = self.name;
        let geometry = format!("\"geom\" {}", self.shape.name());
        create(db, name, Some(&geometry), self.columns)?;
        register(db, name, "features", about)?;
        db.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
            params![name, self.shape.name(), WGS84],
        )?;
        db.execute_batch(&format!(
            "CREATE VIRTUAL TABLE \"rtree_{name}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
        ))?;
        db.execute(
            "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', \
             'http://www.geopackage.org/spec130/#extension_rtree', 'write-only')",
            [name],
        )?;
        let bounds = self.rows(db, features)?;
        if let Some(bounds) = bounds {
            let (low, high) = (bounds.min(), bounds.max());
            db.execute(
                "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
                params![name, low.x, low.y, high.x, high.y],
            )?;
        }
        db.execute_batch(&schema::triggers(name))
    }

    /// Writes the rows; the box around all of them, if there are any.
    fn rows(&self, db: &Connection, features: &[Feature]) -> Result<Option<Rect<f64>>> {
        let mut insert = db.prepare(&insertion(self.name, self.columns.len() + 2))?;
        let mut index = db.prepare(&format!(
            "INSERT INTO \"rtree_{}_geom\" VALUES (?1, ?2, ?3, ?4, ?5)",
            self.name
        ))?;
        let mut bounds = None;
        for (number, feature) in (1_i64..).zip(features) {
            let (bytes, around) = encode(&feature.geometry).unzip();
            let geometry = bytes.map_or(Sql::Null, Sql::Blob);
            let head = [Sql::Integer(number), geometry];
            let rest = values(self.columns, &feature.properties);
            insert.execute(params_from_iter(head.into_iter().chain(rest)))?;
            if let Some(around) = around {
                let (low, high) = (around.min(), around.max());
                index.execute(params![number, low.x, high.x, low.y, high.y])?;
                bounds = Some(joined(bounds, around));
            }
        }
        Ok(bounds)
    }
}

impl Table {
    /// Makes the table with its rows, which are numbered from one.
    pub fn write(
        &self,
        db: &Connection,
        rows: impl Iterator<Item = Map<String, Value>>,
        about: About,
    ) -> Result<()> {
        create(db, self.name, None, self.columns)?;
        register(db, self.name, "attributes", about)?;
        let mut insert = db.prepare(&insertion(self.name, self.columns.len() + 1))?;
        for (number, row) in (1_i64..).zip(rows) {
            let head = std::iter::once(Sql::Integer(number));
            insert.execute(params_from_iter(head.chain(values(self.columns, &row))))?;
        }
        Ok(())
    }
}

fn create(db: &Connection, name: &str, geometry: Option<&str>, columns: &[Column]) -> Result<()> {
    let mut parts = vec!["\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned()];
    parts.extend(geometry.map(str::to_owned));
    let columns = columns
        .iter()
        .map(|(name, kind)| format!("\"{name}\" {}", kind.name()));
    parts.extend(columns);
    db.execute_batch(&format!("CREATE TABLE \"{name}\" ({})", parts.join(", ")))
}

/// Enters a table into the list of contents.
pub(super) fn register(db: &Connection, name: &str, kind: &str, about: About) -> Result<()> {
    let srs_id = (kind == "features").then_some(WGS84);
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) \
         VALUES (?1, ?2, ?1, ?3, ?4, ?5)",
        params![name, kind, about.description, about.last_change, srs_id],
    )?;
    Ok(())
}

fn insertion(name: &str, columns: usize) -> String {
    let marks = vec!["?"; columns].join(", ");
    format!("INSERT INTO \"{name}\" VALUES ({marks})")
}

fn values<'a>(
    columns: &'a [Column],
    properties: &'a Map<String, Value>,
) -> impl Iterator<Item = Sql> + 'a {
    columns
        .iter()
        .map(|(name, kind)| kind.value(properties.get(*name)))
}

fn joined(bounds: Option<Rect<f64>>, around: Rect<f64>) -> Rect<f64> {
    let Some(bounds) = bounds else { return around };
    let corners = [bounds.min(), bounds.max(), around.min(), around.max()];
    let line = Geometry::from(LineString::from(corners.to_vec()));
    line.bounding_rect().unwrap_or(bounds)
}
