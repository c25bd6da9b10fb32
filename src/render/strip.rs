//! The strip of time beside the title: where in the campaign the day lies, and how much was said
//! in each week.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::projection::{BoxPx, Px};
use crate::render::furniture::{day, title};
use crate::render::scene::{Path, Pen, Scene};
use crate::render::shape::Weight;
use crate::render::sheet::Sheet;
use crate::render::words::Tongue;
use crate::render::{Campaign, MapOptions};

/// A strip narrower than this says nothing, in points.
const LEAST_PT: f32 = 90.0;
/// A strip wider than this looks like a chart, in points.
const MOST_PT: f32 = 190.0;
/// Room between strip and titles, in points.
const GAP_PT: f32 = 16.0;
/// Days in each bar.
const BAR_DAYS: i32 = 7;

/// Draws it where the titles leave room.
pub(crate) fn draw(sheet: &Sheet, scene: &mut Scene) {
    let MapOptions { campaign, .. } = sheet.options;
    let Some(campaign) = campaign.as_ref().filter(|c| c.first < c.last) else {
        return;
    };
    let Some(area) = room(sheet) else { return };
    let strip = Strip {
        campaign,
        area,
        is_mirrored: sheet.is_mirrored(),
    };
    strip.draw_bars(sheet, scene);
    strip.draw_months(sheet, scene);
    strip.draw_days(sheet, scene);
}

/// The part of the title's band that no title takes: the middle, or the far side.
fn room(sheet: &Sheet) -> Option<BoxPx> {
    let sizes = &sheet.style.sizes;
    let (mut left, mut right) = (sheet.title.left, sheet.title.right);
    let gap = sheet.pt(GAP_PT);
    for tongue in sheet.tongues() {
        let set = |text: Option<String>, size: f32| {
            text.map_or(0.0, |text| {
                sheet.line(&text, *tongue, Weight::Bold, size).width_px
            })
        };
        let width =
            set(title(sheet, *tongue), sizes.title).max(set(day(sheet, *tongue), sizes.date));
        match tongue {
            Tongue::En => left += width + gap,
            Tongue::Ar => right -= width + gap,
        }
    }
    let (room, most) = (right - left, sheet.pt(MOST_PT));
    if room < sheet.pt(LEAST_PT) {
        return None;
    }
    let width = room.min(most);
    let left = match sheet.tongues() {
        [Tongue::En] => right - width,
        [Tongue::Ar] => left,
        _ => left + (room - width) / 2.0,
    };
    let top = sheet.title.top + sheet.pt(4.0);
    Some(BoxPx::new(
        left,
        top,
        left + width,
        sheet.title.bottom - sheet.pt(16.0),
    ))
}

/// The campaign laid out in a box.
struct Strip<'a> {
    campaign: &'a Campaign,
    area: BoxPx,
    is_mirrored: bool,
}

impl Strip<'_> {
    /// Where a day lies; time runs as the language is read.
    fn x(&self, day: Date) -> f32 {
        let days = |from: Date, to: Date| (to - from).get_days() as f32;
        let Campaign { first, last, .. } = self.campaign;
        let share = days(*first, day.clamp(*first, *last)) / days(*first, *last);
        if self.is_mirrored {
            self.area.right - self.area.width() * share
        } else {
            self.area.left + self.area.width() * share
        }
    }

    /// A bar for each week, as high as the root of what was said: weeks differ a hundredfold.
    fn draw_bars(&self, sheet: &Sheet, scene: &mut Scene) {
        let Campaign {
            first,
            last,
            events,
        } = self.campaign;
        let mut counts = Vec::new();
        let mut start = *first;
        while start < *last {
            let end = start.saturating_add(BAR_DAYS.days());
            counts.push((
                start,
                end,
                events
                    .iter()
                    .filter(|day| (start..end).contains(*day))
                    .count(),
            ));
            start = end;
        }
        let most = counts
            .iter()
            .map(|(.., count)| *count)
            .max()
            .unwrap_or(0)
            .max(1) as f32;
        let color = sheet.style.page.soft_ink.with_opacity(0.38);
        let mut path = Path::default();
        for (start, end, count) in counts {
            let height = (count as f32 / most).sqrt() * self.area.height() * 0.9;
            let (a, b) = (self.x(start), self.x(end));
            let bar = BoxPx::new(
                a.min(b),
                self.area.bottom - height,
                a.max(b),
                self.area.bottom,
            );
            if count > 0 {
                path.add_ring(&bar.grown_across(-sheet.pt(0.25)).corners());
            }
        }
        scene.fill(path, color);
    }

    /// The axis, a tick at the first of each month, names where they have room.
    fn draw_months(&self, sheet: &Sheet, scene: &mut Scene) {
        let page = &sheet.style.page;
        let Campaign { first, last, .. } = self.campaign;
        let base = self.area.bottom;
        let mut path = Path::line(&[
            Px::new(self.area.left, base),
            Px::new(self.area.right, base),
        ]);
        let tongue = sheet.tongues()[sheet.tongues().len() - 1];
        let size = sheet.style.sizes.note * 0.92;
        let mut taken = Vec::<BoxPx>::new();
        let mut month = first.first_of_month();
        while month <= *last {
            let x = self.x(month);
            if month >= *first {
                path.add_line(&[Px::new(x, base), Px::new(x, base + sheet.pt(2.2))]);
            }
            let next = month.saturating_add(1.months());
            let (from, to) = (self.x(month), self.x(next));
            let name = label(sheet, month, tongue);
            let line = sheet.line(&name, tongue, Weight::Regular, size);
            let middle = (from + to) / 2.0;
            let half = line.width_px / 2.0;
            let area =
                BoxPx::new(middle - half, base, middle + half, base + 1.0).grown(sheet.pt(2.0));
            let fits = (from - to).abs() >= line.width_px * 0.8
                && !taken.iter().any(|t| t.overlaps(&area));
            if fits {
                taken.push(area);
                let origin = Px::new(middle - half, base + sheet.pt(7.6));
                scene.shapes.push(line.at(origin, page.soft_ink, None));
            }
            month = next;
        }
        scene.line(path, Pen::solid(page.soft_ink, sheet.pt(0.5)));
    }

    /// A needle with a head at each day of the sheet.
    fn draw_days(&self, sheet: &Sheet, scene: &mut Scene) {
        for day in &sheet.days {
            self.draw_needle(sheet, scene, day.date);
        }
    }

    fn draw_needle(&self, sheet: &Sheet, scene: &mut Scene, day: Date) {
        let accent = sheet.style.page.accent;
        let x = self.x(day);
        let (top, base) = (self.area.top, self.area.bottom);
        if let Some(compared) = sheet.compared {
            let from = self.x(compared.change.from);
            let span = BoxPx::new(from.min(x), top, from.max(x), base);
            scene.fill(Path::of_box(&span), accent.with_opacity(0.18));
        }
        let needle = Path::line(&[Px::new(x, top), Px::new(x, base + sheet.pt(2.2))]);
        scene.line(needle, Pen::solid(accent, sheet.pt(1.1)));
        scene.fill(Path::circle(Px::new(x, top), sheet.pt(2.3)), accent);
    }
}

/// A short name of the month; January says the year.
fn label(sheet: &Sheet, month: Date, tongue: Tongue) -> String {
    if month.month() == 1 {
        let year = month.year().to_string();
        sheet.words.numerals(&year, tongue)
    } else {
        sheet.words.short_month(month.month(), tongue)
    }
}
