// The page's truth: the server's last state, and over it what is typed and not yet acknowledged. Every change goes through here.
//
// A field shows `pending(target) ?? text(target)`. One that shows neither shows what the server has never been told of, and typing there
// would undo a colleague: so a field without pending text follows the state, even while it has the focus (fieldcaret.js keeps the caret).

import { CallError, call } from './call.js';
import { Pending } from './pending.js';
import { factOf, keyOf, operation, pointOf, read, sectionOf, sectionsOf, targetOf, write } from './targets.js';

const PAUSE = 300; // ms after the last keystroke
const PATIENCE = [500, 1000, 2000, 4000, 5000]; // ms between tries while the server is away
const KEEPALIVE = 60_000; // characters that a browser sends on after the page is gone

export class Store {
  constructor({ language, report, user, words }) {
    Object.assign(this, { language, report, user, words, state: null, look: null });
    this.status = { kind: 'saved', at: '' };
    this.texts = new Pending(user, report);
    this.hearers = new Map();
    this.line = Promise.resolve();
    this.isComposing = false;
    this.added = 0;
    this.names = new Map();
  }

  // --- events: 'state', 'look', 'status', 'focus', 'named', 'clashes', 'settled', 'edited', 'said'

  on(event, hear) {
    if (!this.hearers.has(event)) this.hearers.set(event, new Set());
    this.hearers.get(event).add(hear);
    return () => this.hearers.get(event).delete(hear);
  }

  emit(event, detail) {
    for (const hear of this.hearers.get(event) ?? []) {
      try {
        hear(detail);
      } catch (error) {
        console.error(error); // one panel's fault must not keep a text from being sent
      }
    }
  }

  /** Somebody points at {fact} or {point, start, end} or {block, start, end}; {} when no more. */
  focus(place) {
    this.emit('focus', place);
  }

  tell(kind, detail = '') {
    this.status = { kind, detail, at: this.state?.saved_at ?? '' };
    this.emit('status', this.status);
  }

  /** A line for the status line: what has been done, what was refused. */
  note(line, isProblem = false) {
    this.emit('said', { line, isProblem });
  }

  say(key, values = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  }

  // --- looking up

  fact(id) {
    return factOf(this.state, id);
  }

  point(id) {
    return pointOf(this.state, id);
  }

  section(id) {
    return sectionOf(this.state, id);
  }

  /** The server's text of a target; null where it is gone. */
  text(target) {
    return read(this.state, target);
  }

  /** The text that is not acknowledged; undefined where all is. */
  pending(target) {
    return this.texts.get(target)?.value;
  }

  // --- typing

  get composing() {
    return this.isComposing;
  }

  /** True between compositionstart and compositionend: nothing is sent, nothing that came is shown. */
  set composing(on) {
    if (this.isComposing === on) return;
    this.isComposing = on;
    if (on) return;
    queueMicrotask(() => this.release()); // the field that was composed in says first what it holds
    this.soon();
  }

  /** Remembers the text and sends it after a pause. Returns at once. */
  type(target, value) {
    const addition = this.texts.additions.get(target.id);
    if (addition && target.kind === 'fact' && target.field === 'text') {
      addition.text = value;
      this.texts.write();
      return;
    }
    const entry = this.texts.get(target);
    const was = entry?.was ?? this.text(target) ?? '';
    if (!entry && value === was) return;
    if (entry && !entry.sending && !entry.clash && value === was) this.texts.drop(entry);
    else this.texts.put(Object.assign(entry ?? { target, was }, { value }));
    this.soon();
  }

