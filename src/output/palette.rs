//! The states that a run shows, with their names and colours: one entry of a legend each.

use std::collections::{BTreeMap, BTreeSet};

use super::run::{Look, Run};
use super::words::{holder_label, label};
use crate::front::Holder;
use crate::render::scene::Color;
use crate::timeline::Control;

/// A state in a legend.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The value of the attribute `control`.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its colour.
    pub color: Color,
    /// True for ground that two parties fight for.
    pub is_contested: bool,
}

/// What a run shows, layer by layer, in order of code: parties before states without one.
#[derive(Debug, Clone)]
pub(crate) struct Palette {
    pub places: Vec<Entry>,
    pub zones: Vec<Entry>,
    pub pockets: Vec<Entry>,
}

impl Palette {
    pub fn of(run: &Run) -> Self {
        let look = &run.look;
        let mut places = BTreeMap::new();
        let spells = run.timeline.spells();
        let held = run.days.iter().flat_map(|day| &day.snapshot.holdings);
        let states = held.map(|holding| &holding.control);
        for control in states.chain(spells.iter().map(|spell| &spell.control)) {
            let entry = of_control(control, look);
            places.entry(entry.code.clone()).or_insert(entry);
        }
        let zones: BTreeSet<Holder> = run
            .days
            .iter()
            .flat_map(|day| day.front.zones.iter().map(|zone| zone.holder))
            .collect();
        let pockets: BTreeSet<Holder> = run
            .days
            .iter()
            .flat_map(|day| day.front.pockets.iter().map(|p| Holder::Actor(p.actor)))
            .collect();
        let of_holder = |holder: Holder| match holder {
            Holder::Actor(actor) => of_control(&Control::Held(actor), look),
            Holder::Contested => Entry {
                code: holder_label(holder, look.actors).code,
                ..of_control(&Control::Contested(Vec::new()), look)
            },
        };
        Self {
            places: places.into_values().collect(),
            zones: zones.into_iter().map(of_holder).collect(),
            pockets: pockets.into_iter().map(of_holder).collect(),
        }
    }
}

fn of_control(control: &Control, look: &Look) -> Entry {
    let named = label(control, look.actors);
    let style = look.style;
    let (text, color) = match control {
        Control::Held(_) | Control::Partial(..) => {
            let color = Color::parse(&named.color).unwrap_or(style.place.unknown);
            (look.label(&named), color)
        }
        Control::Contested(_) => (look.words("contested"), style.control.contested),
        Control::Claimed(_) => {
            let named = label(&Control::Claimed(Vec::new()), look.actors);
            (look.label(&named), style.control.contested)
        }
        Control::Lost(_) => (look.words("lost"), style.place.unknown),
        Control::Unknown => (look.words("unknown"), style.place.unknown),
    };
    Entry {
        code: named.code,
        label: text,
        color,
        is_contested: control.is_contested(),
    }
}
