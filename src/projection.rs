//! Degrees, metres and pixels: the only file that turns one into another for drawing.
//!
//! A Mercator projection of the WGS 84 ellipsoid, true to scale at the middle latitude of the map
//! (Snyder, *Map Projections: A Working Manual*, 1987, equations 7-6 to 7-9). It is conformal and
//! north is up everywhere; half a degree away from the middle the scale is off by under one per
//! cent, less than the width of a front line on paper.

use geo::{Coord, Rect, coord};

/// Semi-major axis of WGS 84, in metres.
const AXIS_M: f64 = 6_378_137.0;
/// First eccentricity of WGS 84, squared.
const ECCENTRICITY_2: f64 = 0.006_694_379_990_14;

/// WGS 84 in well-known text as ESRI writes it.
const GEOGRAPHIC: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",\
    SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],\
    UNIT[\"Degree\",0.0174532925199433]]";

/// The largest share of an extent that [`Projection::fill`] cuts off.
const MOST_CUT: f64 = 0.125;

/// A point of the picture: pixels from its left and top edge.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Px {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

impl Px {
    /// The point at these pixels.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The distance to `other`.
    #[must_use]
    pub fn distance(self, other: Self) -> f32 {
        let (dx, dy) = (self.x - other.x, self.y - other.y);
        (dx * dx + dy * dy).sqrt()
    }
}

/// An upright box of the picture, in pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BoxPx {
    /// Left edge.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

impl BoxPx {
    /// The box with these edges.
    #[must_use]
    pub const fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    /// The square of half-width `reach` around `centre`.
    #[must_use]
    pub fn around(centre: Px, reach: f32) -> Self {
        Self::new(
            centre.x - reach,
            centre.y - reach,
            centre.x + reach,
            centre.y + reach,
        )
    }

    /// The box made wider by `reach` on the left and on the right.
    #[must_use]
    pub fn grown_across(&self, reach: f32) -> Self {
        Self::new(self.left - reach, self.top, self.right + reach, self.bottom)
    }

    /// Width.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Height.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Middle.
    #[must_use]
    pub fn centre(&self) -> Px {
        Px::new(
            (self.left + self.right) / 2.0,
            (self.top + self.bottom) / 2.0,
        )
    }

    /// Its corners, clockwise from the upper left.
    #[must_use]
    pub fn corners(&self) -> [Px; 4] {
        [
            Px::new(self.left, self.top),
            Px::new(self.right, self.top),
            Px::new(self.right, self.bottom),
            Px::new(self.left, self.bottom),
        ]
    }

    /// The box with every edge moved outwards by `by` (inwards when negative).
    #[must_use]
    pub fn grown(&self, by: f32) -> Self {
        Self::new(
            self.left - by,
            self.top - by,
            self.right + by,
            self.bottom + by,
        )
    }

    /// The box moved to the right and down.
    #[must_use]
    pub fn moved(&self, right: f32, down: f32) -> Self {
        Self::new(
            self.left + right,
            self.top + down,
            self.right + right,
            self.bottom + down,
        )
    }

    /// The smallest box around both.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        Self::new(
            self.left.min(other.left),
            self.top.min(other.top),
            self.right.max(other.right),
            self.bottom.max(other.bottom),
        )
    }

    /// True when the insides meet.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// True when `other` lies inside or on the edge.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// True when the point lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, point: Px) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }
}

/// How degrees lie on one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Middle of the map, degrees.
    origin: Coord<f64>,
    /// The latitude at which the scale is true, degrees.
    true_at: f64,
    /// Metres for one radian of longitude at the middle latitude.
    parallel_m: f64,
    /// Isometric latitude of the middle.
    origin_psi: f64,
    px_per_m: f64,
    frame: BoxPx,
}

impl Projection {
    /// Fits the whole of `extent` (WGS 84 degrees, longitude first) into `frame`, in its middle.
    ///
    /// # Examples
    ///
    /// ```
    /// use geo::{Rect, coord};
    /// use khatt::projection::{BoxPx, Projection};
    ///
    /// // From Hajin to Al-Baghuz.
    /// let extent = Rect::new(coord! { x: 40.7, y: 34.4 }, coord! { x: 41.1, y: 34.8 });
    /// let map = Projection::fit(extent, BoxPx::new(0.0, 0.0, 1000.0, 1000.0));
    /// let middle = map.to_px(coord! { x: 40.9, y: 34.6 });
    /// assert!((middle.x - 500.0).abs() < 0.01 && (middle.y - 500.0).abs() < 1.0);
    /// assert!((map.px_per_km() - 1000.0 / 44.5).abs() < 0.1);
    /// ```
    #[must_use]
    pub fn fit(extent: Rect<f64>, frame: BoxPx) -> Self {
        Self::scaled(extent, frame, |across, along| across.min(along))
    }