  soon() {
    clearTimeout(this.timer);
    if (!this.unsent().length) {
      if (this.status.kind === 'saving' && !this.sending) this.tell(this.standing());
      return;
    }
    if (this.status.kind !== 'offline') this.tell('saving');
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  unsent() {
    const waits = ({ clash, refused, value, sending, was }) => !clash && refused?.value !== value && value !== (sending ?? was);
    return [...this.texts.texts.values()].filter(waits);
  }

  /** Sends what is pending; resolves when the server has it. Rejects where the server refuses the call as a whole. */
  flush() {
    clearTimeout(this.timer);
    return this.queue(async () => {
      await this.composed();
      const sent = this.unsent();
      if (sent.length) await this.edit(sent);
    });
  }

  /**
   * Sends pending texts, then the operation, in one request. Resolves to the operation's result. `asked` may be a function that gives it when its
   * turn has come; `before` gets the new state and the result before anybody else.
   */
  act(asked, before = undefined) {
    clearTimeout(this.timer);
    return this.queue(async () => {
      await this.composed();
      return this.edit(this.unsent(), typeof asked === 'function' ? asked() : asked, before);
    });
  }

  /** Adds a fact whose text can be typed at once under a `local` id; 'named' {local, id} tells when the server has given it its own. */
  add(section, after, text = '') {
    const local = `new-${Date.now()}-${(this.added += 1)}`;
    const addition = { local, section, after, text };
    this.texts.additions.set(local, addition);
    this.texts.write();
    const asked = () => {
      addition.sent = addition.text;
      addition.known = new Set(this.section(section)?.facts.map((fact) => fact.id));
      return { op: 'add_fact', section, after: this.named(after), text: addition.text };
    };
    const done = this.act(asked, (state, result) => this.name(addition, state, result)).catch((error) => {
      this.name(addition, this.state, {}); // the answer was lost, the fact may be there
      if (this.names.has(local)) return { ok: true };
      throw error;
    });
    return { local, done };
  }

  /** The server's id of a fact, where it was added under a local one. */
  named(id) {
    return this.names.get(id) ?? id;
  }

  /** Finds the fact that the server has just added: the one right behind `after`. Before the state is shown, so that its field keeps the focus. */
  name(addition, state, result) {
    const { local, section, after, text, sent, known } = addition;
    const facts = sectionOf(state, section)?.facts ?? [];
    const next = facts.findIndex((fact) => fact.id === this.named(after)) + 1;
    const id = result.id ?? facts[next]?.id;
    if (result.refused || !id || known?.has(id)) return;
    this.texts.additions.delete(local);
    this.names.set(local, id);
    if (text !== sent) this.texts.put({ target: { kind: 'fact', id, field: 'text' }, was: sent, value: text });
    this.texts.write();
    this.emit('named', { local, id });
    this.soon();
  }

  /** Another call (desk/draft, desk/save …), after what is pending. An answer that is or holds a state is adopted. */
  async ask(name, data = {}) {
    await this.flush();
    const told = await call(this.language, name, { report: this.report, ...data });
    if (told.state ?? told.sections) this.adopt(told.state ?? told);
    return told;
  }

  // --- sending

  /** One request at a time, in the order of asking. */
  queue(task) {
    const done = this.line.then(task);
    this.line = done.catch(() => {});
    done.catch((error) => this.failed(error));
    return done;
  }

  composed() {
    if (!this.isComposing) return undefined;
    return new Promise((resolve) => {
      const look = () => (this.isComposing ? setTimeout(look, 50) : resolve());
      look();
    });
  }

  failed(error) {
    if (error instanceof CallError && error.status === 401) this.tell('ended');
    else if (error instanceof CallError) {
      this.tell(this.unsent().length ? 'unsaved' : this.standing());
      this.note(error.detail || this.say('failed', { status: error.status }), true);
    } else throw error;
  }

  async edit(entries, structural, before) {
    if (structural || entries.length) this.tell('saving');
    for (const entry of entries) entry.sending = entry.value;
    const operations = entries.map(({ target, was, sending }) => operation(target, was, sending));
    if (structural) operations.push(structural);
    this.sending = true;
    try {
      const told = await this.send(operations, structural);
      return this.acknowledged(entries, told, structural, before);
    } finally {
      this.sending = false;
      for (const entry of entries) delete entry.sending;
      this.release();
    }
  }

  /** Texts are sent again until they arrive: the server knows them again by `was`. A structural operation only where it certainly did not. */
  async send(operations, structural) {
    for (let tries = 0; ; tries += 1) {
      try {
        const told = { report: this.report, revision: this.state.revision, operations };
        const leaving = document.visibilityState === 'hidden' && JSON.stringify(told).length < KEEPALIVE;
        return await call(this.language, 'desk/edit', told, { keepalive: leaving });
      } catch (error) {
        if (!(error instanceof CallError) || !error.passing) throw error;
        this.tell('offline');
        await this.back(tries);
        if (structural) await this.certain();
      }
    }
  }

  back(tries) {
    return new Promise((resolve) => {
      const wait = setTimeout(resolve, PATIENCE[Math.min(tries, PATIENCE.length - 1)]);
      this.wake = () => resolve(clearTimeout(wait));
    });
  }

  /** After a lost answer: throws where the copy has changed since, for then the operation may have been done. */
  async certain() {
    for (let tries = 0; ; tries += 1) {
      try {
        const state = await call(this.language, 'desk/open', { report: this.report });
        if (state.revision === this.state.revision) return;
        this.adopt(state);
        throw new CallError(409, this.say('uncertain'));
      } catch (error) {
        if (!(error instanceof CallError) || !error.passing) throw error;
        await this.back(tries);
      }
    }
  }

  acknowledged(entries, told, structural, before) {
    const result = structural && told.results.at(-1);
    if (result) before?.(told.state ?? this.state, result);
    const isNews = told.revision >= this.state.revision;
    if (!told.state && isNews) Object.assign(this.state, { revision: told.revision, saved_at: told.saved_at, changed: true });
    entries.forEach((entry, index) => this.settle(entry, told.results[index], told.state ?? this.state, isNews));
    if (told.state) this.adopt(told.state);
    if (result?.refused) this.note(result.refused, true);
    this.tell(this.standing());
    this.emit('edited');
    return result;
  }

  /** What became of one text. Typed on since: `was` is what has just been acknowledged. */
  settle(entry, result, state, isNews) {
    if (result.clash || (result.refused && read(state, entry.target) === null)) {
      entry.clash = { theirs: result.clash?.theirs ?? null, refused: result.refused };
      this.emit('clashes');
    } else if (result.refused) {
      entry.refused = { value: entry.sending, line: result.refused }; // a date half typed: kept, and tried again when it is typed on
      this.note(result.refused, true);
    } else {
      if (isNews && state === this.state) write(state, entry.target, entry.sending);
      entry.was = entry.sending;
      delete entry.refused;
      if (entry.value === entry.was) this.texts.drop(entry);
      else this.soon();
    }
    this.emit('settled', entry.target);
  }

  /** Why the server does not take a target's pending text; undefined where it does. */
  refusal(target) {
    const entry = this.texts.get(target);
    return entry?.refused?.value === entry?.value ? entry?.refused?.line : undefined;
  }

  /** The kind of status while the server answers. */
  standing() {
    if (this.clashes().length) return 'clash';
    if (this.unsent().length) return 'saving';
    return this.texts.texts.size ? 'refused' : 'saved';
  }

  // --- clashes

  /** Texts that could not be put in: [{target, mine, theirs, by, refused}]. Those of the server are of a version that came in between. */
  clashes() {
    const typed = [...this.texts.texts.values()].filter((entry) => entry.clash);
    const merged = this.state?.clashes ?? [];
    return [
      ...typed.map(({ target, value, clash }) => ({ target, mine: value, theirs: clash.theirs ?? null, by: '', refused: clash.refused })),
      ...merged.map(({ id, mine, theirs, by }) => ({ target: targetOf(this.state, id), id, mine, theirs, by, merged: true })),
    ];
  }

  /** Ends a clash with a text of the user's choice. */
  resolve(clash, value) {
    if (clash.merged) return this.act({ op: 'settle', id: clash.id, value });
    const entry = this.texts.get(clash.target);
    if (!entry) return Promise.resolve();
    this.texts.drop(entry);
    const theirs = clash.theirs ?? this.text(clash.target);
    if (value !== null && theirs !== null && value !== theirs) this.texts.put({ target: clash.target, was: theirs, value });
    this.emit('clashes');
    this.emit('state', this.state);
    this.tell(this.standing());
    return this.flush();
  }

  // --- what comes from the server

  /** A state that nobody asked for waits for the end of what is being typed or sent: it may hold a fact that has no name here yet. */
  hear(state) {
    if (!this.sending) this.adopt(state);
    else if (!this.held || state.revision >= this.held.revision) this.held = state;
  }

  release() {
    const { held } = this;
    this.held = null;
    if (held) this.hear(held);
  }

  /** Takes a state, unless an older one. Says so only where it differs from what is shown. */
  adopt(state) {
    if (this.state && state.revision < this.state.revision) return;
    if (this.isComposing) {
      this.held = state;
      return;
    }
    const differs = JSON.stringify({ ...state, saved_at: '' }) !== JSON.stringify({ ...this.state, saved_at: '' });
    this.state = state;
    if (!differs) return;
    this.emit('state', state);
    this.emit('clashes');
    this.tell(['offline', 'ended'].includes(this.status.kind) || this.sending ? this.status.kind : this.standing());
  }

  /** Loads the report and sends what an earlier page has left. */
  async open() {
    this.adopt(await call(this.language, 'desk/open', { report: this.report }));
    if (!(await this.texts.inherit())) return;
    this.emit('state', this.state);
    for (const { local, ...addition } of [...this.texts.additions.values()]) {
      const after = this.fact(addition.after) ? addition.after : '';
      const section = this.section(addition.section) ? addition.section : 'outlook';
      this.texts.additions.delete(local);
      this.add(section, after, addition.text);
    }
    await this.flush();
  }

  /** All sections, the outlook as the last. */
  sections() {
    return sectionsOf(this.state);
  }

  keyOf = keyOf;
}
