// The audit: every entry, searched, and the proof that none was altered.

import { button, element } from '../desk/build.js';
import { filled } from './words.js';
import { table, time, working } from './working.js';

/** Fills the tab. */
export async function audit(page, content) {
  const { words } = page;
  const search = element('input', { type: 'search', maxlength: '200', placeholder: words.searchHint, 'aria-label': words.search });
  const first = element('input', { type: 'date', 'aria-label': words.from });
  const last = element('input', { type: 'date', 'aria-label': words.to });
  const list = element('div', { className: 'list' });
  const show = async (before, body) => {
    const told = await page.ask('audit', { before, search: search.value, first: first.value, last: last.value });
    fill(page, list, body, told, (number) => show(number, list.querySelector('tbody')));
  };
  const form = element('form', { className: 'searching', role: 'search' }, search, first, '–', last, element('button', { type: 'submit' }, words.search));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show(0, null).catch((error) => list.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || words.unreached)));
  });
  await show(0, null);
  content.append(element('div', { className: 'proving' }, proof(page), element('p', { className: 'quiet' }, words.headHint)), form, list);
}

function fill(page, list, body, told, further) {
  const { words } = page;
  list.querySelector('.more')?.remove();
  const rows = told.entries.map((one) => row(page, one));
  if (body) body.append(...rows);
  else if (!rows.length) return list.replaceChildren(element('p', { className: 'notice' }, words.noEntries));
  else list.replaceChildren(table([words.number, words.at, words.who, words.what, words.subject, words.via], rows));
  if (told.more) {
    const more = button(words.more, () => ((more.disabled = true), further(told.entries.at(-1).number)), { className: 'more' });
    list.append(more);
  }
  return undefined;
}

function row({ words, language }, one) {
  const kind = words.subjects[one.subject] ?? one.subject;
  const subject = [kind, one.subject_id || '', one.name].filter((part) => part !== '').join(' ');
  const action = words.actions[one.action] ?? words.actions[one.action.replace(/^propose-/, '')] ?? one.action;
  const cells = [one.number, time(one.at, language), one.who, action, subject, one.via];
  return element('tr', {}, cells.map((cell) => element('td', {}, String(cell))));
}

function proof(page) {
  const { words } = page;
  return working(words, words.prove, words.proving, async () => {
    const found = await page.ask('verify');
    if (found.sound) return element('span', {}, filled(words.sound, found));
    const lines = found.problems.map((problem) => element('li', {}, problem));
    if (found.more) lines.push(element('li', {}, filled(words.andMore, { count: found.more })));
    return element('div', { className: 'problem', role: 'alert' }, filled(words.unsound, { count: found.problems.length + found.more }), element('ul', {}, lines));
  });
}
