// Texts that could not be put in, both sides beside each other. Nothing is decided by the page.

import { button, element } from './build.js';

export function mountClashes(pane, store) {
  let shown = '';
  const editing = new Map(); // key of a clash that is being edited → its field

  function show() {
    const clashes = store.state ? store.clashes() : [];
    const now = JSON.stringify(clashes);
    if (now === shown) return;
    shown = now;
    for (const key of [...editing.keys()]) if (!clashes.some((clash) => keyOf(clash) === key)) editing.delete(key);
    pane.hidden = !clashes.length;
    pane.replaceChildren();
    if (!clashes.length) return;
    pane.append(element('h2', {}, store.say('clashes', { count: clashes.length })), ...clashes.map(one));
  }

  const keyOf = (clash) => store.keyOf(clash.target);

  function one(clash) {
    const say = (key, values) => store.say(key, values);
    const key = keyOf(clash);
    const theirs = clash.theirs ?? say('gone');
    const field = editing.get(key);
    const mine = field ?? element('p', { class: 'both-text', tabindex: '0' }, clash.mine);
    const decide = (value) => store.resolve(clash, value).catch(() => {});
    const edit = () => {
      editing.set(key, element('textarea', { class: 'both-text', 'aria-label': say('edit_both'), rows: 3, value: clash.mine }));
      shown = '';
      show();
      editing.get(key).focus();
    };
    const buttons = clash.theirs === null ? [button(say('drop'), () => decide(null))] : [
      field ? button(say('use_this'), () => decide(field.value), { class: 'primary' }) : button(say('keep_mine'), () => decide(clash.mine)),
      button(say('take_theirs'), () => decide(clash.merged ? clash.theirs : null)),
      field ? null : button(say('edit_both'), edit),
    ];
    return element(
      'article',
      { class: 'both', 'data-clash': key },
      element('h3', {}, where(store, clash.target), clash.refused ? element('span', { class: 'error' }, ` ${clash.refused}`) : null),
      side(say('mine'), mine),
      side(clash.by ? say('theirs_by', { by: clash.by }) : say('theirs'), element('p', { class: 'both-text' }, theirs)),
      element('div', { class: 'row' }, buttons),
    );
  }

  store.on('clashes', show);
  store.on('state', show);
  show();
}

const side = (title, text) => element('div', { class: 'side' }, element('h4', {}, title), text);

function where(store, { kind, id, field }) {
  if (kind === 'fact') return store.say('clash_fact', { id });
  if (kind === 'heading') return store.say('clash_heading', { number: store.state.sections.findIndex((section) => section.id === id) + 1 });
  if (kind === 'head') return store.say('clash_head', { field: store.say(field) });
  return store.say('clash_text');
}
