// The language of the page, its words, and elements that hold foreign text safely.

const now = { lang: 'en', date: '', place: null };

function say(key, values) {
  const text = facts.words[now.lang][key] || key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (values && name in values ? values[name] : all));
}

const other = () => (now.lang === 'en' ? 'ar' : 'en');
const nameOf = (thing) => thing[now.lang] || thing[other()];

function dayInWords(date) {
  if (!date) return say('no_day');
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${facts.months[now.lang][month - 1]} ${year}`;
}

// An element with children; text becomes text and never markup.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Words of a report, apart from the line around them.
const quoted = (tag, text, attributes) => make(tag, { dir: 'auto', ...attributes }, text);
const isolated = (text) => make('bdi', null, text);

// The words of a sentence with `{name}` where an element stands.
function sentence(key, values) {
  const pieces = (facts.words[now.lang][key] || key).split(/\{(\w+)\}/);
  return pieces.map((piece, index) => (index % 2 ? isolated(String(values[piece])) : piece));
}

function swatch(color) {
  const dot = make('span', { class: 'swatch', 'aria-hidden': 'true' });
  dot.style.backgroundColor = color;
  return dot;
}

// A link opens only what the program found to be a web address, and says where it leads.
function link(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' },
    ...sentence('source_link', { host: url.hostname }));
}

// Writes the words of the frame; what depends on the day or place is written by its own part.
function putWords() {
  const root = document.documentElement;
  root.lang = now.lang;
  root.dir = now.lang === 'ar' ? 'rtl' : 'ltr';
  const title = byId('title');
  title.textContent = title.dataset[now.lang];
  document.title = title.textContent;
  for (const element of document.querySelectorAll('[data-w]')) element.textContent = say(element.dataset.w);
  for (const element of document.querySelectorAll('[data-wl]')) {
    element.setAttribute('aria-label', say(element.dataset.wl));
    if (element.tagName === 'BUTTON') element.title = say(element.dataset.wl);
  }
  for (const element of document.querySelectorAll('[data-wp]')) element.placeholder = say(element.dataset.wp);
  const button = byId('language');
  button.lang = other();
  button.setAttribute('aria-label', say('language_label'));
}
