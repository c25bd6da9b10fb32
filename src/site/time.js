// The day: slider, keys, play button, and a bar for each map that shows how much was said before it.

let player = null;

// The position of the map that a day shows.
function dayIndex(date) {
  let index = 0;
  days.forEach((day, at) => {
    if (day.date <= date) index = at;
  });
  return index;
}

const lastDate = () => [...claims.map((claim) => claim.day || ''), days[days.length - 1].date].sort().pop();

function showTime() {
  const index = dayIndex(now.date);
  const slider = byId('slider');
  slider.value = index;
  slider.setAttribute('aria-valuetext', dayInWords(now.date));
  byId('day').replaceChildren(...sentence('situation', { day: dayInWords(now.date) }));
  byId('date').value = now.date;
  byId('earlier').disabled = index === 0;
  byId('later').disabled = index === days.length - 1;
  const bars = byId('bars');
  if (bars.children[index]) {
    bars.querySelector('.now')?.classList.remove('now');
    bars.children[index].classList.add('now');
  }
}

function makeBars() {
  const counts = days.map((day, index) => {
    const next = days[index + 1]?.date || '9999';
    return claims.filter((claim) => claim.day && claim.day >= day.date && claim.day < next).length;
  });
  const most = Math.sqrt(Math.max(1, ...counts));
  const bars = byId('bars');
  bars.setAttribute('viewBox', `0 0 ${days.length} 1`);
  counts.forEach((count, index) => {
    const tall = Math.sqrt(count) / most;
    bars.append(svg('rect', { x: index + 0.12, y: 1 - tall, width: 0.76, height: tall }));
  });
}

function stop() {
  clearInterval(player);
  player = null;
  showPlayer();
}

function showPlayer() {
  const button = byId('play');
  // While it plays, nobody wants to hear every day.
  byId('day').setAttribute('aria-live', player ? 'off' : 'polite');
  button.dataset.wl = player ? 'pause' : 'play';
  button.classList.toggle('playing', player !== null);
  button.setAttribute('aria-label', say(button.dataset.wl));
  button.title = say(button.dataset.wl);
}

function wireTime(goTo) {
  const slider = byId('slider');
  slider.max = days.length - 1;
  const step = (by) => {
    const next = days[between(0, dayIndex(now.date) + by, days.length - 1)];
    goTo(next.date);
  };
  slider.addEventListener('input', () => {
    stop();
    goTo(days[Number(slider.value)].date);
  });
  byId('earlier').addEventListener('click', () => {
    stop();
    const at = days[dayIndex(now.date)].date;
    if (at < now.date) goTo(at);
    else step(-1);
  });
  byId('later').addEventListener('click', () => {
    stop();
    step(1);
  });
  byId('play').addEventListener('click', () => {
    if (player) return stop();
    if (dayIndex(now.date) === days.length - 1) goTo(days[0].date);
    player = setInterval(() => {
      step(1);
      if (dayIndex(now.date) === days.length - 1) stop();
    }, 650);
    showPlayer();
    return undefined;
  });
  const date = byId('date');
  date.min = days[0].date;
  date.max = lastDate();
  date.addEventListener('change', () => {
    stop();
    if (date.value) goTo(inRange(date.value));
  });
}

function inRange(date) {
  if (date < days[0].date) return days[0].date;
  return date > lastDate() ? lastDate() : date;
}
