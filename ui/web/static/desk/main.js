// The desk: facts on the left, the paper in the middle, findings on the right, and at the bottom whether all of it is kept.

import { element } from './build.js';
import { CallError } from './call.js';
import { choosing } from './choosing.js';
import { mountClashes } from './clashes.js';
import { mountFacts } from './facts.js';
import { follow } from './following.js';
import { watchLeaving } from './leaving.js';
import { startLooking } from './looking.js';
import { mountStatus } from './status.js';
import { Store } from './store.js';
import { WORDS } from './words.js';
import { stylesheet } from '../base.js';

/** Fills the page's root. The report is the address's `?report=`. */
export async function start(root) {
  const language = root.dataset.language;
  const report = Number(new URLSearchParams(location.search).get('report'));
  const words = WORDS[language];
  await stylesheet('/static/desk/desk.css');
  const header = await head();
  if (!Number.isInteger(report) || report < 1) {
    await choosing(root, language, 'desk', words);
    return;
  }
  carry(header, report);
  const store = new Store({ language, report, user: header.querySelector('.who').textContent, words });
  root.replaceChildren(element('p', { class: 'notice' }, words.loading));
  try {
    await store.open();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    root.replaceChildren(element('p', { class: 'problem', role: 'alert' }, store.say('not_open', { reason: error.detail || error.status })));
    return;
  }
  watchLeaving(store);
  await lay(root, store);
  await other('./asked.js', (module) => module.showAsked(store));
  startLooking(store);
  follow(store);
}

async function lay(root, store) {
  const pane = (name, label) => element('div', { class: `pane ${name}`, role: 'region', 'aria-label': label });
  const [facts, paper, findings] = [pane('facts-pane', store.say('facts_pane')), pane('paper-pane'), pane('findings-pane')];
  const clashes = element('div', { class: 'clashes', role: 'alert', hidden: true });
  const bar = element('footer', { class: 'status' });
  root.replaceChildren(clashes, element('div', { class: 'panes' }, facts, paper, findings), bar);
  root.classList.add('laid');
  fit(root);
  mountClashes(clashes, store);
  mountFacts(facts, store);
  const line = mountStatus(bar, store);
  await Promise.all([
    other('./paper.js', (module) => module.mountPaper(paper, store)),
    other('./findings.js', (module) => module.mountFindings(findings, store)),
    other('./drafting.js', (module) => module.mountDrafting(line.drafting, store)),
  ]);
}

/** A panel that fails leaves the others to work. */
async function other(place, mount) {
  try {
    mount(await import(place));
  } catch (error) {
    console.error(error);
  }
}

/** The line at the top, which Gradio fills after the page. */
function head() {
  return new Promise((resolve) => {
    const look = () => {
      const header = document.querySelector('header.top');
      if (header) watch.disconnect();
      if (header) resolve(header);
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    look();
  });
}

/** The other pages open on the same report. */
function carry(header, report) {
  for (const link of header.querySelectorAll('a[data-nav]')) {
    if (['desk', 'review', 'export'].includes(link.dataset.nav)) link.search = `?report=${report}`;
  }
}

/** The desk fills the window below the top line, which moves when the session's end is told. */
function fit(root) {
  const header = document.querySelector('header.top');
  const measure = () => root.style.setProperty('--top', `${Math.round(header.getBoundingClientRect().bottom)}px`);
  new MutationObserver(measure).observe(document.body, { childList: true });
  window.addEventListener('resize', measure);
  measure();
}
