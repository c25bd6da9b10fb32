//! A day built by hand: the tables of a data folder, holdings and a front with simple zones.
#![allow(dead_code, reason = "each test file uses a part of it")]

use geo::{Coord, LineString, MultiPolygon, Point, Polygon, Rect};
use jiff::civil::{Date, date};
use khatt::actor::{ActorId, Actors};
use khatt::basemap::BaseMap;
use khatt::data::DataFolder;
use khatt::front::{Front, FrontLine, Holder, Pocket, Zone};
use khatt::gazetteer::{Gazetteer, PlaceId};
use khatt::region::Region;
use khatt::render::{Fonts, Lang, MapInput, MapOptions, Scene, Style, Words, compose};
use khatt::timeline::{Control, Holding, Snapshot};

/// Everything that a map is drawn from.
pub struct Fixture {
    pub gazetteer: Gazetteer,
    pub actors: Actors,
    pub region: Region,
    pub basemap: BaseMap,
    pub fonts: Fonts,
    pub words: Words,
    pub style: Style,
    pub snapshot: Snapshot,
    pub front: Front,
}

const DAY: Date = date(2018, 11, 27);
const HELD: [(&str, &[&str]); 3] = [
    (
        "IS",
        &[
            "abu-al-khatir",
            "abu-al-hasan",
            "al-kashmah",
            "ash-shafah",
            "al-bubadran",
            "as-susah",
            "al-marashidah",
            "as-safafinah",
            "al-arqub",
            "baghuz-fawqani",
            "baghuz-tahtani",
        ],
    ),
    (
        "SDF",
        &[
            "gharanij",
            "abu-hamam",
            "al-kishkiyah",
            "al-bahrah",
            "al-tanak-field",
            "tell-baghuz",
        ],
    ),
    (
        "GOV",
        &[
            "abu-kamal",
            "al-jalaa",
            "as-salihiyah",
            "ar-ramadi-syria",
            "hamdan-airport",
            "al-qaim-crossing",
            "al-ward-field",
            "al-ahmar-field",
        ],
    ),
];

impl Fixture {
    pub fn load(data: &DataFolder) -> Self {
        let mut fixture = Self {
            gazetteer: Gazetteer::load(data).unwrap(),
            actors: Actors::load(data).unwrap(),
            region: Region::load(data).unwrap(),
            basemap: BaseMap::load(data).unwrap(),
            fonts: Fonts::load(data).unwrap(),
            words: Words::load(data).unwrap(),
            style: Style::load(data).unwrap(),
            snapshot: Snapshot {
                date: DAY,
                holdings: Vec::new(),
                areas: Vec::new(),
            },
            front: Front {
                date: DAY,
                zones: Vec::new(),
                lines: Vec::new(),
                pockets: Vec::new(),
                undrawn: Vec::new(),
            },
        };
        fixture.add_holdings();
        fixture.add_front();
        fixture
    }

