// The report as it will print, each text of it editable in place.

import { cross, put } from './arrows.js';
import { arrange, element as make } from './build.js';
import { comingView, doing } from './coming.js';
import { factsAt, marksOf } from './marks.js';
import { blockView, ofKey } from './paragraphs.js';
import { wording } from './paperwords.js';
import { around, located, neighbour, offsetIn, rangeOf, reveal, stretches, textOf, under } from './places.js';
import { useTools } from './tools.js';
import { listen } from './typing.js';
import { stylesheet } from '../base.js';

const DWELL = 250; // ms over a fact before its sentence is scrolled to: a pointer on its way crosses others

/** Fills the element with the paper of the store's state, and keeps it so. */
export function mountPaper(element, store) {
  stylesheet('/static/desk/paper.css');
  const say = wording(store.language);
  const sheet = make('article', { class: 'sheet', 'aria-label': say('paper') });
  element.classList.add('paper');
  element.setAttribute('aria-label', say('paper'));
  element.append(make('div', { class: 'frame' }, sheet));

  const act = (operation) => store.act(operation).catch(() => {}); // the store has told the reason
  const redraft = (scope, instruction) => store.ask('desk/draft', { scope, instruction }).catch((error) => store.note(error.detail ?? String(error), true));
  const desk = { root: sheet, store, say, act, redraft, steps: (point) => doing(store.state, point, say) };
  const marks = marksOf(sheet, store);
  const tools = useTools(desk);
  const draw = drawing(desk, marks, tools);

  listen(sheet, store, { typed: tools.refresh, key: (event, text) => key(desk, event, text) });
  store.on('state', draw);
  store.on('look', marks.paint);
  pointing(desk, marks);
  if (store.state) draw();
}

function drawing({ root, store, say, ...desk }, marks, tools) {
  const blocks = new Map();
  const coming = comingView(say);
  const empty = make('p', { class: 'nothing' });

  return () => {
    const { state } = store;
    const views = state.blocks.map((block) => ofKey(blocks, block, (one) => blockView(one, { root, store, say, ...desk })));
    for (const id of [...blocks.keys()]) if (!state.blocks.some((block) => block.id === id)) blocks.delete(id);
    empty.textContent = say(state.can_write ? 'empty_paper' : 'empty_paper_reader');
    const shown = withComing(state, views, coming(state));
    arrange(root, shown.length ? shown : [empty]);
    marks.paint();
    tools.refresh();
  };
}

/** What is coming stands behind its section's last block; that of a section which the paper does not have, at its end. */
function withComing(state, views, coming) {
  const last = new Map(state.blocks.map((block, index) => [block.section, index]));
  const shown = views.flatMap((view, index) => {
    const { section } = state.blocks[index];
    const next = section && last.get(section) === index ? coming.get(section) : null;
    return next ? [view.element, next] : [view.element];
  });
  return [...shown, ...[...coming.entries()].filter(([section]) => !last.has(section)).map(([, paragraph]) => paragraph)];
}

/** Keys of the paper's own: Enter at a paragraph's end begins another, Backspace in an empty one takes it away, arrows cross from text to text. */
function key(desk, event, text) {
  if (cross(desk.root, event, text)) event.preventDefault();
  else if (event.key === 'Enter') {
    event.preventDefault();
    if (atEnd(text)) begin(desk, text.closest('.block'));
  } else if (event.key === 'Backspace' && !text.textContent && text.closest('.block').matches('.paragraph:not(:has(.point))')) {
    event.preventDefault();
    const before = neighbour(desk.root, text, -1);
    if (before) put(before, before.textContent.length);
    desk.act({ op: 'delete_block', id: text.dataset.text });
  }
}

/** Whether the caret is at the end of a block's last text. */
function atEnd(text) {
  const { isCollapsed, focusNode, focusOffset } = document.getSelection();
  const texts = text.closest('.block').querySelectorAll('[data-text]');
  return isCollapsed && texts[texts.length - 1] === text && offsetIn(text, focusNode, focusOffset) === text.textContent.length;
}

async function begin({ root, store, act }, block) {
  const before = new Set(store.state.blocks.map(({ id }) => id));
  await act({ op: 'add_block', after: block.dataset.block, type: 'paragraph', text: '' });
  const added = store.state.blocks.find(({ id }) => !before.has(id));
  const text = added && textOf(root, added.id);
  if (text) put(text, 0);
}

/** Pointing: a sentence shows its facts, a fact its sentences, a finding its place. */
function pointing({ root, store }, marks) {
  let told = '';

  function tell(element, offset) {
    const piece = element && factsAt(store.look, element, offset);
    const place = piece ? { facts: piece.facts, point: piece.point, start: piece.start, end: piece.end, from: 'paper' } : { facts: [], from: 'paper' };
    const key = JSON.stringify(place);
    if (key === told) return;
    told = key;
    store.emit('focus', place);
  }

  let frame = 0;
  root.addEventListener('pointermove', (event) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const found = under(root, event.clientX, event.clientY);
      tell(found?.element, found?.offset);
    });
  });
  root.addEventListener('pointerleave', () => {
    cancelAnimationFrame(frame);
    tell(null);
  });
  document.addEventListener('selectionchange', () => {
    const { focusNode, focusOffset } = document.getSelection();
    const element = focusNode && around(root, focusNode);
    if (element && element === document.activeElement) tell(element, offsetIn(element, focusNode, focusOffset));
  });

  let waiting;
  store.on('focus', (place) => {
    clearTimeout(waiting);
    if (place.from === 'paper') {
      marks.light(place.facts);
      return;
    }
    told = '';
    const first = marks.light(place.facts ?? (place.fact ? [place.fact] : []));
    if (place.point || place.block) goTo(root, store, marks, place);
    else if (place.fact && (place.click || entered(place.fact))) lead(first, place.fact);
    else if (place.fact && first) waiting = setTimeout(() => reveal(root.closest('.pane'), first), DWELL);
  });
}

let fact = '';

/** Whether the caret has just come into this fact. */
function entered(id) {
  const last = fact;
  fact = document.activeElement?.closest('[data-fact]')?.dataset.fact ?? '';
  return fact === id && last !== id;
}

/** Brings both into view: a fact, and the first sentence that stands on it. */
function lead(range, id) {
  document.querySelector(`.fact[data-fact="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' });
  range?.startContainer.parentElement.scrollIntoView({ block: 'center' });
}

/** Scrolls to a place, puts the caret over it and marks it. */
function goTo(root, store, marks, place) {
  const [stretch] = stretches(store.state, place);
  const text = stretch && textOf(root, stretch.id);
  const target = text ?? root.querySelector(`[data-block="${CSS.escape(place.block ?? '')}"]`);
  if (!target) return;
  target.scrollIntoView({ block: 'center' });
  const span = text && (located(text.textContent, stretch.start, stretch.end, place.quote ?? '') ?? [0, 0]);
  if (!text) return;
  marks.show(rangeOf(text, ...span));
  if (store.state.can_write) put(text, ...span);
}
