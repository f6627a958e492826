// A dialog of the page: the browser's own, which keeps the focus inside and closes with Escape.

import { button, element } from '../desk/build.js';
import { based } from '../base.js';

/** Opens a dialog with a title, a form's content and what its button does. Gives {dialog, tell, busy, finish}. */
export function opened(words, title, content, { submit = '', act = null } = {}) {
  const told = element('p', { className: 'told', role: 'alert' });
  const working = element('p', { className: 'working', role: 'status', hidden: true }, element('progress'), ' ', element('span'));
  const press = element('button', { type: 'submit', className: 'primary', hidden: !submit }, submit);
  const close = button(submit ? words.cancel : words.close, () => dialog.close());
  const form = element('form', { method: 'dialog' }, content, told, working, element('p', { className: 'actions' }, close, press));
  const dialog = element('dialog', { className: 'shelf-dialog', 'aria-label': title }, element('h2', {}, title), form);
  const busy = (text) => {
    working.hidden = !text;
    working.lastChild.textContent = text;
    press.disabled = Boolean(text);
  };
  const tell = (text) => {
    told.replaceChildren(...text.split('\n').map((line) => element('span', {}, line)));
  };
  /** The form's content gives way to a result, and the button goes. */
  const finish = (...result) => {
    form.firstChild.replaceWith(...result);
    press.remove();
    close.textContent = words.close;
    close.focus();
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!act || press.disabled) return;
    tell('');
    busy(words.wait);
    try {
      await act({ tell, busy, finish, dialog });
    } catch (error) {
      tell(error.detail || words.unreached);
    } finally {
      busy('');
    }
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, tell, busy, finish };
}

/** A labelled field. */
export function field(label, control, hint = '') {
  return element('label', { className: 'field' }, element('span', {}, label), control, hint ? element('small', {}, hint) : null);
}

/** The address of a report on a page. */
export function address(language, page, report) {
  return based(`/${language}/${page}?report=${encodeURIComponent(report)}`);
}

/** What became of the reports of a form or a file, a line each. */
export function outcome(words, language, reports) {
  return element(
    'ul',
    { className: 'outcome' },
    reports.map((one) =>
      one.report
        ? element('li', {}, element('a', { href: address(language, 'desk', one.report) }, one.name), ` — ${one.made ? words.made : words.before}`)
        : element('li', {}, `${one.name} — ${words.hidden}`),
    ),
  );
}

