// One section of the left panel: heading, count, its facts.

import { arrange, button, element } from './build.js';
import { FactRow } from './factrow.js';
import { textField } from './textfield.js';

/** The numerals of headings on paper. */
const NUMERALS = '零一二三四五六七八九十';
export const numeral = (number) =>
  number <= 10 ? NUMERALS[number] : `${number < 20 ? '' : NUMERALS[Math.floor(number / 10)]}十${number % 10 ? NUMERALS[number % 10] : ''}`;

export class SectionBox {
  constructor(store, panel, id) {
    Object.assign(this, { store, panel, id });
    const say = (key, values) => store.say(key, values);
    const isOutlook = id === 'outlook';
    this.number = element('span', { class: 'number', 'aria-hidden': 'true', draggable: isOutlook ? null : 'true', 'data-drag': isOutlook ? null : 'section' });
    this.heading = isOutlook
      ? element('h3', { class: 'heading' }, say('outlook'))
      : textField(store, { kind: 'heading', id }, { className: 'heading', placeholder: say('heading_hint') });
    this.heading.addEventListener('keydown', (event) => this.key(event));
    this.count = element('span', { class: 'count' });
    this.list = element('ol', { class: 'list', 'data-list': id });
    this.adding = element(
      'div',
      { class: 'adding' },
      button(say('add_fact'), () => panel.add(id, this.last()), { class: 'plain' }),
      button(say('paste_many'), () => panel.askPaste(id), { class: 'plain' }),
    );
    this.more = isOutlook ? null : this.menu();
    this.root = element(
      'section',
      { class: isOutlook ? 'box outlook' : 'box', 'data-section': id },
      element('header', {}, this.number, this.heading, this.count, this.more),
      this.list,
      this.adding,
    );
  }

  last() {
    return this.list.lastElementChild?.dataset.fact ?? '';
  }

  key(event) {
    if (event.isComposing) return;
    const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by && this.store.state.can_write) {
      event.preventDefault();
      this.panel.shiftSection(this.id, by);
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    const first = this.list.querySelector('textarea');
    if (first) first.focus();
    else this.panel.add(this.id, '');
  }

  menu() {
    const { store, panel, id } = this;
    const say = (key, values) => store.say(key, values);
    this.removal = button(say('remove_section'), () => this.removeTwice(), { class: 'danger' });
    this.removal.addEventListener('blur', () => this.disarm());
    return element(
      'details',
      { class: 'more' },
      element('summary', { 'aria-label': say('more_section') }, '⋯'),
      element(
        'div',
        { class: 'inside row' },
        button('↑', () => panel.shiftSection(id, -1), { 'aria-label': say('up'), title: `${say('up')} Alt+↑` }),
        button('↓', () => panel.shiftSection(id, 1), { 'aria-label': say('down'), title: `${say('down')} Alt+↓` }),
        this.removal,
      ),
    );
  }

  /** A section that holds facts is asked about once. */
  removeTwice() {
    const count = this.store.section(this.id)?.facts.length ?? 0;
    if (count && !this.armed) {
      this.armed = true;
      this.removal.textContent = this.store.say('remove_sure', { count });
      return;
    }
    this.panel.removeSection(this.id);
  }

  disarm() {
    this.armed = false;
    this.removal.textContent = this.store.say('remove_section');
  }

  refresh(section, index) {
    const { store, panel } = this;
    const canWrite = store.state.can_write;
    if (this.id !== 'outlook') {
      this.number.textContent = `${numeral(index + 1)}、`;
      this.heading.setAttribute('aria-label', store.say('heading_of', { number: index + 1 }));
      this.heading.refresh();
      this.number.title = canWrite ? store.say('drag_section') : '';
      this.heading.readOnly = !canWrite;
      this.more.hidden = !canWrite;
    }
    this.adding.hidden = !canWrite;
    arrange(this.list, this.rows(section).map((row) => row.root));
    section.facts.forEach((fact, place) => {
      const group = section.groups.find((ids) => ids.includes(fact.id));
      const [before, after] = [section.facts[place - 1], section.facts[place + 1]];
      panel.rows.get(fact.id).refresh(fact, {
        group,
        isFirst: Boolean(group) && !group.includes(before?.id),
        isLast: Boolean(group) && !group.includes(after?.id),
        canWrite,
      });
    });
    this.look();
  }

  /** The rows in order; those that the server has not named yet stand behind the fact that they were added after. */
  rows(section) {
    const { panel, store } = this;
    const fresh = [...panel.rows.values()].filter((row) => row.local && row.section === this.id);
    const behind = (id) => fresh.filter((row) => store.named(row.after) === id).flatMap((row) => [row, ...behind(row.id)]);
    const named = section.facts.flatMap((fact) => {
      const row = panel.rows.get(fact.id) ?? new FactRow(store, panel, this.id, fact.id);
      row.section = this.id;
      panel.rows.set(fact.id, row);
      return [row, ...behind(fact.id)];
    });
    return [...behind(''), ...named];
  }

  /** Marks and count, by the last look. */
  look() {
    const { store, panel } = this;
    const facts = (store.section(this.id)?.facts ?? []).filter((fact) => store.pending({ kind: 'fact', id: fact.id, field: 'text' }) ?? fact.text);
    const used = store.look?.used;
    for (const fact of store.section(this.id)?.facts ?? []) {
      panel.rows.get(fact.id)?.look(used?.[fact.id] ?? (used ? [] : undefined));
      panel.rows.get(fact.id)?.offer(store.look?.offers?.[fact.id]);
    }
    const count = facts.filter((fact) => used?.[fact.id]?.length).length;
    this.count.textContent = used && facts.length ? `${count}/${facts.length}` : facts.length ? `${facts.length}` : '';
    this.count.title = used ? store.say('used_count', { used: count, all: facts.length }) : '';
    this.count.classList.toggle('short', Boolean(used) && count < facts.length);
  }
}
