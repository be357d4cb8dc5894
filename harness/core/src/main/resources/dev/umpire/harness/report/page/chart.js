// Lines over the time of the run, with the faults shaded.

const CHART = { width: 960, height: 190, left: 84, right: 20, top: 18, bottom: 24 };

/** Writes the charts of the run; those of which nothing was recorded are left out. */
function chartsOfTheRun(host) {
  if (!data.timed || rowCount === 0) {
    return;
  }
  const seconds = (data.end - data.begin + 1) / 1e6 / data.ok.length;
  const rate = (counts) => counts.map((count) => count / seconds);
  const behind = Object.entries(data.behind);
  const charts = [
    ['Throughput', (value) => counted(Math.round(value)) + '/s', false,
      [['ok', rate(data.ok)], ['failed', rate(data.failed)], ['unknown', rate(data.unknown)]]],
    ['Latency of acknowledged operations', (value) => millis(value, value), true, percentiles(data.latency)],
    ['Staleness of reads', (value) => millis(value, value), true, percentiles(data.staleness)],
    ['Replication lag, the most of each stretch of time', (value) => counted(Math.round(value)) + ' ' + data.lagUnit, false, behind],
  ].filter(([, , , series]) => series.some(([, values]) => values.some((value) => value > 0)));
  host.append(element('h2', {}, 'Over time'),
    element('p', {}, `Measured over all ${counted(data.operations)} operations, in ${data.ok.length} stretches of `
      + `${millis(seconds * 1e6, seconds * 1e6)}. Faults that were in force are shaded.`),
    ...charts.map((chart) => lineChart(...chart)));
}

function percentiles(stretches) {
  return [['50th percentile', stretches.p50], ['99th percentile', stretches.p99], ['largest', stretches.max]];
}

/** A figure of several series; a value below 0 is a gap. */
function lineChart(title, unit, logarithmic, series) {
  const scale = scaleOf(series, logarithmic);
  const svg = drawn('svg', { viewBox: `0 0 ${CHART.width} ${CHART.height}`, role: 'img', tabindex: 0,
    'aria-label': `${title} over time; left and right tell the values, and a table follows` });
  svg.append(...data.faults.map(shade), ...grid(scale, unit), ...chartAxis(),
    ...series.flatMap(([, values], i) => line(values, scale, i)));
  const told = element('output', { class: 'told', 'aria-live': 'polite' });
  followCursor(svg, told, series, unit);
  return element('figure', { class: 'chart' }, element('h3', {}, title), legend(series), told, svg,
    tableOf(title, series, unit));
}

function chartX(at) {
  const share = (at - data.begin) / Math.max(1, data.end - data.begin);
  return CHART.left + Math.min(1, Math.max(0, share)) * (CHART.width - CHART.left - CHART.right);
}

/** The time in the middle of a stretch. */
function middleOf(stretch) {
  return data.begin + (stretch + 0.5) * (data.end - data.begin) / data.ok.length;
}

/** Where a value stands, and which values have a line of the grid. */
function scaleOf(series, logarithmic) {
  const most = Math.max(1, ...series.flatMap(([, values]) => Math.max(...values)));
  const height = CHART.height - CHART.top - CHART.bottom;
  const share = logarithmic ? (value) => Math.log1p(value) / Math.log1p(most) : (value) => value / most;
  const steps = logarithmic
    ? [0, 1, 2, 3, 4, 5, 6, 7, 8].map((power) => 10 ** power).filter((value) => value <= most && share(value) > 0.15)
    : [most / 2, most];
  return { y: (value) => CHART.top + (1 - share(Math.max(0, value))) * height, steps };
}

function shade(fault) {
  const left = chartX(fault.from);
  const width = Math.max(1, chartX(fault.to ?? data.end) - left);
  return drawn('g', {}, drawn('title', {}, fault.name),
    drawn('rect', { class: 'fault', x: left, y: CHART.top, width, height: CHART.height - CHART.top - CHART.bottom }));
}

