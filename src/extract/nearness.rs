//! How near two places lie, for the many pairs that a choice between namesakes asks for.

use geo::{Distance, Haversine, Point};

use crate::gazetteer::{Gazetteer, PlaceId};

/// Kilometres within which another place of the text speaks for a candidate as strongly as it can.
const NEAR_KM: f64 = 15.0;

/// The mean radius of the earth (GRS 80).
const EARTH_KM: f64 = 6371.0088;

/// A point with what every distance from it asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    point: Point<f64>,
    cos_lat: f64,
}

/// Beyond half an angle of this, in radians, the short sums below are no longer exact.
const MOST_HALF_ANGLE: f64 = 0.1;

impl Spot {
    /// The spot at a point in WGS 84 degrees, longitude first.
    pub(super) fn at(point: Point<f64>) -> Self {
        Self {
            point,
            cos_lat: point.y().to_radians().cos(),
        }
    }

    /// Nearly 1 for what is close by, a half at fifteen kilometres, nearly 0 far away.
    pub(super) fn nearness(self, other: Self) -> f64 {
        1.0 / (1.0 + self.square_km(other) / (NEAR_KM * NEAR_KM))
    }

    /// The square of the distance. For places within a thousand kilometres the haversine formula
    /// needs no angle functions: of small angles the first terms of their series are exact to the
    /// last digits.
    fn square_km(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| (to - from).to_radians() / 2.0;
        let (lat, lon) = (
            half(self.point.y(), other.point.y()),
            half(self.point.x(), other.point.x()),
        );
        if lat.abs().max(lon.abs()) > MOST_HALF_ANGLE {
            return (Haversine.distance(self.point, other.point) / 1000.0).powi(2);
        }
        let haversine = square_sine(lat) + self.cos_lat * other.cos_lat * square_sine(lon);
        4.0 * EARTH_KM * EARTH_KM * square_arcsine(haversine)
    }
}

/// How near the nearest of some places lies to one of some spots: 1 for the same, 0 for far away.
pub(super) fn nearest<'p>(
    places: impl IntoIterator<Item = &'p PlaceId>,
    spots: &[Spot],
    gazetteer: &Gazetteer,
) -> f64 {
    let places = places.into_iter();
    let own = places.map(|place| Spot::at(gazetteer.point(*place)));
    own.flat_map(|own| spots.iter().map(move |spot| own.nearness(*spot)))
        .fold(0.0, f64::max)
}

/// The square of the sine of a small angle, by the series of the sine.
fn square_sine(angle: f64) -> f64 {
    let x = angle * angle;
    let tail = 1.0 - x / 42.0 * (1.0 - x / 72.0 * (1.0 - x / 110.0));
    let sine = 1.0 - x / 6.0 * (1.0 - x / 20.0 * tail);
    x * sine * sine
}

/// The square of the angle of which `x`, small, is the square of the sine: the series
/// `2^(2n-1) x^n / (n^2 C(2n, n))`.
fn square_arcsine(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        1.0,
        1.0 / 3.0,
        8.0 / 45.0,
        4.0 / 35.0,
        128.0 / 1575.0,
        128.0 / 2079.0,
        1024.0 / 21021.0,
        256.0 / 6435.0,
        32768.0 / 984_555.0,
    ];
    x * TERMS.iter().rev().fold(0.0, |sum, term| sum * x + term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sums_give_what_the_long_formula_gives() {
        let home = Point::new(40.9, 34.45);
        let steps = (0..60).map(|step| 1e-4 * 1.25_f64.powi(step));
        for (x, y) in steps.flat_map(|step| [(step, 0.0), (0.0, -step), (-step, step / 3.0)]) {
            let there = Point::new(home.x() + x, home.y() + y);
            if x.abs() > 90.0 || y.abs() > 50.0 {
                continue;
            }
            let long = (Haversine.distance(home, there) / 1000.0).powi(2);
            let short = Spot::at(home).square_km(Spot::at(there));
            assert!(
                (short - long).abs() <= 1e-9 * long,
                "{x} {y}: {short} {long}"
            );
        }
    }
}