    /// Fills the whole of `frame` with `extent`, where that cuts off no more than an eighth of its
    /// width or height; else as [`Projection::fit`].
    #[must_use]
    pub fn fill(extent: Rect<f64>, frame: BoxPx) -> Self {
        Self::scaled(extent, frame, |across, along| {
            let (low, high) = (across.min(along), across.max(along));
            if low >= high * (1.0 - MOST_CUT) {
                high
            } else {
                low
            }
        })
    }

    /// The extent in the middle of the frame; the scale follows from those that would fit its
    /// width and its height.
    fn scaled(extent: Rect<f64>, frame: BoxPx, choose: impl Fn(f64, f64) -> f64) -> Self {
        let origin = extent.center();
        let phi = origin.y.to_radians();
        let parallel_m = AXIS_M * phi.cos() / (1.0 - ECCENTRICITY_2 * phi.sin().powi(2)).sqrt();
        let mut map = Self {
            origin,
            true_at: origin.y,
            parallel_m,
            origin_psi: isometric(origin.y),
            px_per_m: 1.0,
            frame,
        };
        let (low, high) = (map.to_metres(extent.min()), map.to_metres(extent.max()));
        map.px_per_m = choose(
            f64::from(frame.width()) / (high.x - low.x),
            f64::from(frame.height()) / (high.y - low.y),
        );
        // The middle latitude is not quite the middle of the projected height.
        let middle_m = (low.y + high.y) / 2.0;
        map.origin.y = map.to_degrees(coord! { x: 0.0, y: middle_m }).y;
        map.origin_psi = isometric(map.origin.y);
        map
    }

    /// Metres east and north of the middle of the map.
    #[must_use]
    pub fn to_metres(&self, degrees: Coord<f64>) -> Coord<f64> {
        coord! {
            x: (degrees.x - self.origin.x).to_radians() * self.parallel_m,
            y: (isometric(degrees.y) - self.origin_psi) * self.parallel_m,
        }
    }

    /// The degrees at these metres east and north of the middle of the map.
    #[must_use]
    pub fn to_degrees(&self, metres: Coord<f64>) -> Coord<f64> {
        coord! {
            x: self.origin.x + (metres.x / self.parallel_m).to_degrees(),
            y: latitude(self.origin_psi + metres.y / self.parallel_m),
        }
    }

    /// Where this point of the earth is drawn.
    #[must_use]
    pub fn to_px(&self, degrees: Coord<f64>) -> Px {
        let metres = self.to_metres(degrees);
        let middle = self.frame.centre();
        Px::new(
            middle.x + (metres.x * self.px_per_m) as f32,
            middle.y - (metres.y * self.px_per_m) as f32,
        )
    }

    /// The point of the earth drawn here.
    #[must_use]
    pub fn from_px(&self, at: Px) -> Coord<f64> {
        let middle = self.frame.centre();
        self.to_degrees(coord! {
            x: f64::from(at.x - middle.x) / self.px_per_m,
            y: f64::from(middle.y - at.y) / self.px_per_m,
        })
    }

    /// Pixels for one kilometre at the middle of the map.
    #[must_use]
    pub fn px_per_km(&self) -> f32 {
        (self.px_per_m * 1000.0) as f32
    }

    /// The upper left corner of the picture in metres east and north of the middle of the map, and
    /// the metres of one pixel.
    #[must_use]
    pub fn corner_and_pixel(&self) -> (Coord<f64>, f64) {
        let (middle, pixel) = (self.frame.centre(), self.px_per_m.recip());
        let corner = coord! {
            x: -f64::from(middle.x) * pixel,
            y: f64::from(middle.y) * pixel,
        };
        (corner, pixel)
    }

