// A button whose work takes a while: it says so, cannot be pressed twice, and tells what went wrong.

import { button, element } from '../desk/build.js';

/** A button and the line beside it. `act` returns the line to show, elements or a text; `waiting` stands there meanwhile. */
export function working(words, text, waiting, act, properties = {}) {
  const said = element('p', { className: 'said', role: 'status' });
  const press = button(
    text,
    async () => {
      press.disabled = true;
      said.className = 'said';
      said.replaceChildren(element('progress'), ` ${waiting}`);
      try {
        said.replaceChildren(...[(await act()) ?? ''].flat());
      } catch (error) {
        said.className = 'said problem';
        said.replaceChildren(error.detail || words.unreached);
      }
      press.disabled = false;
    },
    properties,
  );
  return [press, said];
}

/** A table with a row of headings; cells are texts or elements, and those of columns named in `numbers` stand to the right. */
export function table(headings, rows, numbers = []) {
  const cell = (tag, content, at) => element(tag, { className: numbers.includes(at) ? 'number' : null, scope: tag === 'th' ? 'col' : null }, content);
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, headings.map((heading, at) => cell('th', heading, at)))),
    element('tbody', {}, rows.map((row) => (row instanceof Element ? row : element('tr', {}, row.map((content, at) => cell('td', content, at)))))),
  );
}

/** A time of the server's, as people here write it. */
export function time(at, language) {
  const shown = new Date(at);
  return Number.isNaN(shown.valueOf()) ? at : shown.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'short', timeStyle: 'medium' });
}
