// The operations as a table that is filtered, a page of it at a time.

const ROWS_SHOWN = 100;
const TABLE_COLUMNS = ['session', 'node', 'function', 'key', 'value', 'outcome'];

/** Takes the place of the table that stands there for readers without a script. */
function operationsTable(section) {
  const table = { filters: filters(), rows: [], first: 0, only: null, status: element('p', { role: 'status' }),
    body: element('tbody') };
  const heads = ['operation', 'session', 'node', 'what', 'key', 'value', 'outcome', 'at', 'took'];
  section.replaceChildren(element('h2', {}, 'Operations'), element('p', {}, `The page carries ${carried()}.`),
    element('form', { class: 'filter', role: 'search', 'aria-label': 'Operations' },
      ...Object.values(table.filters).map((filter) => filter.labelled), button('clear', 'Show all operations', () => clear(table))),
    table.status, pager(table),
    element('table', {}, element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
      table.body));
  section.querySelector('form').addEventListener('input', () => {
    table.only = null;
    select(table);
  });
  section.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
  select(table);
  return table;
}

function filters() {
  const typed = (label) => {
    const input = element('input', { type: 'search', size: 10 });
    return { input, labelled: element('label', {}, label, input) };
  };
  const chosen = (label, column) => {
    const { select: input, labelled } = choice(label, 'all', textsOf(column));
    return { input, labelled };
  };
  return { key: typed('key'), session: chosen('session', 'session'), node: chosen('node', 'node'),
    function: chosen('what', 'function'), outcome: chosen('outcome', 'outcome'), any: typed('any text') };
}

function clear(table) {
  Object.values(table.filters).forEach((filter) => (filter.input.value = ''));
  table.only = null;
  select(table);
}

/** Which rows the filters let pass. */
function select(table) {
  const tests = Object.entries(table.filters).filter(([, filter]) => filter.input.value !== '')
    .map(([name, filter]) => (name === 'any' ? containsAnywhere(filter.input.value) : equals(name, filter.input.value)));
  table.rows = table.only ?? [...columns.index.keys()].filter((row) => tests.every((test) => test(row)));
  table.first = 0;
  fill(table);
}

function equals(column, value) {
  const id = data.texts.indexOf(value);
  return (row) => columns[column][row] === id;
}

function containsAnywhere(part) {
  const ids = new Set();
  data.texts.forEach((one, id) => one.toLowerCase().includes(part.toLowerCase()) && ids.add(id));
  return (row) => TABLE_COLUMNS.some((column) => ids.has(columns[column][row]));
}

function pager(table) {
  const turn = (by) => {
    table.first = Math.min(Math.max(0, table.first + by), Math.max(0, table.rows.length - 1));
    fill(table);
  };
  return element('div', { class: 'tools' },
    button('previous', 'The operations before these', () => turn(-ROWS_SHOWN)),
    button('next', 'The operations after these', () => turn(ROWS_SHOWN)));
}

function fill(table) {
  const shown = table.rows.slice(table.first, table.first + ROWS_SHOWN);
  table.body.replaceChildren(...shown.map(tableRow));
  const what = table.only ? 'of the anomaly' : 'that the filters let pass';
  table.status.textContent = shown.length === 0 ? 'No operation passes the filters.'
    : `${counted(table.first + 1)} to ${counted(table.first + shown.length)} of ${counted(table.rows.length)} operations ${what}`;
}

function tableRow(row) {
  return element('tr', { id: 'op-' + columns.index[row], tabindex: -1 },
    element('td', {}, 'op ' + columns.index[row]),
    ...TABLE_COLUMNS.map((column) => element('td', {}, text(column, row))),
    element('td', {}, moment(columns.from[row], 1e4)),
    element('td', {}, columns.took[row] < 0 ? 'unknown' : data.timed ? millis(columns.took[row], 1e4) : ''));
}

/** Shows these operations alone. */
function showOnly(table, indexes) {
  table.only = indexes.map(rowOf).filter((row) => row >= 0);
  select(table);
}

/** Turns to an operation and gives it the focus; where the filters hide it, they are cleared. */
function turnTo(table, index) {
  const row = rowOf(index);
  if (row < 0) {
    return;
  }
  if (!table.rows.includes(row)) {
    clear(table);
  }
  const place = table.rows.indexOf(row);
  if (place < table.first || place >= table.first + ROWS_SHOWN) {
    table.first = place - place % ROWS_SHOWN;
    fill(table);
  }
  const found = document.getElementById('op-' + index);
  document.querySelectorAll('tr.here').forEach((other) => other.classList.remove('here'));
  found.classList.add('here');
  found.focus();
}
