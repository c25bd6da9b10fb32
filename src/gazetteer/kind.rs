//! What a place is, on which bank it lies, and how much context its name needs.

/// What sort of thing a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    City,
    Town,
    Village,
    Neighbourhood,
    Camp,
    Oilfield,
    Airport,
    Crossing,
    Hill,
    River,
    Desert,
    Area,
    Subdistrict,
    District,
    Governorate,
    Country,
}

impl Kind {
    const ALL: [(Self, &'static str); 16] = [
        (Self::City, "city"),
        (Self::Town, "town"),
        (Self::Village, "village"),
        (Self::Neighbourhood, "neighbourhood"),
        (Self::Camp, "camp"),
        (Self::Oilfield, "oilfield"),
        (Self::Airport, "airport"),
        (Self::Crossing, "crossing"),
        (Self::Hill, "hill"),
        (Self::River, "river"),
        (Self::Desert, "desert"),
        (Self::Area, "area"),
        (Self::Subdistrict, "subdistrict"),
        (Self::District, "district"),
        (Self::Governorate, "governorate"),
        (Self::Country, "country"),
    ];

    /// The word for this kind in the gazetteer table and in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }

    /// True for rivers, deserts, pockets, banks and administrative units: they resolve a name but
    /// are never drawn as a point.
    #[must_use]
    pub fn is_area(self) -> bool {
        matches!(
            self,
            Self::River
                | Self::Desert
                | Self::Area
                | Self::Subdistrict
                | Self::District
                | Self::Governorate
                | Self::Country
        )
    }

    /// True for places where people live.
    #[must_use]
    pub fn is_settlement(self) -> bool {
        matches!(
            self,
            Self::City | Self::Town | Self::Village | Self::Neighbourhood | Self::Camp
        )
    }

    /// True for places that somebody is said to hold, and not only to hold a part of.
    #[must_use]
    pub fn can_be_held(self) -> bool {
        self.is_settlement()
            || matches!(
                self,
                Self::Oilfield | Self::Airport | Self::Crossing | Self::Hill
            )
    }
}

/// The bank of the region's main river on which a place lies, looking down-river.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bank {
    /// On the left looking down-river.
    Left,
    /// On the right looking down-river.
    Right,
    /// Far from the river, on both sides, or in it.
    None,
}

/// How much context a name needs before it counts as a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cue {
    /// The name alone is enough.
    Free,
    /// An ordinary word too, but an important place: some context is needed.
    Strong,
    /// A common word or personal name: counts only after a place noun or in a list of places.
    Head,
}
