// Decisions as a file that `khatt --corrections` reads.

const FIELDS = ['place', 'actor', 'status', 'share', 'area_km2', 'date', 'date_to', 'certainty'];
const NUMBERS = ['share', 'area_km2'];

// A basic string of TOML: JSON escapes all that it must but DEL, and half characters are no text.
function tomlString(text) {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
  return JSON.stringify(whole).replace(/\u007f/g, '\\u007f');
}

const changedFields = (decision) => FIELDS.filter((field) => (decision.change[field] || '').trim() !== '');

function tomlEntry(key, decision, analyst) {
  const lines = ['[[claim]]', `key = ${tomlString(key)}`, `decision = ${tomlString(decision.kind)}`];
  if (decision.kind === 'change') {
    for (const field of changedFields(decision)) {
      const value = decision.change[field].trim();
      lines.push(`${field} = ${NUMBERS.includes(field) ? String(Number(value)) : tomlString(value)}`);
    }
  }
  lines.push(`analyst = ${tomlString(analyst)}`, `note = ${tomlString(decision.note)}`);
  return `${lines.join('\n')}\n`;
}

// Entries in the order of their keys, so that the same decisions give the same file.
function tomlFile(decisions, analyst) {
  const entries = [...decisions].sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, decision]) => tomlEntry(key, decision, analyst)).join('\n');
}

function saveFile(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/toml' }));
  const anchor = make('a', { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
