// What the gate says of the version: what stands in the way, what was let stand, what was not checked.

import { element } from '../desk/build.js';
import { filled } from './words.js';
import { based } from '../base.js';

/** The panel of the gate. `told` is the answer of export/look. */
export function gate(words, language, told) {
  const desk = based(`/${language}/desk?report=${told.report}`);
  return element(
    'section',
    { className: 'gate', 'aria-label': words.take },
    element('p', { className: told.allowed ? 'verdict open' : 'verdict shut', role: 'status' }, verdict(words, told)),
    told.allowed ? element('p', { className: 'quiet' }, told.signed ? words.signed : words.unsigned) : null,
    told.findings.length ? element('ol', { className: 'findings' }, told.findings.map((one) => finding(words, one, desk))) : null,
    part(words.unchecked, told.unchecked.map((one) => `${one.code} ${one.name}：${filled(words.lacking, { lacking: one.lacking })}`)),
    part(words.waivers, told.waivers.map((one) => `${one.code} ${one.name}：${one.reason}（${one.by}）`)),
    part(words.off, told.off),
    told.warnings ? element('p', { className: 'quiet' }, filled(words.warnings, { count: told.warnings })) : null,
  );
}

function verdict(words, told) {
  return told.allowed ? words.pass : filled(words.blocked, { count: told.errors });
}

function finding(words, one, desk) {
  const place = one.of_brief ? words.brief : one.block >= 0 ? filled(words.place, { block: one.block + 1 }) : '';
  const quote = one.quote ? element('q', {}, one.before, element('mark', {}, one.quote), one.after) : null;
  return element(
    'li',
    {},
    element('a', { href: `${desk}&finding=${encodeURIComponent(one.code)}`, title: words.mend }, `${one.code} ${one.name}`),
    element('small', {}, ` ${place}`),
    element('p', {}, one.message + (one.expected ? `（${filled(words.expected, { expected: one.expected })}）` : '')),
    one.evidence ? element('p', { className: 'quiet' }, one.evidence) : null,
    quote,
  );
}

function part(title, lines) {
  return lines.length ? element('div', { className: 'part' }, element('h3', {}, title), element('ul', {}, lines.map((line) => element('li', {}, line)))) : null;
}
