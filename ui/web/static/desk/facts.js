// The left panel: the facts by section. Elements are kept by id and moved, never made anew, so that a text and its caret stay with their fact.

import { arrange, button, element } from './build.js';
import { dragging } from './dragging.js';
import { headFields } from './headfields.js';
import { askPaste } from './pasting.js';
import { FactRow } from './factrow.js';
import { numeral, SectionBox } from './sectionbox.js';

const DWELL = 250; // ms over a sentence before its fact is scrolled to: a pointer on its way crosses others

export function mountFacts(pane, store) {
  const panel = new Panel(store);
  pane.append(panel.root);
  store.on('state', () => panel.refresh());
  store.on('named', (told) => panel.name(told));
  store.on('look', () => panel.look());
  store.on('focus', (place) => panel.light(place));
  if (store.state) panel.refresh();
  return panel;
}

class Panel {
  constructor(store) {
    this.store = store;
    this.rows = new Map();
    this.boxes = new Map();
    this.selected = new Set();
    this.head = headFields(store);
    this.empty = element('p', { class: 'notice' }, store.say('no_sections'));
    this.sections = element('div', { class: 'sections' });
    this.choice = element('div', { class: 'choice', hidden: true, role: 'toolbar' });
    this.adding = button(store.say('add_section'), () => this.addSection(), { class: 'plain add-section' });
    this.root = element(
      'div',
      { class: 'facts' },
      element('h2', {}, store.say('facts'), (this.total = element('span', { class: 'count' }))),
      this.head.root,
      this.choice,
      this.empty,
      this.sections,
    );
    dragging(this.root, this);
    for (const event of ['pointerdown', 'focusin']) document.addEventListener(event, ({ target }) => this.close(target));
    this.root.addEventListener('keydown', (event) => event.key === 'Escape' && this.close(null));
  }

  /** Closes the sections' menus but the one that the element is in. */
  close(element) {
    for (const menu of this.sections.querySelectorAll('header details[open]')) menu.open = menu.contains(element);
  }

  // --- showing

  refresh() {
    const { store } = this;
    const { state } = store;
    const focused = document.activeElement;
    this.head.refresh();
    const shown = state.head ? store.sections() : [];
    const present = new Set(shown.flatMap((section) => section.facts.map((fact) => fact.id)));
    for (const [id, row] of this.rows) if (!row.local && !present.has(id)) this.rows.delete(id);
    for (const id of this.selected) if (!present.has(id)) this.selected.delete(id);
    for (const { id } of shown) if (!this.boxes.has(id)) this.boxes.set(id, new SectionBox(store, this, id));
    for (const id of [...this.boxes.keys()]) if (!shown.some((section) => section.id === id)) this.boxes.delete(id);
    const boxes = shown.map(({ id }) => this.boxes.get(id).root);
    this.adding.hidden = !state.can_write;
    arrange(this.sections, boxes.length ? [...boxes.slice(0, -1), this.adding, boxes.at(-1)] : []);
    shown.forEach((section, index) => this.boxes.get(section.id).refresh(section, index));
    this.empty.hidden = !state.head || state.sections.length > 0;
    this.showChoice();
    this.look();
    if (focused !== document.activeElement && this.root.contains(focused)) focused.focus(); // moved into another section
  }

  look() {
    for (const box of this.boxes.values()) box.look();
    const facts = this.store.state.head ? this.store.sections().flatMap((section) => section.facts).filter((fact) => fact.text) : [];
    const used = facts.filter((fact) => this.store.look?.used?.[fact.id]?.length).length;
    this.total.textContent = !facts.length ? '' : this.store.look ? `${used}/${facts.length}` : `${facts.length}`;
    this.total.title = this.store.look ? this.store.say('used_count', { used, all: facts.length }) : '';
  }

  /** Lights the facts that somebody points at, in their own row or by a sentence; by a sentence, the first comes into view. */
  light({ fact, point, start = 0, end = Infinity } = {}) {
    const pieces = (point && this.store.look?.standing?.[point]) ?? [];
    const meant = new Set(fact ? [fact] : pieces.filter((piece) => piece.start < end && start < piece.end).flatMap((piece) => piece.facts));
    for (const row of this.rows.values()) row.root.classList.toggle('lit', meant.has(row.id));
    clearTimeout(this.waiting);
    if (!point || !meant.size) return;
    this.waiting = setTimeout(() => this.root.querySelector('.fact.lit')?.scrollIntoView({ block: 'nearest' }), DWELL);
  }

  /** Where a fact can be moved. */
  places() {
    return this.store.sections().map(({ id, heading }, index) => ({
      id,
      label: id === 'outlook' ? this.store.say('outlook') : `${numeral(index + 1)}、${heading}`,
    }));
  }

  // --- facts

