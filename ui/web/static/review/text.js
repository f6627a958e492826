// The text in the middle: the changes inline or side by side, or one of the two versions as it reads.

import { button, element } from '../desk/build.js';

export function mountText(section, page) {
  const { say, told } = page;
  const choice = (name, group, value) =>
    button(say(name), () => {
      page[group] = value;
      mountText(section, page);
      page.mark(true);
    }, { 'aria-pressed': String(page[group] === value), class: 'choice' });
  const bar = element(
    'div',
    { class: 'bar', role: 'toolbar', 'aria-label': say('view') },
    choice('inline', 'view', 'inline'), choice('sides', 'view', 'sides'),
    element('span', { class: 'gap' }, say('preview')),
    choice('marked', 'preview', 'marked'), choice('as_old', 'preview', 'as_old'), choice('as_new', 'preview', 'as_new'),
  );
  const open = page.preview !== 'marked';
  const sheet = element('div', { class: `sheet ${open ? 'inline' : page.view} ${page.preview}`, tabindex: '0', role: 'document' });
  sheet.innerHTML = open || page.view === 'inline' ? told.inline : told.sides; // made and escaped by ui/web/html/review.py
  if (open) for (const one of sheet.querySelectorAll('details')) one.open = true;
  section.replaceChildren(bar, sheet);
}
