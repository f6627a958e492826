// The line at the bottom: whether everything is kept, which version this is, and what makes the next.

import { button, element } from './build.js';
import { CallError } from './call.js';

export function mountStatus(bar, store) {
  const line = new StatusLine(bar, store);
  store.on('status', ({ kind }) => line.refresh(kind));
  store.on('state', () => line.refresh());
  store.on('edited', () => line.refresh());
  store.on('said', (told) => line.said(told));
  document.addEventListener('keydown', (event) => line.key(event));
  line.refresh();
  return line;
}

class StatusLine {
  constructor(bar, store) {
    const say = (key) => store.say(key);
    this.store = store;
    this.kept = element('span', { class: 'kept', role: 'status' });
    this.version = element('span', { class: 'version' });
    this.told = element('span', { class: 'told', role: 'alert' });
    this.drafting = element('div', { class: 'drafting' });
    this.undoing = button(say('undo'), () => this.undo(), { title: say('undo_title') });
    this.discarding = button(say('discard'), () => this.discard(), { class: 'danger' });
    this.discarding.addEventListener('blur', () => this.disarm());
    this.note = element('input', { class: 'note', 'aria-label': say('save_note'), placeholder: say('save_note'), maxlength: 200 });
    this.saving = button('', () => this.save(), { title: say('save_title') });
    this.submitting = button(say('submit'), () => this.submit(), { class: 'primary', title: say('submit_title') });
    this.tools = element('span', { class: 'versions' }, this.undoing, this.discarding, this.note, this.saving, this.submitting);
    bar.append(this.kept, this.version, this.told, this.drafting, this.tools);
  }

  refresh(kind) {
    const { store } = this;
    if (kind === 'saving' && !this.busy) this.said({ line: '', isProblem: false }); // what was said was about what stood before
    const { state, status } = store;
    const { base, changed, can_write: canWrite, can_undo: canUndo } = state;
    const number = base.number;
    const kept = status.kind === 'saved' ? this.saved() : store.say(status.kind, { count: store.clashes().length });
    this.kept.hidden = !canWrite;
    if (this.kept.textContent !== kept) this.kept.textContent = kept;
    this.kept.dataset.kind = status.kind;
    const version = [store.say(changed ? 'version_changed' : 'version', { number }), state.standing].filter(Boolean).join(' · ');
    this.version.textContent = canWrite ? version : `${version} · ${store.say('reading')}`;
    this.tools.hidden = !canWrite;
    this.undoing.disabled = !canUndo;
    this.discarding.hidden = !changed;
    this.discarding.title = store.say('discard_title', { number });
    this.saving.textContent = store.say('save', { number: number + 1 });
    this.saving.disabled = !changed;
  }

  saved() {
    const at = this.store.state.saved_at;
    if (!at) return this.store.say('saved');
    const locale = this.store.language === 'zh' ? 'zh-CN' : 'en-GB';
    return this.store.say('saved_at', { time: new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }) });
  }

  said({ line, isProblem }) {
    this.told.textContent = line;
    this.told.classList.toggle('error', isProblem);
  }

  key(event) {
    const control = event.ctrlKey || event.metaKey;
    if (event.isComposing || !control || !this.store.state.can_write) return;
    const key = event.key.toLowerCase();
    const doing = key === 's' && !event.altKey ? () => this.save() : key === 'z' && event.altKey ? () => this.undo() : null;
    if (!doing) return;
    event.preventDefault();
    doing();
  }

  /** Runs one of the line's actions and says what came of it. */
  async doing(pressed, task) {
    pressed.disabled = true;
    this.busy = true;
    this.said({ line: '', isProblem: false });
    try {
      const line = await task();
      if (line) this.said({ line, isProblem: false });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.said({ line: error.detail || this.store.say('failed', { status: error.status }), isProblem: true });
    } finally {
      pressed.disabled = false;
      this.busy = false;
      this.refresh();
    }
  }

  undo() {
    return this.doing(this.undoing, async () => {
      const result = await this.store.act({ op: 'undo' });
      return result.ok ? this.store.say('undone') : '';
    });
  }

  save() {
    return this.doing(this.saving, async () => {
      const before = this.store.state.base.number;
      const told = await this.store.ask('desk/save', { note: this.note.value.trim() });
      const number = told.state?.base?.number ?? told.version?.number ?? before;
      if (number === before) return this.store.say('nothing_new', { number });
      this.note.value = '';
      return this.store.say('version_made', { number });
    });
  }

  submit() {
    return this.doing(this.submitting, async () => {
      await this.store.ask('desk/submit', { reason: '' });
      await this.store.ask('desk/open');
      return this.store.say('submitted');
    });
  }

  /** Asks once, in place. */
  discard() {
    const number = this.store.state.base.number;
    if (!this.armed) {
      this.armed = true;
      this.discarding.textContent = this.store.say('discard_sure', { number });
      return undefined;
    }
    this.disarm();
    return this.doing(this.discarding, async () => {
      await this.store.ask('desk/discard');
      return this.store.say('discarded', { number });
    });
  }

  disarm() {
    this.armed = false;
    this.discarding.textContent = this.store.say('discard');
  }
}
