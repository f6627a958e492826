// The changes one by one: what went, what came, who made it, on which facts it stands, and what was said of it.

import { button, element } from '../desk/build.js';

export function mountChanges(section, page) {
  const { say, told } = page;
  const open = told.changes.filter((one) => !one.decision).map((one) => one.id);
  const head = element('h2', {}, `${say('changes')} ${told.changes.length}`);
  const list = element('ol', {}, ...told.changes.map((change) => item(page, change)));
  const keys = told.may.judge ? element('p', { class: 'keys quiet' }, say('keys')) : null;
  const scrolled = section.querySelector('ol')?.scrollTop ?? 0;
  section.replaceChildren(head, ...[keys, told.may.judge && open.length > 1 ? bulk(page, open) : null].filter(Boolean), told.changes.length ? list : element('p', { class: 'quiet' }, say('none')));
  list.scrollTop = scrolled;
}

function item(page, change) {
  const { say, told } = page;
  const figures = /\d/.test(change.old + change.new);
  const words = element(
    'p', { class: figures ? 'words figure' : 'words' },
    change.old ? element('del', {}, short(change.old)) : element('span', { class: 'quiet' }, say('came')),
    ' ',
    change.new ? element('ins', {}, short(change.new)) : element('span', { class: 'quiet' }, say('empty')),
  );
  const kind = change.kind === 'text' ? '' : ` · ${say.words.kinds[change.kind]}`;
  const from = element('p', { class: 'quiet from' }, `${change.heading}${kind}${change.by ? ` · ${say('by', { name: change.by })}` : ''}`);
  const facts = change.facts.map((fact) => element('span', { class: 'fact', title: fact.text }, fact.id));
  const backed = change.new && change.kind !== 'particulars'
    ? element('p', { class: 'quiet backed' }, facts.length ? `${say('backed')} ` : say('unbacked'), ...facts) : null;
  const word = change.decision ? element('span', { class: `decision ${change.decision.word}` }, `${say(change.decision.word)} ${change.decision.by}`) : null;
  const press = (name, sign) => button(`${say(name)} ${sign}`, (event) => {
    event.stopPropagation();
    page.judge(name, [change.id]);
  }, { class: name, 'data-word': name });
  const tools = told.may.judge ? element('p', { class: 'tools' }, press('accept', 'a'), press('reject', 'r'), word) : word;
  return element('li', { 'data-change': change.id }, words, from, backed, tools);
}

/** All that are left at once; asks once and names what it takes. */
function bulk(page, open) {
  const { say } = page;
  const line = element('p', { class: 'bulk' });
  const offer = () => line.replaceChildren(button(say('all_accept'), () => ask('accept')), button(say('all_reject'), () => ask('reject')));
  const ask = (word) => line.replaceChildren(
    element('span', { role: 'alert' }, say(`ask_${word}`, { count: open.length })), ' ',
    button(say('yes'), () => page.judge(word, open)), button(say('no'), offer),
  );
  offer();
  return line;
}

const short = (text) => (text.length > 80 ? `${text.slice(0, 60)}…${text.slice(-12)}` : text);
