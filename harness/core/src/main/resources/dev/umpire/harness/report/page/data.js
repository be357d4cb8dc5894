// What the page carries of the run; how it is laid out stands at PageData in the harness.

const data = JSON.parse(document.getElementById('data').textContent);
const columns = {
  index: summed(data.index),
  from: summed(data.from),
  took: data.took,
  session: data.session,
  node: data.node,
  function: data.function,
  key: data.key,
  value: data.value,
  outcome: data.outcome,
};
const rowCount = columns.index.length;

/** Differences as the sums that they were made of. */
function summed(differences) {
  let sum = 0;
  return differences.map((difference) => (sum += difference));
}

/** What stands in a column of texts. */
function text(column, row) {
  return data.texts[columns[column][row]];
}

/** The different texts of a column, those of numbers by their size. */
function textsOf(column) {
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return [...new Set(columns[column])].map((id) => data.texts[id]).sort(compare);
}

/** The row of an operation by the number that the recording gave it; -1 where the page does not carry it. */
function rowOf(index) {
  return columns.index.indexOf(index);
}

function counted(number) {
  return number.toLocaleString('en');
}

/** Microseconds as milliseconds, with more digits the shorter the span is that is looked at. */
function millis(micros, span = Infinity) {
  const digits = span < 1e3 ? 3 : span < 1e5 ? 1 : 0;
  return (micros / 1e3).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) + ' ms';
}

/** A moment of a time axis, which shows times or positions. */
function moment(at, span, timed = data.timed) {
  return timed ? millis(at, span) : 'event ' + counted(Math.round(at));
}

/** What of the operations the page carries, in words. */
function carried() {
  return data.step === 1
    ? `all ${counted(data.operations)} operations`
    : `a sample of ${counted(rowCount)} of ${counted(data.operations)} operations: one in ${data.step}, and those around `
      + 'the anomalies; all of them are in history.jsonl';
}

/** One operation in a line. */
function sentence(row) {
  const node = text('node', row);
  return `op ${columns.index[row]}, session ${text('session', row)}: ${text('function', row)} ${text('key', row)} `
    + `${text('value', row)}${node ? ' at ' + node : ''}, ${moment(columns.from[row], 1e4)}, ${text('outcome', row)}`;
}
