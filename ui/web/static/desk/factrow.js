// One fact: its text, whether it is used, and what can be done with it.

import { button, element } from './build.js';
import { textField } from './textfield.js';

/** A row of the list. `panel` does what concerns more than this fact. `id` may be local until the server has named the fact. */
export class FactRow {
  constructor(store, panel, section, id) {
    Object.assign(this, { store, panel, section, id });
    this.field = textField(store, this.target('text'), { className: 'text', placeholder: store.say('fact_hint') });
    this.mark = element('span', { class: 'mark' });
    this.check = element('input', { type: 'checkbox', class: 'select', onchange: () => panel.select(this.id, this.check.checked) });
    this.handle = element('span', { class: 'handle', draggable: 'true', 'data-drag': 'fact' }, '⋮⋮');
    this.quiet = element('p', { class: 'quiet origin' });
    this.more = element('details', { class: 'more', ontoggle: () => this.fill() }, element('summary', {}, '⋯'));
    this.offers = element('p', { class: 'offers', hidden: true });
    this.root = element('li', { class: 'fact' }, this.handle, this.check, this.field, this.mark, this.more, this.quiet, this.offers);
    this.listen();
    this.rename(id);
  }

  target(field) {
    return { kind: 'fact', id: this.id, field };
  }

  /** The server has named it. */
  rename(id) {
    this.id = id;
    const shown = id.startsWith('new-') ? '' : id;
    this.field.bind(this.target('text'));
    this.root.dataset.fact = id;
    this.root.dataset.number = shown;
    const { say } = this.store;
    const label = (key, otherwise) => (shown ? say.call(this.store, key, { id: shown }) : this.store.say(otherwise ?? 'fact_new'));
    this.field.setAttribute('aria-label', label('fact_of'));
    this.check.setAttribute('aria-label', label('select'));
    this.handle.title = label('drag');
    this.more.firstChild.setAttribute('aria-label', label('more'));
    this.more.hidden = this.check.disabled = !shown;
  }

  listen() {
    const { store, root } = this;
    root.addEventListener('keydown', (event) => this.key(event));
    this.field.addEventListener('paste', (event) => this.pasted(event));
    for (const [event, place] of [['mouseenter', true], ['focusin', true], ['mouseleave', false], ['focusout', false]])
      root.addEventListener(event, () => store.focus(place ? { fact: this.id } : {}));
  }

  key(event) {
    if (event.isComposing || event.target !== this.field) return;
    const control = event.ctrlKey || event.metaKey;
    const doing = {
      Enter: !control && (() => this.split()),
      Backspace: !this.field.value && !event.repeat && (() => this.panel.remove(this)),
      ArrowUp: event.altKey && (() => this.panel.shift(this, -1)),
      ArrowDown: event.altKey && (() => this.panel.shift(this, 1)),
    }[event.key];
    if (!doing || !this.store.state.can_write) return;
    event.preventDefault();
    doing();
  }

  /** A new fact after this one; what stands behind the caret goes along. */
  split() {
    const { value, selectionStart, selectionEnd } = this.field;
    if (selectionEnd < value.length) {
      this.field.value = value.slice(0, selectionStart);
      this.field.dispatchEvent(new InputEvent('input'));
    }
    this.panel.add(this.section, this.id, value.slice(selectionEnd));
  }

  /** Several lines, or cells of a table, become facts; anything else is pasted as text. */
  pasted(event) {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\n\t]/.test(text.trim()) || !this.store.state.can_write) return;
    event.preventDefault();
    this.panel.paste(this.section, this.id, text, { instead: !this.field.value });
  }

  refresh(fact, { group, isFirst, isLast, canWrite }) {
    this.field.refresh();
    this.field.readOnly = !canWrite;
    this.root.classList.toggle('grouped', Boolean(group));
    this.root.classList.toggle('first', isFirst);
    this.root.classList.toggle('last', isLast);
    this.group = group;
    const told = [fact?.source, fact?.date].filter(Boolean).join(' · ');
    this.quiet.textContent = told;
    this.quiet.hidden = !told;
    for (const field of this.extra ?? []) field.refresh();
    this.check.checked = this.panel.selected.has(this.id);
  }

  /** Whether the paper uses it, as the last look tells; an empty fact has no mark. */
  look(used) {
    const text = this.store.pending(this.target('text')) ?? this.store.fact(this.id)?.text;
    const kind = !text ? '' : used === undefined ? 'unknown' : used.length ? 'used' : 'unused';
    if (this.mark.dataset.kind === kind) return;
    this.mark.dataset.kind = kind;
    const told = kind && this.store.say(kind);
    this.mark.title = told;
    this.mark.replaceChildren(
      element('span', { 'aria-hidden': 'true' }, { used: '✓', unused: '✗', unknown: '·' }[kind] ?? ''),
      element('span', { class: 'unseen' }, told),
    );
  }

  /** What follows from this fact and last period's: each is taken as a fact of its own, right behind, with its formula as the source. */
  offer(offers = []) {
    const shown = this.store.state.can_write ? offers : [];
    const key = JSON.stringify(shown);
    if (this.offered === key) return;
    this.offered = key;
    this.offers.hidden = !shown.length;
    this.offers.replaceChildren(
      ...shown.map(({ text, source }) =>
        button(this.store.say('offer', { text }), () => this.panel.paste(this.section, this.id, `${text}\t${source}`), { title: source }),
      ),
    );
  }

  /** What is behind the dots is made when it is opened. */
  fill() {
    if (!this.more.open) {
      this.extra = [];
      this.more.querySelector('.inside')?.remove();
      return;
    }
    const { store, panel } = this;
    const say = (key, values) => store.say(key, values);
    const extra = ['source', 'date'].map((field) =>
      textField(store, this.target(field), { rows: 0, label: say(field), placeholder: say(`${field}_hint`), readOnly: !store.state.can_write }),
    );
    this.extra = extra;
    const choose = element(
      'select',
      { 'aria-label': say('move_to'), onchange: () => panel.move(this, choose.value, store.section(choose.value).facts.at(-1)?.id ?? '') },
      panel.places().map(({ id, label }) => element('option', { value: id, selected: id === this.section }, label)),
    );
    const buttons = [
      button('↑', () => panel.shift(this, -1), { 'aria-label': say('up'), title: `${say('up')} Alt+↑` }),
      button('↓', () => panel.shift(this, 1), { 'aria-label': say('down'), title: `${say('down')} Alt+↓` }),
      this.group && button(say('ungroup'), () => panel.ungroup(this)),
      button(say('remove'), () => panel.remove(this), { class: 'danger' }),
    ];
    const inside = element(
      'div',
      { class: 'inside' },
      extra.map((field, index) => element('label', {}, say(['source', 'date'][index]), field)),
      store.state.can_write ? [element('label', {}, say('move_to'), choose), element('div', { class: 'row' }, buttons)] : [],
    );
    this.more.append(inside);
  }
}
