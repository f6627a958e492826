// The model: which one drafts here, and whether it answers.

import { element } from '../desk/build.js';
import { filled } from './words.js';
import { working } from './working.js';

/** Fills the tab. */
export async function model(page, content) {
  const { words } = page;
  const told = await page.ask('model');
  const pair = (name, value) => [element('dt', {}, name), element('dd', {}, value)];
  const composer = told.provider === 'composer';
  content.append(
    told.problem
      ? element('p', { className: 'problem', role: 'alert' }, told.problem)
      : element('dl', {}, pair(words.spec, composer ? words.composerName : told.spec), composer ? [] : pair(words.endpoint, told.endpoint || (told.provider === 'gguf' ? words.here : told.provider))),
    ...working(words, words.ask, words.asking, async () => {
      const health = await page.ask('ask-model');
      return filled(words.outcomes[health.outcome], health);
    }),
    element('p', { className: 'quiet' }, words.modelHint),
  );
}