    /// The reference system of [`Projection::to_metres`] in well-known text as ESRI writes it,
    /// which every GIS reads from a `.prj` file.
    #[must_use]
    pub fn well_known_text(&self) -> String {
        let north_m = -self.parallel_m * self.origin_psi;
        let (meridian, parallel) = (self.origin.x, self.true_at);
        format!(
            "PROJCS[\"Mercator true to scale at {parallel:.4}\",{GEOGRAPHIC},PROJECTION[\"Mercator\"],\
             PARAMETER[\"False_Easting\",0.0],PARAMETER[\"False_Northing\",{north_m:.4}],\
             PARAMETER[\"Central_Meridian\",{meridian:.10}],PARAMETER[\"Standard_Parallel_1\",{parallel:.10}],\
             UNIT[\"Meter\",1.0]]"
        )
    }

    /// The part of the picture that holds the map.
    #[must_use]
    pub fn frame(&self) -> BoxPx {
        self.frame
    }

    /// All that the frame shows, which is more than the extent unless both have one shape.
    #[must_use]
    pub fn visible(&self) -> Rect<f64> {
        Rect::new(
            self.from_px(Px::new(self.frame.left, self.frame.bottom)),
            self.from_px(Px::new(self.frame.right, self.frame.top)),
        )
    }
}

/// Isometric latitude, in radians, of a geodetic latitude in degrees.
fn isometric(latitude_deg: f64) -> f64 {
    let sine = latitude_deg.to_radians().sin();
    let e = ECCENTRICITY_2.sqrt();
    sine.atanh() - e * (e * sine).atanh()
}

/// Geodetic latitude in degrees of an isometric one; four rounds give far under a millimetre.
fn latitude(psi: f64) -> f64 {
    let e = ECCENTRICITY_2.sqrt();
    let mut sine = psi.tanh();
    for _ in 0..4 {
        sine = (psi + e * (e * sine).atanh()).tanh();
    }
    sine.asin().to_degrees()
}

/// Metres of the spherical Mercator of web maps (EPSG:3857) at these degrees.
#[must_use]
pub fn web_mercator(degrees: Coord<f64>) -> Coord<f64> {
    coord! {
        x: degrees.x.to_radians() * AXIS_M,
        y: degrees.y.to_radians().sin().atanh() * AXIS_M,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> Projection {
        let extent = Rect::new(coord! { x: 40.6, y: 34.3 }, coord! { x: 41.1, y: 34.9 });
        Projection::fit(extent, BoxPx::new(100.0, 50.0, 1300.0, 1450.0))
    }

    #[test]
    fn there_and_back() {
        let map = map();
        for (x, y) in [(40.6, 34.3), (40.93, 34.57), (41.1, 34.9), (38.0, 33.0)] {
            let back = map.from_px(map.to_px(coord! { x: x, y: y }));
            assert!((back.x - x).abs() < 1e-5 && (back.y - y).abs() < 1e-5);
        }
    }

    #[test]
    fn the_extent_fits_and_touches() {
        let map = map();
        let low = map.to_px(coord! { x: 40.6, y: 34.3 });
        let high = map.to_px(coord! { x: 41.1, y: 34.9 });
        assert!((low.y - 1450.0).abs() < 0.01 && (high.y - 50.0).abs() < 0.01);
        assert!(low.x > 100.0 && high.x < 1300.0);
    }

    #[test]
    fn filling_cuts_little_or_nothing() {
        let frame = BoxPx::new(0.0, 0.0, 1000.0, 1000.0);
        let extent = |width| {
            Rect::new(
                coord! { x: 40.0, y: 34.0 },
                coord! { x: 40.0 + width, y: 34.4 },
            )
        };
        let near = Projection::fill(extent(0.5), frame).visible();
        assert!(near.height() < 0.401 && near.width() < 0.5);
        let wide = Projection::fill(extent(0.8), frame).visible();
        assert!(wide.height() > 0.5 && wide.width() > 0.799);
    }

    /// One minute of latitude at 34.6 N is 1849 m on the ellipsoid.
    #[test]
    fn scale_is_true() {
        let map = map();
        let south = map.to_px(coord! { x: 40.85, y: 34.6 });
        let north = map.to_px(coord! { x: 40.85, y: 34.6 + 1.0 / 60.0 });
        let km = south.distance(north) / map.px_per_km();
        assert!((km - 1.849).abs() < 0.002, "{km}");
    }
}
