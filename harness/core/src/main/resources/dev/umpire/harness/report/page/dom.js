// Elements of the page. Texts reach it as text alone: nothing here reads markup.

const SVG = svgNamespace();

/** The namespace of drawings, asked of the browser, so that no address stands in the page. */
function svgNamespace() {
  const parsed = document.createElement('template');
  parsed.innerHTML = '<svg>';
  return parsed.content.firstChild.namespaceURI;
}

/** An element of HTML; children are elements or texts. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An element of a drawing. */
function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function button(label, meaning, action) {
  const made = element('button', { type: 'button', 'aria-label': meaning, title: meaning }, label);
  made.addEventListener('click', action);
  return made;
}

/** A select with a label; the first choice has the empty value. */
function choice(label, first, values) {
  const select = element('select', {}, element('option', { value: '' }, first));
  select.append(...values.map((value) => element('option', { value }, value)));
  return { select, labelled: element('label', {}, label, select) };
}
