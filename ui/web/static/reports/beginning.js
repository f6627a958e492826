// A new report from what a form tells.

import { element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { address, field, opened } from './dialog.js';
import { filled } from './words.js';

/** The select of the shipped kinds, with one more choice before them where there is one. */
export function kinds(known, first = '') {
  const options = known.map(({ kind, name }) => element('option', { value: kind }, name));
  return element('select', { name: 'kind' }, first ? element('option', { value: '' }, first) : null, options);
}

/** The fields of a new report, filled with what is known of it. */
export function particulars(words, known, today, told = {}) {
  const text = (name, more = {}) => element('input', { name, maxlength: '500', autocomplete: 'off', value: told[name] ?? '', ...more });
  const kind = kinds(known);
  if (told.kind) kind.value = told.kind;
  const [input, list] = period(today, told.period);
  return [
    field(words.kind, kind),
    field(words.organ, text('organ', { required: true })),
    field(words.topic, text('topic', { required: true }), words.topicHint),
    field(words.period, input, words.periodHint),
    list,
    field(words.issued, element('input', { name: 'issued', type: 'date', required: true, value: told.issued || today })),
    field(words.recipient, text('recipient'), words.optional),
  ];
}

/** The field of a period, with those that end before a day offered. */
export function period(today, told = '') {
  const list = element('datalist', { id: 'periods' }, periods(today).map((text) => element('option', { value: text })));
  return [element('input', { name: 'period', required: true, list: 'periods', autocomplete: 'off', maxlength: '60', value: told }), list];
}

function periods(today) {
  const [year, month] = today.split('-').map(Number);
  const half = month > 6 ? `${year}年上半年` : `${year - 1}年下半年`;
  const quarter = Math.floor((month - 1) / 3);
  const quarters = ['四', '一', '二', '三'];
  const last = month > 1 ? `${year}年${month - 1}月` : `${year - 1}年12月`;
  return [half, `${year}年`, `${year - 1}年`, `${quarter ? year : year - 1}年第${quarters[quarter]}季度`, last];
}

/** Asks for the particulars, makes the report, and goes to its desk. */
export async function begin(words, language) {
  const { kinds: known, today } = await call(language, 'reports/kinds', {});
  const content = element('div', { className: 'fields' }, particulars(words, known, today));
  opened(words, words.begin, content, {
    submit: words.make,
    act: async ({ tell, dialog }) => {
      const told = Object.fromEntries([...new FormData(dialog.querySelector('form'))]);
      const found = await call(language, 'reports/new', told);
      if (found.made) window.location.assign(address(language, 'desk', found.report));
      else if (!found.report) tell(filled(words.notYours, { name: found.name }));
      else {
        tell(words.there);
        const link = element('a', { href: address(language, 'desk', found.report) }, found.name);
        dialog.querySelector('.told').append(link);
      }
    },
  });
  content.querySelector('[name=organ]').focus();
}
