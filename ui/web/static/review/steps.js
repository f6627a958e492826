// The steps that this person may take with this version. The server decides on each again.

import { button, element } from '../desk/build.js';

export function mountSteps(section, page) {
  const { say, told } = page;
  const { may, level } = told;
  const buttons = [];
  if (may.submit) buttons.push(button(say('submit'), () => page.ask('submit'), { class: 'primary submit' }));
  if (may.approve) buttons.push(button(say.words.pass[level], () => ask('approve', say('note'), false), { class: 'primary approve' }));
  if (may.return) buttons.push(button(say('back'), () => ask('return', say('reason'), true), { class: 'return' }));

  /** A word along with the step; a return needs one. */
  function ask(name, label, needed) {
    const field = element('input', { type: 'text', 'aria-label': label, placeholder: label, maxlength: '500' });
    const sure = async () => {
      if (needed && !field.value.trim()) return field.focus();
      if (await page.ask(name, { reason: field.value })) page.tell(page.say('done'));
      return undefined;
    };
    field.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && sure());
    section.replaceChildren(field, button(say('sure'), sure, { class: 'primary sure' }), button(say('cancel'), () => mountSteps(section, page)));
    field.focus();
  }

  section.replaceChildren(element('span', { class: 'quiet' }, `${say('state')} ${told.standing}`), ...buttons);
}
