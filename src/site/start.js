// Brings the parts together: the state of the page, the address that links to it, and the start.

function showTab(name, focus) {
  for (const tab of ['places', 'review', 'about']) {
    byId(tab).hidden = tab !== name;
    const button = byId(`tab-${tab}`);
    button.setAttribute('aria-selected', String(tab === name));
    button.tabIndex = tab === name ? 0 : -1;
    if (tab === name && focus) button.focus();
  }
  now.tab = name;
}

function wireTabs() {
  const names = ['places', 'review', 'about'];
  for (const name of names) byId(`tab-${name}`).addEventListener('click', () => showTab(name));
  byId('tabs').addEventListener('keydown', (event) => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!turn) return;
    const by = now.lang === 'ar' ? -turn : turn;
    showTab(names[(names.indexOf(now.tab) + by + names.length) % names.length], true);
  });
}

function writeAddress() {
  const state = new URLSearchParams({ day: now.date, lang: now.lang });
  if (now.place) state.set('place', now.place);
  try {
    history.replaceState(null, '', `#${state}`);
  } catch {
    // Some browsers forbid it in a page that they show from inside another.
  }
}

function readAddress() {
  const state = new URLSearchParams(location.hash.slice(1));
  const lang = state.get('lang');
  const spoken = (navigator.language || '').toLowerCase().startsWith('ar') ? 'ar' : 'en';
  now.lang = lang === 'ar' || lang === 'en' ? lang : now.date ? now.lang : spoken;
  const day = state.get('day') || '';
  now.date = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(dayNumber(day)) ? inRange(day) : now.date || days[days.length - 1].date;
  const place = state.get('place');
  now.place = placeById.has(place) ? place : null;
}

function showAbout() {
  const sources = new Set(claims.map((claim) => claim.claimant)).size;
  const [caveat, attribution] = facts.notes[now.lang];
  const text = (words) => make('p', { dir: 'auto' }, words);
  byId('about').replaceChildren(
    text(caveat),
    text(say('about_made', { claims: claims.length, sources })),
    text(say('about_days', { n: days.length, from: dayInWords(days[0].date), to: dayInWords(days[days.length - 1].date) })),
    text(say('about_keys')), text(attribution));
}

function showDay() {
  drawDay(days[dayIndex(now.date)]);
  showTime();
  nameMarks();
  showList(choose);
  showPlace(choose, goTo, decide);
  writeAddress();
}

function goTo(date) {
  now.date = date;
  showDay();
}

function choose(id, byKey, date) {
  const before = now.place;
  now.place = id;
  if (date) now.date = inRange(date);
  showTab('places');
  showDay();
  const one = placeById.get(id);
  if (one && one.at) bringIntoView(one.at);
  if (one) {
    byId('panel').scrollTop = 0;
    if (byKey) byId('place').focus();
  } else if (before) {
    const row = document.querySelector(`#list [data-place="${CSS.escape(before)}"]`);
    (row || byId('search')).focus();
  }
}

function decide(claim) {
  ask(claim);
  showReview(choose);
  showTab('review', true);
  byId('panel').scrollTop = 0;
}

function showAll() {
  putWords();
  showPlayer();
  showReview(choose);
  showAbout();
  showDay();
  drawScale();
}

function fail(words) {
  byId('problem').textContent = words;
  byId('problem').hidden = !words;
}

// A served page asks whether there is a newer one.
function watch() {
  let version = null;
  setInterval(async () => {
    try {
      const state = await (await fetch('/version', { cache: 'no-store' })).json();
      if (version !== null && state.version !== version) location.reload();
      version = state.version;
      fail(state.problem ? say('not_rebuilt', { problem: state.problem }) : '');
    } catch {
      fail(say('gone'));
    }
  }, 1000);
}

async function start() {
  recall();
  readAddress();
  wirePicture();
  makeMarks();
  wireMarks(choose);
  makeBars();
  wireTime(goTo);
  wireTabs();
  showTab('places');
  byId('search').addEventListener('input', () => showList(choose));
  byId('skip').addEventListener('click', () => {
    showTab('places');
    (now.place ? byId('place') : byId('search')).focus();
  });
  byId('language').addEventListener('click', () => {
    now.lang = other();
    showAll();
  });
  window.addEventListener('hashchange', () => {
    readAddress();
    showAll();
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && now.place && now.tab === 'places') choose(null, true);
  });
  showAll();
  zoomFirst();
  if ('served' in document.documentElement.dataset) watch();
  try {
    await unpack();
    showDay();
    const one = placeById.get(now.place);
    if (one && one.at) bringIntoView(one.at);
  } catch (problem) {
    fail(String(problem));
  }
  document.documentElement.dataset.ready = 'true';
}

start();