  /** Adds a fact whose field has the focus at once. */
  add(section, after, text = '') {
    const { local, done } = this.store.add(section, after, text);
    const row = new FactRow(this.store, this, section, local);
    Object.assign(row, { local, after });
    row.field.value = text;
    this.rows.set(local, row);
    this.boxes.get(section).refresh(this.store.section(section), this.store.state.sections.findIndex(({ id }) => id === section));
    row.field.focus();
    row.field.setSelectionRange(0, 0);
    done.then((result) => result.refused && this.forget(row)).catch(() => {});
    return row;
  }

  /** Refused: the row goes, unless something has been typed there. */
  forget(row) {
    if (row.field.value) return;
    this.store.texts.additions.delete(row.local);
    this.store.texts.write();
    this.rows.delete(row.id);
    row.root.remove();
  }

  name({ local, id }) {
    const row = this.rows.get(local);
    if (!row) return;
    const isDoubled = this.rows.has(id);
    this.rows.delete(local);
    row.local = undefined;
    row.rename(id);
    this.rows.set(id, row);
    if (isDoubled) this.refresh();
  }

  act(make) {
    return this.store.act(make).catch(() => ({}));
  }

  async remove(row) {
    const near = row.root.previousElementSibling ?? row.root.nextElementSibling;
    near?.querySelector('textarea')?.focus();
    const result = await this.act(() => ({ op: 'delete_fact', id: this.store.named(row.id) }));
    if (result.ok) this.store.note(this.store.say('removed_fact'));
  }

  async paste(section, after, text, { instead = false } = {}) {
    const result = await this.act(() => ({ op: 'paste', section, after: this.store.named(after), text }));
    if (result.ok && instead) await this.act(() => ({ op: 'delete_fact', id: this.store.named(after) }));
    return result;
  }

  askPaste(section) {
    const label = this.places().find(({ id }) => id === section)?.label ?? '';
    askPaste(this.store, label, (text) => this.paste(section, this.boxes.get(section).last(), text));
  }

  /** One place up or down; over the edge of its section into the next. */
  shift(row, by) {
    const sections = this.store.sections();
    const home = sections.findIndex(({ id }) => id === row.section);
    const facts = sections[home].facts.map(({ id }) => id);
    const place = facts.indexOf(row.id);
    if (place < 0) return undefined;
    const rest = facts.filter((id) => id !== row.id);
    const to = place + by;
    if (to >= 0 && to < facts.length) return this.move(row, row.section, rest[to - 1] ?? '');
    const next = sections[home + by];
    if (!next) return undefined;
    return this.move(row, next.id, by < 0 ? (next.facts.at(-1)?.id ?? '') : '');
  }

  move(row, section, after) {
    return this.act(() => ({ op: 'move_fact', id: this.store.named(row.id), section, after: after === row.id ? '' : after }));
  }

  // --- groups

  select(id, on) {
    if (on) this.selected.add(id);
    else this.selected.delete(id);
    this.showChoice();
  }

  showChoice() {
    const { store, selected } = this;
    this.root.classList.toggle('choosing', selected.size > 0);
    this.choice.hidden = !selected.size;
    const homes = new Set([...selected].map((id) => this.rows.get(id)?.section));
    this.choice.replaceChildren(
      element('span', {}, store.say('selected', { count: selected.size })),
      button(store.say('group'), () => this.group(), { disabled: selected.size < 2 || homes.size > 1 }),
      button(store.say('unselect'), () => this.unselect()),
    );
  }

  async group() {
    const ids = [...this.rows.keys()].filter((id) => this.selected.has(id));
    const order = this.store.sections().flatMap((section) => section.facts.map(({ id }) => id));
    const result = await this.act({ op: 'group', ids: ids.sort((one, other) => order.indexOf(one) - order.indexOf(other)) });
    if (result.ok) this.unselect();
  }

  unselect() {
    this.selected.clear();
    for (const row of this.rows.values()) row.check.checked = false;
    this.showChoice();
  }

  ungroup(row) {
    row.more.open = false;
    return this.act({ op: 'ungroup', id: row.id });
  }

  // --- sections

  async addSection() {
    const known = new Set(this.store.state.sections.map(({ id }) => id));
    const result = await this.act(() => ({ op: 'add_section', after: this.store.state.sections.at(-1)?.id ?? '', heading: '' }));
    const id = result.id ?? this.store.state.sections.find((section) => !known.has(section.id))?.id;
    if (result.ok) this.boxes.get(id)?.heading.focus();
  }

  async removeSection(id) {
    const result = await this.act({ op: 'delete_section', id });
    if (result.ok) this.store.note(this.store.say('removed_section'));
  }

  shiftSection(id, by) {
    const ids = this.store.state.sections.map((section) => section.id);
    const to = ids.indexOf(id) + by;
    if (to < 0 || to >= ids.length) return undefined;
    const rest = ids.filter((other) => other !== id);
    return this.moveSection(id, rest[to - 1] ?? '');
  }

  moveSection(id, after) {
    return this.act({ op: 'move_section', id, after });
  }
}
