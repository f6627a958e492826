// The review page: two versions, every change with a word on it, comments, and the steps to the sign-off.

import { element } from '../desk/build.js';
import { call, CallError } from '../desk/call.js';
import { choosing } from '../desk/choosing.js';
import { mountChanges } from './changes.js';
import { mountComments } from './comments.js';
import { mountConflicts } from './conflicts.js';
import { mountHistory } from './history.js';
import { mountSteps } from './steps.js';
import { mountText } from './text.js';
import { speaking } from './words.js';
import { stylesheet } from '../base.js';

export function start(root) {
  stylesheet('/static/review/review.css');
  const say = speaking(root.dataset.language);
  const asked = new URLSearchParams(location.search);
  const report = Number(asked.get('report'));
  if (!Number.isInteger(report) || report < 1) {
    choosing(root, say.language, 'review', { choose: say('choose'), none: say('no_reports'), unreached: say('unreached') });
    return;
  }
  carry(report);
  const page = new Review(root, say, report);
  page.ask('open', { old: Number(asked.get('old')) || 0, new: Number(asked.get('new')) || 0 });
}

/** The page's state: what the server told last, the change that is looked at, and the way it is looked at. */
class Review {
  constructor(root, say, report) {
    Object.assign(this, { root, say, report, told: null, current: '', view: 'inline', preview: 'marked', busy: false });
    this.line = element('p', { class: 'told', role: 'status', 'aria-live': 'polite' }, say('loading'));
    this.parts = ['summary', 'history', 'text', 'changes', 'comments', 'steps', 'conflicts'].map((name) => element('section', { class: name }));
    const [summary, history, text, changes, comments, steps, conflicts] = this.parts;
    root.replaceChildren(summary, this.line, element('div', { class: 'table' }, text, element('aside', {}, conflicts, changes, comments)), history, steps);
    root.addEventListener('click', (event) => {
      const mark = event.target.closest('[data-change]');
      if (!mark) return;
      if (mark.tagName === 'A') event.preventDefault();
      this.look(mark.dataset.change, mark.tagName === 'A');
    });
    document.addEventListener('keydown', (event) => this.key(event));
  }

  /** Calls review/NAME about the two versions and shows what comes back; a refusal is told in a line. */
  async ask(name, data = {}) {
    if (this.busy) return false;
    this.busy = true;
    this.root.setAttribute('aria-busy', 'true');
    try {
      const pair = this.told ? { old: this.told.old, new: this.told.new } : {};
      this.told = await call(this.say.language, `review/${name}`, { report: this.report, ...pair, ...data });
      this.tell('');
      this.show();
      return true;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.tell(error.status ? this.say('failed', { reason: error.detail }) : this.say('offline'), true);
      return false;
    } finally {
      this.busy = false;
      this.root.removeAttribute('aria-busy');
    }
  }

  tell(line, problem = false) {
    this.line.textContent = line;
    this.line.classList.toggle('problem', problem);
  }

  show() {
    const { told } = this;
    const [summary, history, text, changes, comments, steps, conflicts] = this.parts;
    if (!told.changes.some((one) => one.id === this.current)) this.current = told.changes.find((one) => !one.decision)?.id ?? told.changes[0]?.id ?? '';
    const name = element('strong', {}, told.name);
    const state = element('span', { class: 'state' }, told.standing);
    const figures = element('span', { class: 'figures' });
    figures.innerHTML = told.summary; // made and escaped by ui/web/html/review.py
    summary.replaceChildren(name, state, figures);
    mountText(text, this);
    mountChanges(changes, this);
    mountConflicts(conflicts, this);
    mountComments(comments, this);
    mountHistory(history, this);
    mountSteps(steps, this);
    this.mark(false);
    window.history.replaceState(null, '', `${window.location.pathname}?report=${this.report}&old=${told.old}&new=${told.new}`);
  }

  /** Makes a change the one that is looked at. */
  look(change, scroll = true) {
    this.current = change;
    this.mark(scroll);
  }

  mark(scroll) {
    for (const one of this.root.querySelectorAll('.current')) one.classList.remove('current');
    const own = [...this.root.querySelectorAll('[data-change]')].filter((one) => one.dataset.change === this.current);
    for (const one of own) one.classList.add('current');
    const inText = own.find((one) => one.closest('.text'));
    inText?.closest('details')?.setAttribute('open', '');
    if (scroll) inText?.scrollIntoView({ block: 'center' });
    own.find((one) => one.closest('.changes'))?.scrollIntoView({ block: 'nearest' });
  }

  /** A word on changes; then the next that has none is looked at. */
  async judge(word, ids) {
    if (!ids.length || !this.told.may.judge) return;
    const order = this.told.changes.map((one) => one.id);
    const at = order.indexOf(ids[ids.length - 1]);
    const next = [...order.slice(at + 1), ...order.slice(0, at)].filter((id) => !ids.includes(id));
    const kept = this.current;
    const accept = word === 'accept' ? ids : [];
    if (await this.ask('judge', { accept, reject: word === 'reject' ? ids : [] })) {
      const open = next.find((id) => this.told.changes.some((one) => one.id === id && !one.decision));
      this.look(open ?? kept);
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !this.told) return;
    if (event.target.closest('input, textarea, [contenteditable]')) return;
    const order = this.told.changes.map((one) => one.id);
    const at = order.indexOf(this.current);
    const act = {
      j: () => this.look(order[Math.min(at + 1, order.length - 1)] ?? ''),
      k: () => this.look(order[Math.max(at - 1, 0)] ?? ''),
      a: () => this.judge('accept', this.current ? [this.current] : []),
      r: () => this.judge('reject', this.current ? [this.current] : []),
      c: () => this.parts[4].querySelector('textarea')?.focus(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

/** The page's own links lead to the same report. */
async function carry(report) {
  const found = () => document.querySelectorAll('.top nav a[data-nav]');
  while (!found().length) await new Promise((resolve) => requestAnimationFrame(resolve));
  for (const link of found()) if (link.dataset.nav) link.search = `?report=${report}`;
}
