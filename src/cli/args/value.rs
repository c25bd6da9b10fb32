//! Values of options: days, steps, sizes, extents, each in one form.

use geo::{Rect, coord};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use khatt::Result;

pub(super) fn day(text: &str) -> Result<Date, String> {
    // jiff also reads whole timestamps, whose day depends on the zone.
    let date = text.parse().ok().filter(|_| text.len() == 10);
    date.ok_or_else(|| "write a day of the calendar as 2018-11-27".to_owned())
}

/// A number of days, weeks or months.
pub(super) fn step(text: &str) -> Result<Span, String> {
    let (number, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, "d"),
    };
    let number = number
        .parse::<i32>()
        .ok()
        .filter(|n| (1..=3_660).contains(n));
    match (number, unit) {
        (Some(n), "d") => Ok(n.days()),
        (Some(n), "w") => Ok(n.weeks()),
        (Some(n), "m") => Ok(n.months()),
        _ => Err("write a number of days, weeks or months, as 3d, 1w or 1m".to_owned()),
    }
}

pub(super) fn seconds(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|n| (0.0..=3600.0).contains(n));
    number.ok_or_else(|| "write seconds from 0 to 3600".to_owned())
}

/// Pixels of a picture: a wall of two metres, and 800 MB while it is drawn.
const MOST_PIXELS: u64 = 200_000_000;

pub(super) fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X', '×']);
    let (width, height) = sides
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .ok_or_else(|| "write width x height in pixels, as 2000x1500".to_owned())?;
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(format!(
            "more than {} million pixels",
            MOST_PIXELS / 1_000_000
        ));
    }
    Ok((width, height))
}

pub(super) fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text
        .split_once('=')
        .filter(|(field, column)| !field.is_empty() && !column.is_empty());
    let pair = pair.map(|(field, column)| (field.trim().to_owned(), column.trim().to_owned()));
    pair.ok_or_else(|| "write FIELD=COLUMN, as name_en=NAME".to_owned())
}

pub(super) fn extent(text: &str) -> Result<Rect<f64>, String> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|n| n.trim().parse().ok()).collect();
    match numbers.as_deref() {
        Some(&[west, south, east, north]) if west < east && south < north => Ok(Rect::new(
            coord! { x: west, y: south },
            coord! { x: east, y: north },
        )),
        _ => Err("write west,south,east,north in degrees, as 40.5,34.3,41.3,34.9".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_sizes_and_extents_have_one_form() {
        assert!(day("2018-11-27").is_ok());
        for wrong in [
            "27-11-2018",
            "2018-11",
            "2018-02-30",
            "2018-11-27T10:00",
            "yesterday",
            "",
        ] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        for (text, days) in [("1", 1), ("3d", 3), ("2w", 14), ("1m", 31)] {
            let start: Date = jiff::civil::date(2018, 12, 1);
            let end = start + step(text).unwrap();
            assert_eq!(end.since(start).unwrap().get_days(), days, "{text}");
        }
        for wrong in ["", "0", "w", "-1", "1y", "1 d", "99999"] {
            assert!(step(wrong).is_err(), "{wrong}");
        }
        assert_eq!(size("800x600"), Ok((800, 600)));
        assert!(size("800").is_err() && size("-1x5").is_err());
        assert!(extent("40.5,34.3,41.3,34.9").is_ok());
        assert!(extent("41.3,34.3,40.5,34.9").is_err() && extent("1,2,3").is_err());
    }
}
