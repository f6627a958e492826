// Usage: what was asked of models, by month, by model and by user.

import { element } from '../desk/build.js';
import { filled } from './words.js';
import { table } from './working.js';

/** Fills the tab. */
export async function usage(page, content) {
  const { words, language } = page;
  const told = await page.ask('usage');
  const number = (value, digits = 0) => value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const line = (one) => [
    one.of,
    number(one.jobs),
    number(one.calls),
    number(one.prompt_tokens),
    number(one.completion_tokens),
    number(one.milliseconds / 1000),
    ...(told.prices ? [number(one.cost, 2)] : []),
  ];
  const headings = [words.jobs, words.calls, words.sent, words.received, words.seconds, ...(told.prices ? [words.cost] : [])];
  content.append(element('p', { className: 'quiet' }, told.prices ? filled(words.prices, told.prices) : words.noPrices));
  if (!told.months.length) content.append(element('p', { className: 'notice' }, words.noUsage));
  else for (const by of ['months', 'models', 'people']) content.append(element('h2', {}, words.by[by]), table([words.of[by], ...headings], told[by].map(line), [1, 2, 3, 4, 5, 6]));
}
