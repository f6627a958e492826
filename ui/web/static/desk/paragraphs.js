// The blocks of the paper, keyed by id: one that stays is changed in place and never built anew.

import { arrange, element as make } from './build.js';
import { attribute } from './elements.js';
import { proposalView } from './proposals.js';
import { show } from './typing.js';

const TAGS = { title: 'h1', heading: 'h2' };

/** A view {element, update(block)} of a block; it makes views of its points. */
export function blockView(block, desk) {
  const points = new Map();
  const number = make('span', { class: 'number' });
  const text = textElement(block.id);
  const slot = make('span', { class: 'slot' });
  const element = make(TAGS[block.type] ?? 'p', { 'data-block': block.id });

  function update(told) {
    attribute(element, 'class', `block ${told.type}${told.level ? ` level-${told.level}` : ''}`);
    attribute(element, 'data-section', told.section || null);
    if (number.textContent !== told.number) number.textContent = told.number;
    if (told.points?.length) {
      const views = told.points.map((point) => ofKey(points, point, (one) => pointView(one, desk)));
      for (const id of [...points.keys()]) if (!told.points.some((point) => point.id === id)) points.delete(id);
      arrange(element, [...(told.number ? [number] : []), ...views.map((view) => view.element)]);
    } else {
      describe(text, desk, desk.say(`block_${told.type}`));
      show(text, told.text ?? '', desk.store);
      arrange(element, [...(told.number ? [number] : []), text, slot]);
    }
  }

  return { element, update };
}

function pointView(first, desk) {
  const enumerator = make('span', { class: 'enumerator' });
  const text = textElement(first.id);
  const status = make('span', { class: 'step' });
  const slot = make('span', { class: 'slot' });
  const element = make('span', { class: 'point', 'data-point': first.id }, enumerator, text, status, slot);
  let proposal = null;

  function update(point) {
    if (enumerator.textContent !== point.enumerator) enumerator.textContent = point.enumerator;
    const facts = point.facts.join('、');
    describe(text, desk, desk.say(facts ? 'point_on' : 'point', { enumerator: point.enumerator, facts }));
    show(text, point.text, desk.store);
    attribute(element, 'data-origin', point.origin === 'composed' ? 'composed' : null);
    attribute(element, 'data-locked', point.locked ? '' : null);
    attribute(enumerator, 'title', origin(point, desk.say));
    const doing = desk.steps(point);
    if (status.textContent !== doing) status.textContent = doing;
    if (!point.proposal) proposal = null;
    else {
      proposal ??= proposalView(point.id, desk);
      proposal.update(point.text, point.proposal);
    }
    arrange(element, [enumerator, text, status, slot, ...(proposal ? [proposal.element] : [])]);
  }

  return { element, update };
}

function origin(point, say) {
  const told = ['composed', 'repaired', 'worded'].includes(point.origin) ? say(`origin_${point.origin}`, point) : '';
  return [point.locked ? say('locked') : '', told].filter(Boolean).join('；') || null;
}

function textElement(id) {
  return make('span', { class: 'text', 'data-text': id, spellcheck: 'false', role: 'textbox', 'aria-multiline': 'true' });
}

function describe(text, desk, label) {
  attribute(text, 'aria-label', label);
  attribute(text, 'contenteditable', desk.store.state.can_write ? 'plaintext-only' : null);
  attribute(text, 'aria-readonly', desk.store.state.can_write ? null : 'true');
}

/** The view of something with an id, made at its first sight and told what it is now. */
export function ofKey(views, told, build) {
  if (!views.has(told.id)) views.set(told.id, build(told));
  const view = views.get(told.id);
  view.update(told);
  return view;
}
