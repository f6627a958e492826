// Who writes a report together.

import { button, element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { field, opened } from './dialog.js';
import { filled } from './words.js';

/** Shows the co-drafters of a report, and adds and removes them. */
export async function share(words, language, report) {
  let told = await call(language, 'reports/drafters', { report });
  const content = element('div', { className: 'sharing' });
  const { tell, busy } = opened(words, filled(words.sharing, { name: told.name }), content);
  const change = async (name, who) => {
    tell('');
    busy(words.wait);
    try {
      await call(language, name, { report, name: who });
      told = await call(language, 'reports/drafters', { report });
      show();
    } catch (error) {
      tell(error.detail || words.unreached);
    } finally {
      busy('');
    }
  };
  const one = (who) => element('li', {}, element('span', {}, who), button(words.end, () => change('reports/unshare', who)));
  const show = () => {
    const list = told.sharing.length ? element('ul', {}, told.sharing.map(one)) : element('p', { className: 'quiet' }, words.nobody);
    const choice = element('select', {}, told.others.map((name) => element('option', { value: name }, name)));
    const add = told.others.length
      ? element('p', { className: 'add' }, field(words.others, choice), button(words.add, () => change('reports/share', choice.value)))
      : element('p', { className: 'quiet' }, words.noOthers);
    const hint = told.sharing.length ? element('p', { className: 'quiet' }, words.ended) : null;
    content.replaceChildren(...[element('p', { className: 'quiet' }, filled(words.began, { name: told.began })), list, add, hint].filter(Boolean));
  };
  show();
}
