// What the page knows: rows to things with names. The rows are written by facts.rs.

const byId = (id) => document.getElementById(id);
const facts = JSON.parse(byId('facts').textContent);

const claimOf = ([place, actor, status, share, km2, day, dayTo, published, claimant, outlet, address,
  words, report, confidence, certainty, exclusive, copyOf, decision, key]) => ({
  place, actor, status, share, km2, day, dayTo, published,
  claimant: facts.voices[claimant], outlet: facts.voices[outlet],
  address, words, report, confidence, certainty, exclusive, copyOf, decision, key,
});
const stateOf = ([code, status, en, ar, color]) => ({ code, status, en, ar, color });
const states = facts.states.map(stateOf);
const claims = facts.claims.map(claimOf);
const rejected = facts.rejected.map(claimOf);
const turnOf = ([from, state, share, since, newest, confidence, count, sources, pro, contra]) => ({
  from, state: states[state], share, since, newest, confidence, count,
  sources: sources.map((n) => facts.voices[n]),
  pro: pro.map((n) => claims[n]), contra: contra.map((n) => claims[n]),
});
const places = facts.places.map(([id, en, ar, kind, at, also, turns]) => ({
  id, en, ar, kind, at, turns: turns.map(turnOf), words: [en, ar, id, ...also.split('|')].map(folded),
}));
const placeById = new Map(places.map((place) => [place.id, place]));
const actors = facts.actors.map(([id, en, ar, color]) => ({ id, en, ar, color }));
const actorById = new Map(actors.map((actor) => [actor.id, actor]));
const days = facts.days.map(([date, arMap, enMap, arLegend, enLegend, arBox, enBox]) => ({
  date,
  map: { ar: arMap, en: enMap }, legend: { ar: arLegend, en: enLegend }, box: { ar: arBox, en: enBox },
}));

// Whole days as numbers, for sums; a day in text is always YYYY-MM-DD.
const dayNumber = (date) => Math.round(Date.parse(date + 'T00:00:00Z') / 86400000);
const daysBetween = (from, to) => dayNumber(to) - dayNumber(from);

// A name as it is compared: no case, no vowel signs or accents, one alif, yeh and heh.
function folded(name) {
  return name.normalize('NFKD').toLowerCase()
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u0610-\u061a\u06d6-\u06ed\u200c-\u200f]/g, '')
    .replace(/[\u0671\u0622\u0623\u0625]/g, '\u0627')
    .replace(/[\u0649\u06cc\u0626]/g, '\u064a')
    .replace(/\u0624/g, '\u0648')
    .replace(/[\u0629\u06c1\u06c0]/g, '\u0647')
    .replace(/\u06a9/g, '\u0643')
    .replace(/[\u2018\u2019\u02bf\u02be'`]/g, '')
    .replace(/[-_\s]+/g, ' ').trim();
}

// The state of a place on a day: its last turn up to then.
function turnOn(place, date) {
  let found = null;
  for (const turn of place.turns) {
    if (turn.from > date) break;
    found = turn;
  }
  return found;
}

const isStale = (turn, date) => daysBetween(turn.newest, date) > facts.stale_days;
