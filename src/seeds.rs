//! The bundled example: the reports and the claims table of `seeds/`, compiled into the program so
//! that an installed khatt has something to show anywhere.

/// A file of `seeds/`: its path from the project's root, and its text.
pub type Seed = (&'static str, &'static str);

/// Embeds files of `seeds/` under their path.
macro_rules! seeds {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../", $path)))),*]
    };
}

/// The example reports, sorted by path.
pub const REPORTS: &[Seed] = seeds![
    "seeds/reports/2018-11-27-hajin-pocket.md",
    "seeds/reports/2019-02-01-baghuz-talks.md",
    "seeds/reports/2019-02-16-last-kilometre.md",
    "seeds/reports/2019-02-20-undeclared-deal.md",
    "seeds/reports/2019-02-21-evacuation.md",
];

/// The table of coded claims.
pub const CLAIMS: Seed = ("seeds/claims.csv", include_str!("../seeds/claims.csv"));
