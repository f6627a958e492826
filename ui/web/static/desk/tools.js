// What can be done with a point, a paragraph or a section: one set of tools in the sheet's margin, beside what is pointed at or typed in.

import { arrange, button, element as make } from './build.js';

const DWELL = 160; // ms over another text before the tools move there: on the way to the tools the pointer crosses others

/** Puts the tools of `desk` {root, store, say, act, redraft} to use. */
export function useTools(desk) {
  const { root, store, say } = desk;
  const tools = make('span', { class: 'tools', role: 'toolbar', 'aria-label': say('tools'), hidden: true });
  let at = null;
  let timer = 0;

  function move(place) {
    if (!store.state.can_write || tools.querySelector('form') || (tools.contains(document.activeElement) && place)) return;
    at?.place.classList.remove('active');
    at = place && described(store.state, place);
    tools.hidden = !at;
    if (!at) return;
    const slot = place.querySelector(':scope > .slot');
    if (tools.parentNode !== slot) slot.append(tools);
    place.classList.add('active');
    refresh();
  }

  /** The buttons for what the tools stand at, beside its first line. */
  function refresh() {
    if (!at || tools.querySelector('form')) return;
    at = at.place.isConnected ? described(store.state, at.place) : null;
    tools.hidden = !at;
    if (!at) return;
    const key = JSON.stringify([at.id, at.locked, at.redrafts, at.kind]);
    if (tools.dataset.key !== key) change(buttons(at));
    tools.dataset.key = key;
    const first = at.place.getClientRects()[0];
    if (first) tools.style.top = `${first.top - root.getBoundingClientRect().top}px`;
  }

  /** Other buttons, and the focus on the one in the same place. */
  function change(wanted) {
    const focused = [...tools.children].indexOf(document.activeElement);
    arrange(tools, wanted);
    wanted[Math.min(focused, wanted.length - 1)]?.focus();
  }

  function buttons({ kind, id, locked, redrafts }) {
    const tool = (name, press) => button(say(name), press, { 'data-tool': name });
    if (kind === 'section') return [tool('redraft_section', () => wish(id))];
    const remove = tool('remove', () => desk.act({ op: kind === 'point' ? 'delete_point' : 'delete_block', id }));
    if (kind === 'block') return [remove];
    const lock = tool(locked ? 'unlock' : 'lock', () => desk.act({ op: 'lock', id, locked: !locked }));
    return [lock, ...(redrafts ? [tool('redraft', () => wish(id))] : []), remove];
  }

  /** Asks how a redraft should differ; an empty wish is one too. Without a model there is nobody to fulfil one, and it says so. */
  function wish(scope) {
    const { has_model: hasModel } = store.state;
    const field = make('input', { type: 'text', maxlength: '200', 'aria-label': say('instruction'), placeholder: say('instruction') });
    const send = (instruction) => {
      close();
      desk.redraft(scope, instruction);
    };
    const quick = say('wishes').map((text) => button(text, () => send(text), { 'data-wish': text }));
    const go = make('button', { type: 'submit' }, say('go'));
    const rows = hasModel ? [[field, go], quick] : [[make('span', { class: 'reason' }, say('no_model')), go]];
    const form = make('form', { class: 'wish' }, rows.map((row) => make('span', {}, row)));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(field.value.trim());
    });
    form.addEventListener('keydown', (event) => event.key === 'Escape' && !event.isComposing && close());
    tools.append(form);
    (hasModel ? field : go).focus();
  }

  function close() {
    const { place } = at ?? {};
    tools.querySelector('form')?.remove();
    refresh();
    tools.querySelector('[data-tool^=redraft]')?.focus();
    if (!place?.isConnected) move(null);
  }

  root.addEventListener('pointermove', (event) => {
    clearTimeout(timer);
    if (tools.contains(event.target)) return;
    const place = placeOf(event.target);
    if (place && place !== at?.place) timer = setTimeout(() => move(place), DWELL);
  });
  root.addEventListener('pointerleave', () => clearTimeout(timer));
  root.addEventListener('focusin', (event) => !tools.contains(event.target) && move(placeOf(event.target)));
  tools.addEventListener('focusout', (event) => {
    const form = tools.querySelector('form');
    if (form && event.relatedTarget && !tools.contains(event.relatedTarget)) form.remove();
  });
  addEventListener('resize', refresh);
  return { refresh };
}

/** What tools can stand at: a point, or a block without points. */
function placeOf(node) {
  const place = node.closest?.('.point, .block:has(> .slot)');
  return place ?? null;
}

function described(state, place) {
  const { point, block } = place.dataset;
  if (point) {
    const within = state.blocks.find((one) => one.points?.some(({ id }) => id === point));
    const told = within?.points.find(({ id }) => id === point);
    const redrafts = ['paragraph', 'outlook'].includes(within?.type) && told.facts.length > 0 && !told.locked;
    return told ? { kind: 'point', id: point, place, locked: told.locked, redrafts } : null;
  }
  const told = state.blocks.find(({ id }) => id === block);
  if (told?.type === 'heading' && told.section) return { kind: 'section', id: told.section, place };
  return told?.type === 'paragraph' || told?.type === 'attachment' ? { kind: 'block', id: block, place } : null;
}
