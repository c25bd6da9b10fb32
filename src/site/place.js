// The list of places with its search, and one place: its state, its history, the words behind it.

function listed() {
  const wanted = folded(byId('search').value);
  if (!wanted) return places.filter((one) => one.turns.length > 0);
  const rank = (one) => Math.min(...one.words.map((word) => (word === wanted ? 0 : word.startsWith(wanted) ? 1 : word.includes(wanted) ? 2 : 9)));
  const found = places.map((one) => [rank(one), one.turns.length ? 0 : 1, one]).filter(([rank]) => rank < 9);
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return found.map(([, , one]) => one);
}

function showList(choose) {
  const found = listed();
  if (!byId('search').value) found.sort((a, b) => nameOf(a).localeCompare(nameOf(b), now.lang));
  const rows = found.map((one) => {
    const turn = turnOn(one, now.date);
    const button = make('button', { type: 'button', 'data-place': one.id, 'aria-current': one.id === now.place ? 'true' : null },
      swatch(turn ? turn.state.color : 'transparent'),
      make('span', { class: 'names' }, isolated(nameOf(one)), ' ', make('bdi', { class: 'second', lang: other() }, one[other()])),
      make('span', { class: 'state' }, turn ? isolated(nameOf(turn.state)) : say('no_evidence'),
        turn && isStale(turn, now.date) ? make('span', { class: 'stale' }, ` · ${say('stale')}`) : null));
    button.addEventListener('click', () => choose(one.id, true));
    return make('li', null, button);
  });
  byId('list').replaceChildren(...rows);
  byId('count').textContent = found.length ? say('count', { n: found.length }) : say('none_found');
}

function whatIsSaid(claim) {
  const actor = actorById.get(claim.actor);
  const line = make('span', { class: 'said' }, swatch(actor ? actor.color : '#a9a49b'),
    isolated(actor ? nameOf(actor) : say('nobody')), ` · ${say(`status_${claim.status}`)}`);
  if (claim.share !== null) line.append(` · ${say('share', { n: Math.round(claim.share * 100) })}`);
  if (claim.km2 !== null) line.append(` · ${say('area', { n: claim.km2 })}`);
  if (claim.certainty !== 'stated') line.append(` · ${say(`certainty_${claim.certainty}`)}`);
  if (claim.exclusive) line.append(` · ${say('exclusive')}`);
  return line;
}

// One claim: when, who, what, and the very words with their source.
function claimCard(claim, place) {
  const who = claim.outlet && claim.outlet !== claim.claimant
    ? sentence('in_outlet', { who: claim.claimant, outlet: claim.outlet }) : [isolated(claim.claimant)];
  const day = claim.dayTo ? sentence('from_to', { from: dayInWords(claim.day), to: dayInWords(claim.dayTo) }) : [dayInWords(claim.day)];
  const foot = make('footer', null);
  const note = (...pieces) => foot.append(make('span', null, ...pieces));
  if (claim.published && claim.published !== claim.day) note(...sentence('published', { day: dayInWords(claim.published) }));
  if (claim.copyOf) note(...sentence('copy_of', { report: claim.copyOf }));
  note(isolated(claim.report));
  const source = claim.address && link(claim.address);
  if (source) note(source);
  const card = make('li', { class: 'claim' },
    make('p', { class: 'head' }, make('time', { datetime: claim.day }, ...day), ' · ', ...who),
    make('p', null, whatIsSaid(claim)));
  if (place && claim.place && claim.place !== place.id) {
    const whole = placeById.get(claim.place);
    card.append(make('p', { class: 'second' }, ...sentence('said_of', { place: whole ? nameOf(whole) : claim.place })));
  }
  if (claim.words) card.append(quoted('blockquote', claim.words));
  if (claim.decision) card.append(quoted('p', claim.decision, { class: 'decision' }));
  card.append(foot);
  return card;
}

