// The page without a report: which one is meant.

import { element } from './build.js';
import { call } from './call.js';
import { based } from '../base.js';

/** Fills the root with the reports that the user may read, each a link to this page. `words`: choose, none, unreached. */
export async function choosing(root, language, page, words) {
  let reports;
  try {
    ({ reports } = await call(language, 'export/reports', {}));
  } catch (error) {
    root.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || words.unreached));
    return;
  }
  const list = reports.map((one) => element('li', {}, element('a', { href: based(`/${language}/${page}?report=${one.report}`) }, one.name)));
  const content = list.length ? element('ul', {}, list) : element('p', { className: 'notice' }, words.none);
  root.replaceChildren(element('section', { className: 'choosing' }, element('h1', {}, words.choose), content));
}
