// A proposal beneath its point: what would go is struck, what would come underlined. The point itself stays as it is until one takes it.

import { element as make } from './build.js';
import { difference } from './diff.js';

const TAGS = { same: 'span', deleted: 'del', inserted: 'ins' };

/** A view {element, update(text, proposal)}. */
export function proposalView(id, { store, say, act }) {
  const label = make('strong');
  const body = make('span', { class: 'change' });
  const button = (op) => make('button', { type: 'button', 'data-do': op, onclick: () => act({ op, id }) }, say(op));
  const buttons = store.state.can_write ? [button('take'), button('decline')] : [];
  const element = make('span', { class: 'proposal', role: 'group' }, label, body, make('span', { class: 'verdict' }, ...buttons));
  let shown = '';

  function update(text, proposal) {
    const key = JSON.stringify([text, proposal.text, proposal.instruction]);
    if (key === shown) return;
    shown = key;
    label.textContent = proposal.instruction ? say('proposal_wish', proposal) : say('proposal');
    element.setAttribute('aria-label', label.textContent);
    const pieces = difference(text, proposal.text).map((piece) => make(TAGS[piece.kind], {}, piece.text));
    body.replaceChildren(...(text === proposal.text ? [make('em', {}, say('same_text'))] : pieces));
  }

  return { element, update };
}
