// A field that is bound to one text of the store.

import { setKeepingCaret } from './fieldcaret.js';
import { element } from './build.js';
import { normal } from './targets.js';

/** Makes a textarea (or, with `rows: 0`, an input) that types into the store and shows what the store holds. `bind` gives it another target. */
export function textField(store, target, { label, className = '', rows = 1, ...more } = {}) {
  const field = element(rows ? 'textarea' : 'input', { 'aria-label': label, class: className, rows: rows || undefined, spellcheck: 'false', ...more });
  let bound = target;

  const told = () => normal(bound, field.value);
  const type = () => {
    grow(field);
    store.type(bound, told());
    judge();
  };
  field.addEventListener('input', (event) => (event.isComposing ? grow(field) : type()));
  field.addEventListener('compositionend', type);
  field.addEventListener('blur', () => store.pending(bound) !== undefined && store.flush());

  field.bind = (next) => {
    bound = next;
  };
  field.target = () => bound;
  const judge = () => {
    const refused = store.refusal(bound);
    field.toggleAttribute('aria-invalid', Boolean(refused));
    field.title = refused ?? '';
  };
  /** Shows the store's text. A field that somebody composes in, or that says the same in other lines, stays. */
  field.refresh = () => {
    if (store.composing && document.activeElement === field) return;
    const text = store.pending(bound) ?? store.text(bound);
    if (text === null || told() === text) return;
    setKeepingCaret(field, text);
    grow(field);
  };
  store.on('settled', (target) => store.keyOf(target) === store.keyOf(bound) && judge());
  field.refresh();
  return field;
}

/** As high as its text. Where the style sheet can do it (field-sizing), it has. */
export function grow(field) {
  if (field.tagName !== 'TEXTAREA' || CSS.supports('field-sizing', 'content') || !field.isConnected) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}
