// The review: claims worth a look, what a person decides about them, and the file of decisions.

// By key: { kind, note, change }. They outlive a reload of the page, not the tab.
const decisions = new Map();
const MEMORY = 'khatt-decisions';
let analyst = '';
let asked = [];

function remember() {
  try {
    sessionStorage.setItem(MEMORY, JSON.stringify({ analyst, decisions: [...decisions] }));
  } catch {
    // A browser that keeps nothing for this page is no reason to stop.
  }
}

function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(MEMORY) || '{}');
    analyst = kept.analyst || '';
    for (const [key, decision] of kept.decisions || []) decisions.set(key, decision);
  } catch {
    // As above.
  }
}

function decisionOn(key) {
  if (!decisions.has(key)) decisions.set(key, { kind: 'undecided', note: '', change: {} });
  return decisions.get(key);
}

const decided = () => [...decisions].filter(([, one]) => one.kind !== 'undecided');

function reasons([, effect, low, rivals, others]) {
  const words = [effect === null ? say('effect_unknown') : say('effect', { n: effect })];
  if (low !== null) words.push(say('why_low', { n: low.toFixed(2) }));
  if (rivals) words.push(say('why_contradicted', { n: rivals }));
  if (others.length) words.push(say('why_ambiguous', { names: others.join(', ') }));
  return make('p', { class: 'second' }, words.join(' · '));
}

function choice(options, value) {
  const select = make('select', null, make('option', { value: '' }, say('as_it_is')),
    ...options.map(([id, name]) => make('option', { value: id }, name)));
  select.value = value;
  return select;
}

function fieldInput(field, decision) {
  const value = decision.change[field] || '';
  const sorted = () => [...places].sort((a, b) => nameOf(a).localeCompare(nameOf(b), now.lang));
  const words = (names, kind) => names.map((name) => [name, say(`${kind}_${name}`)]);
  const input = {
    place: () => choice(sorted().map((one) => [one.id, nameOf(one)]), value),
    actor: () => choice(actors.map((one) => [one.id, nameOf(one)]), value),
    status: () => choice(words(['control', 'partial', 'contested', 'lost', 'presence'], 'status'), value),
    certainty: () => choice(words(['stated', 'hedged', 'denied'], 'certainty'), value),
    share: () => make('input', { type: 'number', min: 0, max: 1, step: 0.05, value }),
    area_km2: () => make('input', { type: 'number', min: 0, step: 'any', value }),
    date: () => make('input', { type: 'date', value }),
    date_to: () => make('input', { type: 'date', value }),
  }[field]();
  input.addEventListener('change', () => {
    decision.change[field] = input.value;
    remember();
  });
  return make('label', null, say(`field_${field}`), input);
}

function newValues(decision) {
  const box = make('details', { class: 'change', open: true }, make('summary', null, say('new_values')));
  box.append(...FIELDS.map((field) => fieldInput(field, decision)));
  return box;
}

function controls(key, onChange) {
  const decision = decisionOn(key);
  const box = make('fieldset', { 'data-decision': decision.kind }, make('legend', null, say('decision')));
  const change = newValues(decision);
  const put = () => {
    box.dataset.decision = decision.kind;
    change.hidden = decision.kind !== 'change';
    onChange();
  };
  const group = `decision-${[...decisions.keys()].indexOf(key)}`;
  const row = make('div', { class: 'choices' });
  for (const kind of ['undecided', 'accept', 'reject', 'change']) {
    const radio = make('input', { type: 'radio', name: group, value: kind, checked: decision.kind === kind });
    radio.addEventListener('change', () => {
      decision.kind = kind;
      remember();
      put();
    });
    row.append(make('label', null, radio, say(kind)));
  }
  const note = make('input', { type: 'text', dir: 'auto', value: decision.note, class: 'note' });
  note.addEventListener('input', () => {
    decision.note = note.value;
    remember();
  });
  box.append(row, make('label', null, say('note'), note), change);
  change.hidden = decision.kind !== 'change';
  return box;
}

function nameItem([name, candidates, times, first]) {
  const meaning = candidates.length ? say('name_could', { names: candidates.join(', ') }) : say('name_unknown');
  return make('li', null, isolated(name), ` · ${meaning} · `, ...sentence('name_found', { n: times, report: first }));
}

function whyNotSaved() {
  const chosen = decided();
  if (chosen.length === 0) return 'nothing_decided';
  if (analyst.trim() === '') return 'analyst_needed';
  const isEmpty = ([, one]) => one.kind === 'change' && changedFields(one).length === 0;
  return chosen.some(isEmpty) ? 'nothing_changed' : null;
}

function showReview(choose) {
  const doubts = facts.review.claims;
  const name = make('input', { type: 'text', id: 'analyst', dir: 'auto', autocomplete: 'name', value: analyst });
  name.addEventListener('input', () => {
    analyst = name.value;
    remember();
  });
  const said = make('p', { role: 'status', id: 'review-status' }, say('decided_count', { n: decided().length }));
  const save = make('button', { type: 'button', id: 'save' }, say('save'));
  save.addEventListener('click', () => {
    const problem = whyNotSaved();
    said.textContent = problem ? say(problem) : say('saved', { n: decided().length });
    if (!problem) saveFile('corrections.toml', tomlFile(decided(), analyst.trim()));
    else if (problem === 'analyst_needed') name.focus();
  });
  const card = (claim, why) => {
    const item = claimCard(claim, null);
    const one = placeById.get(claim.place);
    const title = make('button', { type: 'button', class: 'plain place-link' }, isolated(one ? nameOf(one) : claim.place || say('pocket')));
    if (one) title.addEventListener('click', () => choose(one.id, true, claim.day));
    else title.disabled = true;
    item.prepend(title);
    if (why) item.append(why);
    item.dataset.key = claim.key;
    item.append(controls(claim.key, () => {
      said.textContent = say('decided_count', { n: decided().length });
    }));
    return item;
  };
  const listedKeys = new Set(doubts.map(([claim]) => claims[claim].key));
  const extra = asked.filter((claim) => !listedKeys.has(claim.key));
  const cards = [...extra.map((claim) => card(claim, null)), ...doubts.map((doubt) => card(claims[doubt[0]], reasons(doubt)))];
  const parts = [make('p', { class: 'second' }, say(cards.length ? 'review_about' : 'nothing_to_review')),
    make('div', { class: 'sign' }, make('label', null, say('analyst'), name), save, said),
    make('ul', { class: 'claims' }, ...cards)];
  if (facts.review.names.length) {
    parts.push(make('h3', null, say('names', { n: facts.review.names.length })),
      make('ul', { class: 'plain-list' }, ...facts.review.names.map(nameItem)));
  }
  byId('review').replaceChildren(...parts);
}

// Puts a claim that the program does not doubt on top of the list.
function ask(claim) {
  asked = [claim, ...asked.filter((one) => one.key !== claim.key)];
}
