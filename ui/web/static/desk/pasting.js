// The dialog that takes a list of lines or a table.

import { button, element } from './build.js';

/** Asks for the text; `paste(text)` resolves to the operation's result. A refusal leaves the dialog open with what was put in. */
export function askPaste(store, section, paste) {
  const say = (key, values) => store.say(key, values);
  const field = element('textarea', { rows: 10, 'aria-label': say('paste_text'), spellcheck: 'false' });
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const dialog = element(
    'dialog',
    { class: 'desk-dialog', 'aria-label': say('paste_title', { section }), onclose: () => dialog.remove() },
    element('h2', {}, say('paste_title', { section })),
    element('p', { class: 'quiet' }, say('paste_help')),
    field,
    problem,
    element('div', { class: 'row' }, button(say('paste_do'), () => send(), { class: 'primary' }), button(say('cancel'), () => dialog.close())),
  );
  async function send() {
    if (!field.value.trim()) return dialog.close();
    const result = await paste(field.value);
    if (result.ok) return dialog.close();
    problem.textContent = result.refused ?? say('failed', { status: '' });
    problem.hidden = false;
    return undefined;
  }
  document.querySelector('.page.desk').append(dialog);
  dialog.showModal();
  field.focus();
}
