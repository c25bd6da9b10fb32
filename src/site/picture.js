// The picture of a day: drawn by reference to what all days share, moved and zoomed.

const SVG = 'http://www.w3.org/2000/svg';
const picture = byId('picture');
const [left, top, width, height] = facts.frame.map;
const view = { x: left + width / 2, y: top + height / 2, scale: 1 };
let layers = null;

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

// The drawings lie packed in the page; unpacked they are an SVG and the rows of each layer.
async function unpack() {
  const bytes = Uint8Array.from(atob(byId('drawings').textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const drawings = await new Response(stream).json();
  const store = new DOMParser().parseFromString(drawings.definitions, 'image/svg+xml');
  byId('store').append(document.importNode(store.documentElement, true));
  layers = drawings.layers;
}

function show(target, layer) {
  if (!layers) return;
  target.replaceChildren(...layers[layer].map((group) => svg('use', { href: `#s${group}` })));
}

function drawDay(day) {
  show(byId('drawing'), day.map[now.lang]);
  show(byId('legend-drawing'), day.legend[now.lang]);
  byId('legend-picture').setAttribute('viewBox', day.box[now.lang].join(' '));
}

const pane = () => picture.getBoundingClientRect();
const leastScale = () => Math.min(pane().width / width, pane().height / height);
const mostScale = () => Math.max(leastScale() * 2, 7);
const between = (low, value, high) => Math.min(Math.max(value, low), high);

// Along one side: the map fills the pane, or lies in its middle.
function held(middle, seen, from, length) {
  if (seen >= length) return from + length / 2;
  return between(from + seen / 2, middle, from + length - seen / 2);
}

function putView() {
  const box = pane();
  if (!box.width || !box.height) return;
  view.scale = between(leastScale(), view.scale, mostScale());
  const [across, along] = [box.width / view.scale, box.height / view.scale];
  view.x = held(view.x, across, left, width);
  view.y = held(view.y, along, top, height);
  picture.setAttribute('viewBox', `${view.x - across / 2} ${view.y - along / 2} ${across} ${along}`);
  placeMarks();
  drawScale();
}

// Zooms about a point of the pane, in pixels from its corner.
function zoom(by, at) {
  const box = pane();
  const [dx, dy] = at ? [at.x - box.width / 2, at.y - box.height / 2] : [0, 0];
  const [x, y] = [view.x + dx / view.scale, view.y + dy / view.scale];
  view.scale = between(leastScale(), view.scale * by, mostScale());
  [view.x, view.y] = [x - dx / view.scale, y - dy / view.scale];
  putView();
}

function zoomAll() {
  view.scale = leastScale();
  putView();
}

// A narrow pane begins nearer, around the places with evidence, so that names can be read.
function zoomFirst() {
  const box = pane();
  const full = Math.max(box.width / width, box.height / height);
  view.scale = full < leastScale() * 1.2 ? full : leastScale();
  if (box.width < 700) {
    const known = places.filter((one) => one.at && one.turns.length > 0);
    view.scale = Math.max(full, 0.55);
    view.x = known.reduce((sum, one) => sum + one.at[0], 0) / (known.length || 1);
    view.y = known.reduce((sum, one) => sum + one.at[1], 0) / (known.length || 1);
  }
  putView();
}

function bringIntoView(at) {
  const box = pane();
  const [dx, dy] = [Math.abs(at[0] - view.x) * view.scale, Math.abs(at[1] - view.y) * view.scale];
  if (dx > box.width * 0.4 || dy > box.height * 0.4) {
    [view.x, view.y] = at;
    putView();
  }
}

// The scale bar: the longest round length of a quarter of the pane.
function drawScale() {
  const pxPerKm = facts.frame.km * view.scale;
  const most = Math.min(pane().width / 4, 160) / pxPerKm;
  const km = [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1].find((length) => length <= most) || 0.1;
  byId('scale-bar').style.width = `${km * pxPerKm}px`;
  byId('scale-text').textContent = `${km} ${say('km')}`;
}

const fingers = new Map();
let travelled = 0;

const spread = () => {
  const [a, b] = [...fingers.values()];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
};

function moveFinger(event) {
  const old = fingers.get(event.pointerId);
  if (!old) return;
  const box = pane();
  const before = fingers.size === 2 ? spread() : null;
  fingers.set(event.pointerId, { x: event.clientX - box.left, y: event.clientY - box.top });
  const [dx, dy] = [event.clientX - box.left - old.x, event.clientY - box.top - old.y];
  travelled += Math.hypot(dx, dy);
  if (before) {
    const after = spread();
    view.x -= (after.x - before.x) / view.scale;
    view.y -= (after.y - before.y) / view.scale;
    zoom(after.apart / (before.apart || 1), after);
  } else if (travelled > 4) {
    view.x -= dx / view.scale;
    view.y -= dy / view.scale;
    putView();
  }
}

function wirePicture() {
  const sheet = byId('sheet');
  const frame = { x: left, y: top, width, height, viewBox: facts.frame.map.join(' ') };
  for (const [name, value] of Object.entries(frame)) sheet.setAttribute(name, value);
  picture.addEventListener('pointerdown', (event) => {
    const box = pane();
    if (fingers.size === 0) travelled = 0;
    if (fingers.size < 2) fingers.set(event.pointerId, { x: event.clientX - box.left, y: event.clientY - box.top });
  });
  window.addEventListener('pointermove', moveFinger);
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  picture.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = pane();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0018)), { x: event.clientX - box.left, y: event.clientY - box.top });
  }, { passive: false });
  picture.addEventListener('keydown', (event) => {
    if (event.target !== picture || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 60 / view.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) {
      view.x += moves[event.key][0];
      view.y += moves[event.key][1];
      putView();
    } else if (event.key === '+' || event.key === '=') zoom(1.4);
    else if (event.key === '-') zoom(1 / 1.4);
    else if (event.key === '0') zoomAll();
    else return;
    event.preventDefault();
  });
  byId('zoom-in').addEventListener('click', () => zoom(1.5));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 1.5));
  byId('zoom-all').addEventListener('click', zoomAll);
  byId('legend-button').addEventListener('click', () => {
    const legend = byId('legend');
    legend.hidden = !legend.hidden;
    byId('legend-button').setAttribute('aria-expanded', String(!legend.hidden));
  });
  new ResizeObserver(putView).observe(picture);
}