    pub fn input(&self) -> MapInput<'_> {
        MapInput {
            snapshot: &self.snapshot,
            front: &self.front,
            gazetteer: &self.gazetteer,
            actors: &self.actors,
            region: &self.region,
            basemap: &self.basemap,
            fonts: &self.fonts,
            words: &self.words,
        }
    }

    pub fn draw(&self, options: &MapOptions) -> Scene {
        compose(&self.input(), &self.style, options).unwrap()
    }

    pub fn actor(&self, id: &str) -> ActorId {
        self.actors.find(id).unwrap()
    }

    pub fn hold(&mut self, place: PlaceId, control: Control, age_days: i32) {
        let holdings = &mut self.snapshot.holdings;
        let holding = Holding {
            place,
            control,
            since: None,
            last_evidence: DAY,
            age_days,
            is_stale: age_days > 45,
            confidence: 0.8,
            claims: 3,
            sources: ["SOHR", "Enab Baladi", "Deir Ezzor 24", "عنب بلدي"]
                .iter()
                .take(1 + place_number(place) % 4)
                .map(|s| (*s).to_owned())
                .collect(),
            evidence: Vec::new(),
        };
        match holdings.binary_search_by_key(&place, |h| h.place) {
            Ok(at) => holdings[at] = holding,
            Err(at) => holdings.insert(at, holding),
        }
    }

    fn add_holdings(&mut self) {
        for (actor, places) in HELD {
            let actor = self.actor(actor);
            for (index, place) in places.iter().enumerate() {
                if let Some(place) = self.gazetteer.find(place) {
                    let age = if index % 5 == 3 { 80 } else { 6 };
                    self.hold(place, Control::Held(actor), age);
                }
            }
        }
        let (is, sdf) = (self.actor("IS"), self.actor("SDF"));
        let special = [
            ("hajin", Control::Contested(vec![is, sdf])),
            ("abu-al-hasan", Control::Partial(is, Some(0.5))),
            ("al-ward-field", Control::Lost(is)),
            ("hajin-hospital", Control::Unknown),
        ];
        for (place, control) in special {
            if let Some(place) = self.gazetteer.find(place) {
                self.hold(place, control, 2);
            }
        }
    }

    fn add_front(&mut self) {
        let river = self.basemap.rivers[0].line.0.clone();
        let near = |lon: f64, lat: f64| nearest(&river, lon, lat);
        let (top, hajin, low, end) = (
            near(40.55, 34.90),
            near(40.82, 34.69),
            near(40.85, 34.66),
            near(41.0, 34.41),
        );
        let shifted = |from: usize, to: usize, dx: f64, dy: f64| -> Vec<Coord<f64>> {
            (river[from..=to].iter().step_by(6))
                .map(|c| Coord {
                    x: c.x + dx,
                    y: c.y + dy,
                })
                .collect()
        };
        let (is, sdf, gov) = (self.actor("IS"), self.actor("SDF"), self.actor("GOV"));
        let pocket_edge = shifted(low, end, 0.075, 0.03);
        self.add_zone(Holder::Actor(is), &river[low..=end], &pocket_edge);
        let fought = shifted(hajin, low, 0.075, 0.03);
        self.add_zone(Holder::Contested, &river[hajin..=low], &fought);
        self.add_zone(
            Holder::Actor(sdf),
            &river[top..=hajin],
            &shifted(top, hajin, 0.11, 0.06),
        );
        let mut outer = pocket_edge.clone();
        outer.insert(0, fought[0]);
        let far: Vec<_> = outer
            .iter()
            .map(|c| Coord {
                x: c.x + 0.05,
                y: c.y + 0.04,
            })
            .collect();
        self.add_zone(Holder::Actor(sdf), &outer, &far);
        self.add_zone(
            Holder::Actor(gov),
            &river[top..=end],
            &shifted(top, end, -0.07, -0.05),
        );
        let rivals = [Holder::Actor(is), Holder::Actor(sdf)];
        self.add_line(rivals, pocket_edge, false);
        self.add_line(
            [Holder::Actor(gov), Holder::Actor(is)],
            river[low..=end].to_vec(),
            true,
        );
        self.add_line([Holder::Actor(sdf), Holder::Contested], fought, false);
    }

    fn add_zone(&mut self, holder: Holder, near: &[Coord<f64>], far: &[Coord<f64>]) {
        let mut ring = near.to_vec();
        ring.extend(far.iter().rev());
        self.front.zones.push(Zone {
            holder,
            area: MultiPolygon::new(vec![Polygon::new(LineString::new(ring), Vec::new())]),
            area_km2: 100.0,
            places: Vec::new(),
            newest_days: None,
            oldest_days: None,
            stale: MultiPolygon::new(Vec::new()),
        });
    }

    fn add_line(&mut self, sides: [Holder; 2], line: Vec<Coord<f64>>, is_river: bool) {
        self.front.lines.push(FrontLine {
            sides,
            line: LineString::new(line),
            is_river,
            length_km: 10.0,
            nearest_evidence_km: 1.0,
            support: 4,
            age_days: 5,
            places: Vec::new(),
        });
    }

    /// A round pocket of this many square kilometres.
    pub fn add_pocket(&mut self, place: &str, km2: f64) {
        let id = self.gazetteer.find(place).unwrap();
        let middle: Point<f64> = self.gazetteer.place(id).point;
        let radius = (km2 / std::f64::consts::PI).sqrt() / 111.0;
        let ring = (0..24).map(|n| {
            let turn = f64::from(n) * std::f64::consts::TAU / 24.0;
            Coord {
                x: middle.x() + radius * turn.cos() / 0.823,
                y: middle.y() + radius * turn.sin(),
            }
        });
        self.front.pockets.push(Pocket {
            actor: self.actor("IS"),
            place: Some(id),
            area: MultiPolygon::new(vec![Polygon::new(ring.collect(), Vec::new())]),
            stated_km2: km2,
        });
    }

    /// A close look at Al-Baghuz.
    pub fn tight() -> Rect<f64> {
        Rect::new(Coord { x: 40.88, y: 34.40 }, Coord { x: 41.03, y: 34.52 })
    }
}

fn place_number(place: PlaceId) -> usize {
    format!("{place:?}").bytes().map(usize::from).sum()
}

fn nearest(line: &[Coord<f64>], lon: f64, lat: f64) -> usize {
    let off = |c: &Coord<f64>| (c.x - lon).powi(2) + (c.y - lat).powi(2);
    (0..line.len())
        .min_by(|a, b| off(&line[*a]).total_cmp(&off(&line[*b])))
        .unwrap()
}

/// A picture that is drawn soon.
pub fn small(lang: Lang) -> MapOptions {
    MapOptions {
        size_px: (1200, 900),
        lang,
        ..MapOptions::default()
    }
}