function grid(scale, unit) {
  return scale.steps.flatMap((value) => [
    drawn('line', { class: 'grid', x1: CHART.left, x2: CHART.width - CHART.right, y1: scale.y(value), y2: scale.y(value) }),
    drawn('text', { class: 'tick', x: CHART.left - 6, y: scale.y(value) + 4, 'text-anchor': 'end' }, unit(value)),
  ]);
}

function chartAxis() {
  const y = CHART.height - CHART.bottom;
  const ticks = Array.from({ length: TICK_COUNT }, (_, i) => {
    const at = data.begin + (data.end - data.begin) * i / (TICK_COUNT - 1);
    const anchor = i === 0 ? 'start' : i === TICK_COUNT - 1 ? 'end' : 'middle';
    return drawn('text', { class: 'tick', x: chartX(at), y: y + 16, 'text-anchor': anchor },
      moment(at, data.end - data.begin));
  });
  return [drawn('line', { class: 'axis', x1: CHART.left, x2: CHART.width - CHART.right, y1: y, y2: y }), ...ticks];
}

/** The parts of a line between its gaps. */
function line(values, scale, number) {
  const parts = [[]];
  values.forEach((value, stretch) => {
    if (value < 0) {
      parts.push([]);
    } else {
      parts.at(-1).push(`${chartX(middleOf(stretch)).toFixed(1)},${scale.y(value).toFixed(1)}`);
    }
  });
  return parts.filter((part) => part.length > 0)
    // a point alone is drawn as a short line
    .map((part) => (part.length > 1 ? part : [part[0], part[0].replace(/^[^,]*/, (x) => Number(x) + 1)]))
    .map((part) => drawn('polyline', { class: `line line-${number % 4}`, points: part.join(' ') }));
}

function legend(series) {
  return element('div', { class: 'legend' }, ...series.map(([name], i) => element('span', {},
    drawn('svg', { viewBox: '0 0 28 8', 'aria-hidden': 'true' },
      drawn('line', { class: `line line-${i % 4}`, x1: 0, x2: 28, y1: 4, y2: 4 })), ' ' + name)));
}

/** Tells the values below the pointer, or those that the arrow keys lead to. */
function followCursor(svg, told, series, unit) {
  const last = data.ok.length - 1;
  const cursor = drawn('line', { class: 'cursor', y1: CHART.top, y2: CHART.height - CHART.bottom, visibility: 'hidden' });
  svg.append(cursor);
  let at = 0;
  const moveTo = (stretch) => {
    at = Math.min(last, Math.max(0, stretch));
    const x = chartX(middleOf(at));
    filled(cursor, { x1: x, x2: x, visibility: 'visible' }, []);
    told.textContent = moment(middleOf(at), data.end - data.begin) + ': ' + valuesAt(series, unit, at);
  };
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * CHART.width;
    moveTo(Math.floor((x - CHART.left) / (CHART.width - CHART.left - CHART.right) * (last + 1)));
  });
  svg.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      event.preventDefault();
      moveTo(at + step);
    }
  });
}

function valuesAt(series, unit, stretch) {
  return series.map(([name, values]) => `${name} ${values[stretch] < 0 ? '–' : unit(values[stretch])}`).join(', ');
}

/** The same as a table, made when it is opened. */
function tableOf(title, series, unit) {
  const details = element('details', {}, element('summary', {}, `${title} as a table`));
  details.addEventListener('toggle', () => {
    const head = element('tr', {}, ...['time', ...series.map(([name]) => name)].map((name) => element('th', { scope: 'col' }, name)));
    const rows = data.ok.map((_, stretch) => element('tr', {},
      element('th', { scope: 'row' }, moment(middleOf(stretch), data.end - data.begin)),
      ...series.map(([, values]) => element('td', {}, values[stretch] < 0 ? '–' : unit(values[stretch])))));
    details.append(element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
  }, { once: true });
  return details;
}