function claimList(title, list, place, act) {
  if (list.length === 0) return [];
  const cards = list.map((claim) => {
    const card = claimCard(claim, place);
    if (act) {
      const button = make('button', { type: 'button', class: 'plain' }, say('decide'));
      button.addEventListener('click', () => act(claim));
      card.append(button);
    }
    return card;
  });
  return [make('h3', null, say(title, { n: list.length })), make('ul', { class: 'claims' }, ...cards)];
}

function factRows(turn, date) {
  const rows = make('dl', null);
  const row = (key, ...values) => rows.append(make('div', null, make('dt', null, say(key)), make('dd', null, ...values)));
  const share = turn.share === null ? '' : ` · ${say('share', { n: Math.round(turn.share * 100) })}`;
  const partly = turn.state.status === 'partial' && !share ? ` · ${say('partly')}` : share;
  row('state', swatch(turn.state.color), isolated(nameOf(turn.state)), partly);
  row('since', turn.since ? dayInWords(turn.since) : say('not_known'));
  row('newest', dayInWords(turn.newest), ` · ${say('days_old', { n: daysBetween(turn.newest, date) })}`,
    isStale(turn, date) ? make('span', { class: 'stale' }, ` · ${say('stale')}`) : null);
  row('confidence', ...sentence('confidence_on', { n: turn.confidence.toFixed(2), day: dayInWords(turn.from) }));
  const sources = turn.sources.map((name) => make('li', null, isolated(name)));
  if (sources.length) row('sources_for', make('ul', null, ...sources));
  return rows;
}

// The spells of a place: turns of one state joined.
function spells(place) {
  const found = [];
  for (const turn of place.turns) {
    const last = found[found.length - 1];
    if (last && last.state === turn.state) continue;
    if (last) last.to = turn.from;
    found.push({ state: turn.state, from: turn.from, to: null });
  }
  return found;
}

function historyList(one, goTo) {
  const items = spells(one).reverse().map((spell) => {
    const isNow = spell.from <= now.date && (!spell.to || now.date < spell.to);
    const words = spell.to ? say('from_to', { from: dayInWords(spell.from), to: dayInWords(spell.to) }) : say('until_now', { day: dayInWords(spell.from) });
    const button = make('button', { type: 'button', class: 'spell', 'aria-current': isNow ? 'date' : null, 'data-from': spell.from },
      swatch(spell.state.color), isolated(nameOf(spell.state)), make('span', { class: 'second' }, words));
    button.addEventListener('click', () => goTo(spell.from));
    return make('li', null, button);
  });
  return [make('h3', null, say('history')), make('ol', { class: 'history' }, ...items)];
}

function showPlace(choose, goTo, decide) {
  const article = byId('place');
  const one = placeById.get(now.place);
  byId('all-places').hidden = Boolean(one);
  article.hidden = !one;
  if (!one) return article.replaceChildren();
  const back = make('button', { type: 'button', class: 'plain', id: 'back' }, say('all_places'));
  back.addEventListener('click', () => choose(null, true));
  const kind = facts.kinds[one.kind];
  const parts = [back,
    make('h2', { id: 'place-name' }, isolated(nameOf(one)), ' ', make('bdi', { class: 'second', lang: other() }, one[other()])),
    make('p', { class: 'second' }, kind ? kind[now.lang === 'en' ? 0 : 1] : one.kind)];
  const turn = turnOn(one, now.date);
  if (turn) parts.push(factRows(turn, now.date));
  else parts.push(make('p', null, say('no_claim')));
  if (one.turns.length) parts.push(...historyList(one, goTo));
  if (turn) {
    parts.push(...claimList('for_it', turn.pro, one, decide), ...claimList('against_it', turn.contra, one, decide));
    const rest = turn.count - turn.pro.length - turn.contra.length;
    if (rest > 0) parts.push(make('p', { class: 'second' }, say('more', { n: rest })));
  }
  parts.push(...claimList('taken_out', rejected.filter((claim) => claim.place === one.id), one, null));
  article.replaceChildren(...parts);
  article.setAttribute('aria-labelledby', 'place-name');
  return undefined;
}
