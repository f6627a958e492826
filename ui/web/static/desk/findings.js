// The findings: what is wrong, by place. The list stays as it is until the next look, and what stays in it is not built anew.

import { arrange, button, element as make } from './build.js';
import { call } from './call.js';
import { attribute } from './elements.js';
import { findingView } from './finding.js';
import { wording } from './paperwords.js';
import { mountPictures } from './pictures.js';
import { stylesheet } from '../base.js';

const SEVERITIES = ['error', 'warning', 'info'];

/** Fills the element with the look's findings, the explanation of a rule, and the pictures beneath. */
export function mountFindings(element, store) {
  stylesheet('/static/desk/paper.css');
  const say = wording(store.language);
  const views = new Map();
  const hidden = new Set();
  const counts = make('div', { class: 'counts' });
  const list = make('ol', { class: 'list' });
  const quiet = make('p', { class: 'quiet' });
  const box = make('aside', { class: 'rule', 'aria-label': say('explanation'), hidden: true });
  const pictures = make('section', { class: 'pictures', 'aria-label': say('pictures') });
  const desk = { store, say, explain };
  element.classList.add('findings');
  element.append(make('header', {}, make('h2', {}, say('findings')), counts), make('div', { class: 'scroll' }, list, quiet), box, pictures);
  const toggles = SEVERITIES.map((severity) => toggle(severity));
  counts.append(...toggles);

  function toggle(severity) {
    return button('', () => {
      if (!hidden.delete(severity)) hidden.add(severity);
      draw();
    }, { class: severity, 'data-severity': severity });
  }

  function draw() {
    const { look, state } = store;
    toggles.forEach((one, index) => {
      const severity = SEVERITIES[index];
      one.textContent = say(`count_${severity}`, { count: look?.counts[severity] ?? 0 });
      one.setAttribute('aria-pressed', String(!hidden.has(severity)));
    });
    const sorted = look && state ? inOrder(state, look.findings) : [];
    const shown = sorted.filter((finding) => !hidden.has(finding.severity));
    for (const key of [...views.keys()]) if (!sorted.some((finding) => finding.key === key)) views.delete(key);
    arrange(list, shown.map((finding) => view(finding).element));
    quiet.textContent = [nothing(look, sorted, shown), notRun(look)].filter(Boolean).join(' ');
    quiet.hidden = !quiet.textContent;
  }

  function view(finding) {
    if (!views.has(finding.key)) views.set(finding.key, findingView(desk));
    const found = views.get(finding.key);
    found.update(finding);
    return found;
  }

  const nothing = (look, all, shown) => (!look ? say('no_look') : !all.length ? say('none_found') : !shown.length ? say('none_of_these') : '');
  const notRun = (look) => (look?.not_run.length ? say('not_run', { rules: look.not_run.join('、') }) : '');

  /** Marks the finding that was gone to, until another place is. */
  function choose({ finding }) {
    if (!finding) return;
    for (const [key, { element: one }] of views) attribute(one, 'aria-current', key === finding ? 'true' : null);
    views.get(finding)?.element.scrollIntoView({ block: 'nearest' });
  }

  /** The rule's explanation, which the server has made and escaped. */
  async function explain(code, from) {
    try {
      const told = await call(store.language, 'desk/explain', { code });
      const body = make('div', { tabindex: '-1' });
      body.innerHTML = told.html;
      const close = button('×', () => {
        box.hidden = true;
        from.focus();
      }, { class: 'close', 'aria-label': say('close') });
      box.replaceChildren(close, body);
      box.hidden = false;
      body.focus();
    } catch (error) {
      store.note(say('refused', { reason: error.detail ?? String(error) }), true);
    }
  }

  box.addEventListener('keydown', (event) => event.key === 'Escape' && box.querySelector('.close').click());
  store.on('look', draw);
  store.on('focus', choose);
  store.on('state', () => store.look || draw());
  mountPictures(pictures, store, say);
  draw();
}

/** By place: the whole document first, then the blocks and points in their order; at one place, as the server has them. */
export function inOrder(state, findings) {
  const places = new Map();
  for (const block of state.blocks) {
    places.set(block.id, places.size);
    for (const point of block.points ?? []) places.set(point.id, places.size);
  }
  const of = ({ block, point }) => places.get(point) ?? places.get(block) ?? -1;
  return findings.map((finding, index) => ({ finding, index, place: of(finding) }))
    .sort((one, other) => one.place - other.place || one.finding.start - other.finding.start || one.index - other.index)
    .map(({ finding }) => finding);
}
