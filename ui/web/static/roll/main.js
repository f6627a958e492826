// The walk from last period's report: each old fact beside what this period says of it, settled one by one.

import { button, element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { choosing } from '../desk/choosing.js';
import { sent } from '../reports/files.js';
import { filled, WORDS } from './words.js';
import { based, stylesheet } from '../base.js';

/** Fills the root with the walk of the report that the address names, or with the reports to choose from. */
export function start(root) {
  const { language } = root.dataset;
  const words = WORDS[language];
  stylesheet('/static/roll/roll.css');
  const asked = /^\d{1,9}$/.exec(new URLSearchParams(window.location.search).get('report') ?? '');
  if (asked) new Walk(root, words, language, Number(asked[0])).open();
  else choosing(root, language, 'roll', words);
}

class Walk {
  constructor(root, words, language, report) {
    Object.assign(this, { root, words, language, report, onlyOpen: false, writing: '' });
    root.addEventListener('keydown', (event) => this.key(event));
  }

  async open() {
    this.root.replaceChildren(element('p', { className: 'notice', role: 'status' }, this.words.wait));
    try {
      this.show(await call(this.language, 'roll/open', { report: this.report }));
    } catch (error) {
      this.root.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || this.words.unreached));
    }
  }

  /** One answer; the page after it, with the focus on the next open question where this one was. */
  async settle(item, act, more = {}) {
    this.writing = '';
    await this.guarded(async () => {
      this.show(await call(this.language, 'roll/settle', { report: this.report, item, act, ...more }));
      const own = this.root.querySelector(`[data-item="${CSS.escape(item)}"]`);
      const open = [...this.root.querySelectorAll('.item.open')];
      const next = open.find((one) => !own || own.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) ?? open[0] ?? own;
      next?.focus();
    });
  }

  async guarded(act) {
    this.tell('');
    try {
      await act();
    } catch (error) {
      this.tell(error.detail || this.words.unreached, true);
    }
  }

  tell(text, problem = false) {
    if (!this.said) return;
    this.said.textContent = text;
    this.said.classList.toggle('problem', problem);
  }

  show(told) {
    this.told = told;
    const { words } = this;
    const all = element('input', { type: 'checkbox', checked: this.onlyOpen });
    all.addEventListener('change', () => {
      this.onlyOpen = all.checked;
      this.root.classList.toggle('only-open', this.onlyOpen);
    });
    const file = element('input', { type: 'file', accept: '.xlsx,.xlsm,.csv,.yaml,.yml', 'aria-label': words.facts });
    file.addEventListener('change', () => file.files[0] && this.fill(file.files[0]));
    this.said = element('p', { className: 'said', role: 'status' });
    const done = told.all - told.open;
    const finish = button(words.finish, () => this.finish(), { className: 'primary', disabled: told.open > 0 });
    this.root.classList.toggle('only-open', this.onlyOpen);
    this.root.replaceChildren(
      element(
        'header',
        { className: 'which' },
        element('h1', {}, told.name),
        element('span', { className: 'quiet' }, filled(words.from, told)),
        element('progress', { max: told.all || 1, value: String(done), 'aria-label': filled(words.progress, { done, all: told.all }) }),
        element('span', { className: 'count' }, filled(words.progress, { done, all: told.all })),
        element('label', {}, all, ` ${words.onlyOpen}`),
        element('label', { className: 'fill' }, `${words.facts} `, file),
        finish,
      ),
      this.said,
      ...(told.claims.length ? [this.claims(told.claims)] : []),
      ...told.sections.map((section) => this.section(section.heading, section.items)),
      ...(told.outlook.length ? [this.section(words.outlook, told.outlook)] : []),
    );
    if (told.open) finish.title = filled(words.left, told);
  }

  claims(claims) {
    const of = new Map();
    for (const { text, note } of claims) of.set(text, [...(of.get(text) ?? []), note]);
    return element(
      'details',
      { className: 'claims' },
      element('summary', {}, this.words.claims),
      [...of].map(([text, notes]) => element('div', {}, element('p', {}, text), element('ul', { className: 'notes' }, notes.map((note) => element('li', {}, note))))),
    );
  }

  section(heading, items) {
    const shown = items.length ? items.map((item) => this.item(item)) : [element('p', { className: 'quiet' }, this.words.empty)];
    return element('section', {}, element('h2', {}, heading), ...shown);
  }

  item(item) {
    const { words } = this;
    const before = item.old
      ? [
          element('h3', {}, words.old, item.line ? element('small', {}, ` ${filled(words.line, item)}`) : null),
          element('p', {}, item.old),
          item.notes.length ? element('ul', { className: 'notes' }, item.notes.map((note) => element('li', {}, note))) : null,
        ]
      : [element('p', { className: 'quiet' }, words.isNew)];
    const offers = item.offers.map(({ text, formula }, offer) =>
      button(filled(words.offer, { text }), () => this.settle(item.id, 'accept', { offer }), { className: 'offer', title: formula }),
    );
    return element(
      'article',
      { className: `item ${item.state}`, 'data-item': item.id, tabindex: '0', 'aria-label': item.old || item.candidate },
      element('div', { className: 'before' }, before),
      element('div', { className: 'now' }, this.now(item), offers.length ? element('p', { className: 'offers' }, offers) : null),
    );
  }

  now(item) {
    const { words } = this;
    if (this.writing === item.id) return this.field(item);
    const standing = item.state === 'open' ? item.candidate : item.text;
    const told = [
      element('h3', {}, words.now, element('small', {}, ` ${item.unchanged ? words.same : words[item.state]}`)),
      standing ? element('p', {}, standing) : element('p', { className: 'quiet' }, item.state === 'dropped' ? words.dropped : words.noCandidate),
      item.source && standing ? element('p', { className: 'quiet' }, filled(words.source, item)) : null,
    ];
    const write = () => {
      this.writing = item.id;
      this.show(this.told);
      this.root.querySelector('textarea')?.focus();
    };
    const acts =
      item.state === 'open'
        ? [
            item.candidate ? button(words.confirm, () => this.settle(item.id, 'confirm'), { 'data-act': 'confirm' }) : null,
            button(words.replace, write, { 'data-act': 'replace' }),
            button(words.drop, () => this.settle(item.id, 'drop'), { 'data-act': 'drop' }),
          ]
        : [button(words.reopen, () => this.settle(item.id, 'reopen'), { 'data-act': 'reopen' })];
    return [...told, element('p', { className: 'acts' }, acts)];
  }

  field(item) {
    const { words } = this;
    const text = element('textarea', { rows: '3', maxlength: '500', 'aria-label': words.write });
    text.value = item.text || item.candidate;
    const keep = () => this.settle(item.id, 'replace', { text: text.value });
    const cancel = () => {
      this.writing = '';
      this.show(this.told);
      this.root.querySelector(`[data-item="${CSS.escape(item.id)}"]`)?.focus();
    };
    text.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        keep();
      } else if (event.key === 'Escape') cancel();
    });
    return [text, element('p', { className: 'acts' }, button(words.keep, keep, { className: 'primary' }), button(words.cancel, cancel))];
  }

  /** On a question: j and k go, a confirms, e writes, x drops, u reconsiders. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea')) return;
    const items = [...this.root.querySelectorAll('.item')].filter((one) => one.offsetParent);
    const at = items.indexOf(event.target.closest('.item'));
    const step = { j: 1, k: -1 }[event.key];
    if (step) items[Math.min(items.length - 1, Math.max(0, at + step))]?.focus();
    const act = { a: 'confirm', e: 'replace', x: 'drop', u: 'reopen' }[event.key];
    const pressed = act && at >= 0 && items[at].querySelector(`[data-act=${act}]`);
    if (pressed) {
      event.preventDefault();
      pressed.click();
    }
  }

  fill(file) {
    return this.guarded(async () => {
      const answer = await sent(this.language, 'facts', file, { report: String(this.report) });
      this.show(await call(this.language, 'roll/open', { report: this.report }));
      this.tell(filled(this.words.filled, answer));
    });
  }

  finish() {
    return this.guarded(async () => {
      await call(this.language, 'roll/finish', { report: this.report });
      window.location.assign(based(`/${this.language}/desk?report=${this.report}`));
    });
  }
}
