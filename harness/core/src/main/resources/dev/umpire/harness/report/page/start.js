// What the page does once it has loaded.

/** An operation that the address names: #op-57. */
function namedOperation() {
  const named = /^#op-(\d+)$/.exec(location.hash);
  return named ? Number(named[1]) : null;
}

/** A button at an anomaly that shows its operations in the table. */
function offerOperations(anomaly, table, section) {
  const indexes = [...anomaly.querySelectorAll('td a')].map((link) => Number(link.hash.slice('#op-'.length)));
  anomaly.querySelector('table').after(button('its operations in the table', 'Show the operations of this anomaly alone', () => {
    showOnly(table, indexes);
    section.scrollIntoView();
    table.body.firstChild?.focus();
  }));
}

function start() {
  const section = document.getElementById('operations');
  const table = operationsTable(section);
  document.querySelectorAll('svg.space-time').forEach(zoomable);
  document.querySelectorAll('section.anomaly').forEach((anomaly) => offerOperations(anomaly, table, section));
  chartsOfTheRun(document.getElementById('over-time'));
  timelineOfKeys(document.getElementById('keys'));
  const follow = () => {
    const index = namedOperation();
    if (index !== null) {
      turnTo(table, index);
    }
  };
  window.addEventListener('hashchange', follow);
  // a link that was followed before leads there again
  document.addEventListener('click', (event) => {
    if (event.target.closest('a')?.getAttribute('href') === location.hash) {
      follow();
    }
  });
  follow();
}

start();
