// Places on the map: found by pointer or finger, and one after the other by keys.

const marked = places.filter((one) => one.at && one.turns.length > 0);
const markOf = new Map();

function makeMarks() {
  for (const one of marked) {
    const mark = svg('circle', { class: 'mark', role: 'button', tabindex: '-1', cx: one.at[0], cy: one.at[1], r: 10, 'data-place': one.id });
    markOf.set(one.id, mark);
    byId('marks').append(mark);
  }
  if (marked.length > 0) markOf.get(marked[0].id).setAttribute('tabindex', '0');
}

// A mark keeps its size on the screen however near the map is.
function placeMarks() {
  for (const mark of markOf.values()) mark.setAttribute('r', between(7, 14 * view.scale, 22) / view.scale);
}

function nameMarks() {
  for (const one of marked) {
    const turn = turnOn(one, now.date);
    const state = turn ? nameOf(turn.state) : say('no_evidence');
    markOf.get(one.id).setAttribute('aria-label', `${nameOf(one)}: ${state}`);
    markOf.get(one.id).classList.toggle('chosen', one.id === now.place);
  }
}

// The place nearest to a point of the screen, within reach of a finger.
function placeAt(event) {
  const box = pane();
  const x = view.x + (event.clientX - box.left - box.width / 2) / view.scale;
  const y = view.y + (event.clientY - box.top - box.height / 2) / view.scale;
  let [best, least] = [null, 24 / view.scale];
  for (const one of places) {
    if (!one.at) continue;
    const apart = Math.hypot(one.at[0] - x, one.at[1] - y) * (one.turns.length ? 1 : 2);
    if (apart < least) [best, least] = [one, apart];
  }
  return best;
}

// The nearest mark in the direction of an arrow key, rather ahead than aside.
function neighbour(one, [dx, dy]) {
  let [best, least] = [null, Infinity];
  for (const next of marked) {
    const [x, y] = [next.at[0] - one.at[0], next.at[1] - one.at[1]];
    const ahead = x * dx + y * dy;
    const cost = Math.hypot(x, y) + 2 * Math.abs(x * dy - y * dx);
    if (ahead > 0.5 && cost < least) [best, least] = [next, cost];
  }
  return best;
}

function goToMark(one) {
  for (const mark of markOf.values()) mark.setAttribute('tabindex', '-1');
  const mark = markOf.get(one.id);
  mark.setAttribute('tabindex', '0');
  bringIntoView(one.at);
  mark.focus();
}

function wireMarks(choose) {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  byId('marks').addEventListener('keydown', (event) => {
    const one = placeById.get(event.target.dataset.place);
    if (!one) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(one.id, true);
    } else if (arrows[event.key]) {
      event.preventDefault();
      const next = neighbour(one, arrows[event.key]);
      if (next) goToMark(next);
    }
  });
  picture.addEventListener('click', (event) => {
    if (event.detail && travelled > 4) return;
    const one = event.detail ? placeAt(event) : placeById.get(event.target.dataset.place);
    if (one) choose(one.id, false);
  });
  picture.addEventListener('pointermove', (event) => {
    if (fingers.size === 0) picture.classList.toggle('over-place', placeAt(event) !== null);
  });
}
