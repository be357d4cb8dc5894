// Follows a run that goes on: asks how far it is, and writes the answers as texts.

'use strict';

const EVERY_MILLIS = 1000;
const FIGURES = ['operations', 'losses', 'elapsed', 'faults'];

function show(progress) {
  document.getElementById('state').textContent = progress.state;
  if (progress.share !== undefined) {
    document.getElementById('share').value = progress.share;
  }
  for (const name of FIGURES.filter((one) => progress[one] !== undefined)) {
    document.getElementById(name).textContent = progress[name];
  }
}

/** Nothing moves by itself: its reader is told that there is more, and asks for it. */
function tellEnd() {
  const link = document.createElement('a');
  link.href = location.pathname;
  link.textContent = 'Show what it left';
  document.getElementById('ended').replaceChildren('The run has ended. ', link);
}

async function follow(address) {
  let goingOn = true;
  try {
    const answer = await fetch(address);
    if (answer.ok) {
      const progress = await answer.json();
      show(progress);
      goingOn = progress.goingOn;
    }
  } catch (failure) {
    document.getElementById('ended').textContent = 'The server does not answer.';
  }
  if (goingOn) {
    setTimeout(() => follow(address), EVERY_MILLIS);
  } else {
    tellEnd();
  }
}

const live = document.getElementById('live');
if (live) {
  follow(live.dataset.live);
}
