// What is typed and not yet acknowledged, kept in the browser's storage. A key for each page that is open, so that two tabs do not write over each
// other; a page that comes later takes what a dead one left.

import { keyOf } from './targets.js';

const PREFIX = 'chengwen.desk';
const ALIVE = 200; // ms that another page has to say that it lives

/** Entries {target, was, value, sending, clash, base} by target, and additions {local, section, after, text}. */
export class Pending {
  constructor(user, report) {
    this.mine = `${PREFIX}|${user}|${report}|`;
    this.key = this.mine + Math.random().toString(36).slice(2);
    this.texts = new Map();
    this.additions = new Map();
    this.stored = true;
    this.line = new BroadcastChannel(PREFIX);
    this.line.addEventListener('message', ({ data }) => data.asks === this.key && this.line.postMessage({ lives: this.key }));
    wipe((key) => !key.startsWith(`${PREFIX}|${user}|`));
  }

  get size() {
    return this.texts.size + this.additions.size;
  }

  get(target) {
    return this.texts.get(keyOf(target));
  }

  put(entry) {
    this.texts.set(keyOf(entry.target), entry);
    this.write();
  }

  drop(entry) {
    const key = keyOf(entry.target);
    if (this.texts.get(key) === entry) this.texts.delete(key);
    this.write();
  }

  write() {
    const texts = [...this.texts.values()].map(({ target, was, value }) => ({ target, was, value }));
    const additions = [...this.additions.values()].map(({ local, section, after, text }) => ({ local, section, after, text }));
    try {
      if (this.size) localStorage.setItem(this.key, JSON.stringify({ texts, additions }));
      else localStorage.removeItem(this.key);
      this.stored = true;
    } catch {
      this.stored = false; // full or forbidden: the page still holds it, and warns before it is left
    }
  }

  /** Takes over what pages that are gone have left of this report. Returns whether there was anything. */
  async inherit() {
    const left = keys((key) => key.startsWith(this.mine) && key !== this.key);
    if (!left.length) return false;
    const living = await this.living(left);
    for (const key of left.filter((other) => !living.has(other))) this.take(key);
    return this.size > 0;
  }

  /** Two dead pages may have left a text of the same place: the second waits for the next start. */
  take(key) {
    const kept = parsed(localStorage.getItem(key));
    const waiting = kept.texts.filter(({ target, value }) => (this.get(target) ?? { value }).value !== value);
    for (const { target, was, value } of kept.texts) {
      if (!this.get(target)) this.texts.set(keyOf(target), { target, was, value });
    }
    for (const addition of kept.additions) if (addition.text) this.additions.set(addition.local, addition);
    this.write();
    if (waiting.length) localStorage.setItem(key, JSON.stringify({ texts: waiting, additions: [] }));
    else localStorage.removeItem(key);
  }

  living(asked) {
    return new Promise((resolve) => {
      const living = new Set();
      this.line.addEventListener('message', ({ data }) => data.lives && living.add(data.lives));
      for (const key of asked) this.line.postMessage({ asks: key });
      setTimeout(() => resolve(living), ALIVE);
    });
  }

  /** Forgets everything, of every user and report: somebody logs out. */
  static wipe() {
    wipe(() => true);
  }
}

function keys(chosen) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}|`) && chosen(key));
  } catch {
    return [];
  }
}

function wipe(chosen) {
  for (const key of keys(chosen)) localStorage.removeItem(key);
}

function parsed(text) {
  try {
    const { texts = [], additions = [] } = JSON.parse(text);
    return { texts, additions };
  } catch {
    return { texts: [], additions: [] };
  }
}
