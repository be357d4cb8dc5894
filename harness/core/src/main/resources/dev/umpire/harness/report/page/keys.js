// One key over time: its values as steps in the order in which their writes were asked, and each read at the value that it
// returned. A read below the newest step saw an older value.

const MOST_OF_A_KEY = 2000;
const KEYS_OFFERED = 300;
const KEY_CHART = { width: 960, height: 320, left: 84, right: 20, top: 12, bottom: 24 };

/** Writes the choice of a key and its picture; nothing where no operation names a key with a value. */
function timelineOfKeys(host) {
  const keys = busiestKeys();
  if (keys.length === 0) {
    return;
  }
  const { select, labelled } = choice('key', 'choose a key', keys.map(([key]) => key));
  const picture = element('div');
  select.addEventListener('change', () => picture.replaceChildren(...(select.value ? [keyFigure(select.value)] : [])));
  host.append(element('h2', {}, 'One key over time'),
    element('p', {}, keys.length < KEYS_OFFERED ? '' : `The ${KEYS_OFFERED} keys with the most operations can be chosen. `,
      'Steps are writes, in the order in which they were asked; circles are reads, each at the value that it returned.'),
    element('div', { class: 'filter' }, labelled), picture);
}

/** The keys of operations on one key, those with the most operations first. */
function busiestKeys() {
  const counts = new Map();
  columns.key.forEach((id) => counts.set(id, (counts.get(id) ?? 0) + 1));
  const written = new Set(columns.key.filter((_, row) => data.writes[row] === 1));
  return [...counts].filter(([id]) => written.has(id)).sort((a, b) => b[1] - a[1]).slice(0, KEYS_OFFERED)
    .map(([id, count]) => [data.texts[id], count]);
}

function keyFigure(key) {
  const id = data.texts.indexOf(key);
  const rows = [...columns.key.keys()].filter((row) => columns.key[row] === id);
  const step = Math.ceil(rows.length / MOST_OF_A_KEY);
  const shown = rows.filter((_, i) => i % step === 0);
  const nodes = textsOf('node');
  const figure = element('figure', {}, legend(nodes.map((node) => [node ? 'read at ' + node : 'read'])), keyDrawing(shown),
    element('figcaption', {}, step === 1 ? `${counted(rows.length)} operations.`
      : `One in ${step} of ${counted(rows.length)} operations.`, ` The page carries ${carried()}.`));
  zoomable(figure.querySelector('svg.key-timeline'));
  return figure;
}

function keyDrawing(rows) {
  const from = Math.min(...rows.map((row) => columns.from[row]));
  const to = Math.max(from + 1, ...rows.map(endOf));
  const x = (at) => KEY_CHART.left + (at - from) / (to - from) * (KEY_CHART.width - KEY_CHART.left - KEY_CHART.right);
  const places = placesOfValues(rows);
  const height = KEY_CHART.height - KEY_CHART.top - KEY_CHART.bottom;
  const y = (row) => KEY_CHART.top + height * (1 - (places.get(columns.value[row]) ?? 0) / Math.max(1, places.size));
  const svg = drawn('svg', { class: 'key-timeline', viewBox: `0 0 ${KEY_CHART.width} ${KEY_CHART.height}`, role: 'group',
    'aria-label': 'Writes and reads of the key over time', 'data-left': KEY_CHART.left,
    'data-right': KEY_CHART.width - KEY_CHART.right, 'data-from': from, 'data-to': to, 'data-timed': data.timed });
  const marks = rows.map((row) => drawn('a', { href: '#op-' + columns.index[row] }, drawn('title', {}, sentence(row)),
    data.writes[row] === 1 ? writeMark(row, x, y(row)) : readMark(row, x, y(row))));
  svg.append(drawn('g', { class: 'moving' }, ...marks), ...keyMargins(), ...keyAxis(from, to));
  return svg;
}

function endOf(row) {
  return columns.from[row] + Math.max(0, columns.took[row]);
}

/** The place of each value among those that were written, 1 for the first; a value that nobody wrote has none. */
function placesOfValues(rows) {
  const places = new Map();
  rows.filter((row) => data.writes[row] === 1).forEach((row) => {
    if (!places.has(columns.value[row])) {
      places.set(columns.value[row], places.size + 1);
    }
  });
  return places;
}

function writeMark(row, x, y) {
  const left = x(columns.from[row]);
  const open = text('outcome', row) === 'ok' ? '' : ' open';
  return drawn('rect', { class: `other write${open}`, x: left, y: y - 3, width: Math.max(4, x(endOf(row)) - left), height: 6 });
}

function readMark(row, x, y) {
  const node = textsOf('node').indexOf(text('node', row));
  return drawn('circle', { class: `line line-${node % 4}`, cx: x(columns.from[row]), cy: y, r: 3.5 });
}

function keyMargins() {
  const height = KEY_CHART.height;
  return [drawn('rect', { class: 'cover', x: 0, y: 0, width: KEY_CHART.left, height }),
    drawn('rect', { class: 'cover', x: KEY_CHART.width - KEY_CHART.right, y: 0, width: KEY_CHART.right, height }),
    drawn('text', { x: 4, y: KEY_CHART.top + 12 }, 'newest value'),
    drawn('text', { x: 4, y: height - KEY_CHART.bottom }, 'initial value')];
}

function keyAxis(from, to) {
  const y = KEY_CHART.height - KEY_CHART.bottom;
  const width = KEY_CHART.width - KEY_CHART.left - KEY_CHART.right;
  return Array.from({ length: TICK_COUNT }, (_, i) => drawn('text', {
    class: 'tick', x: KEY_CHART.left + width * i / (TICK_COUNT - 1), y: y + 18,
    'text-anchor': i === 0 ? 'start' : i === TICK_COUNT - 1 ? 'end' : 'middle',
  }, moment(from + (to - from) * i / (TICK_COUNT - 1), to - from)));
}
