// Conflicts: where a person's words stand and a regeneration's wait; one of the two is chosen.

import { button, element } from '../desk/build.js';

export function mountConflicts(section, page) {
  const { say, told } = page;
  section.hidden = !told.conflicts.length;
  section.replaceChildren(element('h2', {}, `${say('conflicts')} ${told.conflicts.length}`), ...told.conflicts.map((one) => clash(page, one)));
}

function clash(page, one) {
  const { say, told } = page;
  const side = (name, text) => element('p', { class: 'said' }, element('b', {}, say(name)), ' ', text || say('empty'));
  const choose = (take) => () => page.ask('conflict', { conflict: one.id, take });
  const tools = element('p', { class: 'tools' }, button(say('keep'), choose(false), { class: 'keep' }), button(say('take'), choose(true), { class: 'take' }));
  return element('div', { class: 'thread', 'data-conflict': one.id }, element('p', { class: 'quiet' }, one.heading), side('mine', one.mine), side('theirs', one.theirs), told.may.settle ? tools : null);
}
