// Diagrams over time that their reader stretches and moves. What moves stands in a group of the class "moving"; the lanes
// and their labels stay.

const LARGEST_ZOOM = 2000;
const TICK_COUNT = 6;

/** Makes a diagram with the attributes data-left, -right, -from, -to and -timed stretch and move. */
function zoomable(svg) {
  const diagram = {
    svg,
    left: Number(svg.dataset.left),
    right: Number(svg.dataset.right),
    from: Number(svg.dataset.from),
    to: Number(svg.dataset.to),
    timed: svg.dataset.timed === 'true',
    shapes: [...svg.querySelectorAll('.moving rect, .moving line, .moving text, .moving polyline, .moving circle')].map(placed),
    ticks: [...svg.querySelectorAll('.tick')],
    begin: 0,
    end: 1,
  };
  const told = element('output', { class: 'told', 'aria-live': 'polite' });
  svg.before(zoomTools(diagram), told);
  svg.tabIndex = 0;
  svg.addEventListener('keydown', (event) => zoomByKey(diagram, event));
  svg.addEventListener('wheel', (event) => zoomByWheel(diagram, event), { passive: false });
  svg.addEventListener('pointerdown', (event) => dragFrom(diagram, event));
  // the browser would drag a link's address away
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  for (const type of ['pointerover', 'focusin']) {
    svg.addEventListener(type, (event) => tell(event.target, told));
  }
  return diagram;
}

function zoomTools(diagram) {
  return element('div', { class: 'tools', role: 'toolbar', 'aria-label': 'Time shown' },
    button('+', 'Show a shorter time', () => zoom(diagram, 0.5)),
    button('−', 'Show a longer time', () => zoom(diagram, 2)),
    button('←', 'Earlier', () => pan(diagram, -0.2)),
    button('→', 'Later', () => pan(diagram, 0.2)),
    button('all', 'Show the whole time', () => show(diagram, 0, 1)),
    element('small', {}, 'or + − ← → 0 on the diagram, Ctrl and the wheel, or drag'));
}

function zoomByKey(diagram, event) {
  const actions = {
    '+': () => zoom(diagram, 0.5),
    '=': () => zoom(diagram, 0.5),
    '-': () => zoom(diagram, 2),
    ArrowLeft: () => pan(diagram, -0.2),
    ArrowRight: () => pan(diagram, 0.2),
    0: () => show(diagram, 0, 1),
  };
  if (actions[event.key] && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    actions[event.key]();
  }
}

/** The wheel alone scrolls the page, as everywhere. */
function zoomByWheel(diagram, event) {
  if (event.ctrlKey) {
    event.preventDefault();
    zoom(diagram, event.deltaY < 0 ? 0.8 : 1.25, shareAt(diagram, event.clientX));
  }
}

/** Where in the shown time a point of the window lies, 0 to 1. */
function shareAt(diagram, clientX) {
  const box = diagram.svg.getBoundingClientRect();
  const x = (clientX - box.left) / box.width * diagram.svg.viewBox.baseVal.width;
  return Math.min(1, Math.max(0, (x - diagram.left) / (diagram.right - diagram.left)));
}

function dragFrom(diagram, down) {
  const { begin, end } = diagram;
  const start = shareAt(diagram, down.clientX);
  const move = (event) => {
    const by = (start - shareAt(diagram, event.clientX)) * (end - begin);
    show(diagram, begin + by, end + by);
  };
  const stop = () => {
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', stop);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', stop);
}

/** Shows a time that is so many times as long, with one point of it staying where it is. */
function zoom(diagram, factor, share = 0.5) {
  const length = Math.min(1, Math.max(1 / LARGEST_ZOOM, (diagram.end - diagram.begin) * factor));
  const fixed = diagram.begin + share * (diagram.end - diagram.begin);
  show(diagram, fixed - share * length, fixed + (1 - share) * length);
}

/** Moves by a share of the time that is shown. */
function pan(diagram, share) {
  const by = share * (diagram.end - diagram.begin);
  show(diagram, diagram.begin + by, diagram.end + by);
}

/** Shows a stretch of the whole time, both ends between 0 and 1; kept within it. */
function show(diagram, begin, end) {
  const length = Math.min(1, end - begin);
  diagram.begin = Math.min(1 - length, Math.max(0, begin));
  diagram.end = diagram.begin + length;
  const width = diagram.right - diagram.left;
  const x = (at) => diagram.left + ((at - diagram.left) / width - diagram.begin) / length * width;
  diagram.shapes.forEach((shape) => shape(x));
  const span = (diagram.to - diagram.from) * length;
  diagram.ticks.forEach((tick, i) => {
    const share = diagram.begin + length * i / (TICK_COUNT - 1);
    tick.textContent = moment(diagram.from + share * (diagram.to - diagram.from), span, diagram.timed);
  });
}

/** How a shape follows the time axis: a function of where a place of the whole picture is now. */
function placed(shape) {
  const number = (name) => Number(shape.getAttribute(name));
  if (shape.localName === 'polyline') {
    const points = shape.getAttribute('points').split(' ').map((point) => point.split(',').map(Number));
    return (x) => shape.setAttribute('points', points.map((point) => `${x(point[0])},${point[1]}`).join(' '));
  }
  if (shape.localName === 'rect') {
    const [left, width] = [number('x'), number('width')];
    return (x) => {
      shape.setAttribute('x', x(left));
      shape.setAttribute('width', Math.max(width, x(left + width) - x(left)));
    };
  }
  const names = { line: ['x1', 'x2'], circle: ['cx'], text: ['x'] }[shape.localName];
  const values = names.map(number);
  return (x) => names.forEach((name, i) => shape.setAttribute(name, x(values[i])));
}

/** Says what is under the pointer or has the focus. */
function tell(target, told) {
  const title = target.closest('a, g, circle')?.querySelector(':scope > title');
  if (title) {
    told.textContent = title.textContent;
  }
}
