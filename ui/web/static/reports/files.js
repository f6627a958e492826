// A file becomes reports, or the next version of one.

import { element } from '../desk/build.js';
import { call, CallError } from '../desk/call.js';
import { kinds, particulars, period } from './beginning.js';
import { address, field, opened, outcome } from './dialog.js';
import { filled } from './words.js';
import { based } from '../base.js';

const LARGEST = 20 * 1024 * 1024;
const DOCUMENT = ['document', 'last', 'onto'];
const TEXT = ['document', 'last', 'onto'];
const PURPOSES = {
  xlsx: ['spreadsheet'],
  xlsm: ['spreadsheet'],
  csv: ['spreadsheet'],
  yaml: ['brief'],
  yml: ['brief'],
  docx: DOCUMENT,
  docm: DOCUMENT,
  md: TEXT,
  markdown: TEXT,
  txt: TEXT,
  json: TEXT,
};
const ACCEPTED = Object.keys(PURPOSES).map((ending) => `.${ending}`).join(',');

/** Opens the dialog, with the files that were dropped, of which the first is taken. `drafts` is whether the user may begin reports. */
export async function take(words, language, drafts, dropped) {
  const [{ kinds: known, today }, { reports }] = await Promise.all([
    drafts ? call(language, 'reports/kinds', {}) : { kinds: [], today: '' },
    call(language, 'export/reports', {}),
  ]);
  let file = null;
  let asked = null;
  const input = element('input', { type: 'file', accept: ACCEPTED, 'aria-label': words.choose });
  const ways = element('fieldset', { className: 'ways', hidden: true }, element('legend', {}, words.purpose));
  const more = element('div', { className: 'fields' });
  const content = element('div', { className: 'file' }, element('p', { className: 'chosen' }), input, ways, more);
  const label = { spreadsheet: words.asSpreadsheet, brief: words.asBrief, document: words.asDocument, last: words.asLast, onto: words.asOnto };
  const chosen = () => ways.querySelector('input:checked')?.value ?? '';

  const { tell, busy, dialog } = opened(words, words.fromFile, content, {
    submit: words.take,
    act: async ({ tell: say, finish }) => {
      if (!file) return say(words.noFile);
      if (!chosen()) return say(words.unknown);
      if (file.size > LARGEST) return say(words.tooLarge);
      busy(filled(words.reading, { name: file.name }));
      const told = Object.fromEntries([...new FormData(dialog.querySelector('form'))].filter(([, value]) => typeof value === 'string'));
      delete told.way;
      const answer = await sent(language, chosen(), file, told);
      if (answer.asked) {
        asked = answer.asked;
        show();
        more.querySelector('[name=tracked]').focus();
        return undefined;
      }
      return finish(...result(words, language, answer));
    },
  });

  const begins = (told) => (told.length === 1 ? particulars(words, known, today, told[0]) : [several(words, told)]);
  const show = async () => {
    const [way, of] = [chosen(), file];
    more.replaceChildren();
    if (way === 'document') more.replaceChildren(field(words.kind, kinds(known, words.kindOfFile)));
    else if (way === 'onto') more.replaceChildren(...onto(words, reports, asked));
    else if (way && of.size <= LARGEST) {
      const told = await recognised(of);
      if (told && file === of && chosen() === way) more.replaceChildren(...(way === 'last' ? last(words, known, today, told[0]) : begins(told)));
    }
  };
  /** What the file says of its reports; null, and told why, where it cannot be read. */
  const recognised = async (of) => {
    busy(filled(words.reading, { name: of.name }));
    try {
      return (await sent(language, 'recognise', of, {})).recognised;
    } catch (error) {
      if (file === of) tell(error.detail || words.unreached);
      return null;
    } finally {
      if (file === of) busy('');
    }
  };
  const choose = (next) => {
    file = next;
    asked = null;
    tell('');
    content.firstChild.textContent = file ? file.name : words.noFile;
    const purposes = file ? (PURPOSES[file.name.toLowerCase().split('.').pop()] ?? []) : [];
    const open = purposes.filter((one) => drafts || one === 'onto');
    if (file && !open.length) tell(words.unknown);
    ways.hidden = !open.length;
    ways.replaceChildren(
      ways.firstChild,
      ...open.map((one, place) =>
        element('label', {}, element('input', { type: 'radio', name: 'way', value: one, checked: place === 0, onchange: show }), label[one]),
      ),
    );
    show();
  };
  const bring = (files) => {
    choose(files[0] ?? null);
    if (files.length > 1) tell(filled(words.oneFile, { name: files[0].name }));
  };
  input.addEventListener('change', () => choose(input.files[0] ?? null));
  dialog.addEventListener('dropped', ({ detail }) => content.isConnected && bring(detail));
  bring(dropped);
}

/** Sends the file as it is; the server's answer, or CallError. */
export async function sent(language, purpose, file, told) {
  const query = new URLSearchParams({ ...told, name: file.name });
  let answer;
  try {
    const headers = { 'content-type': 'application/octet-stream' };
    answer = await fetch(based(`/upload/${language}/${purpose}?${query}`), { method: 'POST', headers, body: file });
  } catch (error) {
    throw new CallError(0, '');
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new CallError(answer.status, data.detail ?? '');
  return data;
}

/** The reports of a table, by name: each is as the table says. */
function several(words, told) {
  return element('div', {}, words.several, element('ul', {}, told.map((one) => element('li', {}, `${one.organ}${one.period}${one.topic}`))));
}

function last(words, known, today, told) {
  const [input, list] = period(today, told.period);
  const kind = kinds(known, words.kindOfFile);
  kind.value = told.kind;
  return [
    field(words.period, input, words.periodHint),
    list,
    field(words.issued, element('input', { name: 'issued', type: 'date', required: true, value: today })),
    field(words.kind, kind),
    field(words.organ, element('input', { name: 'organ', maxlength: '500', value: told.organ }), words.asInFile),
    field(words.topic, element('input', { name: 'topic', maxlength: '500', value: told.topic }), words.asInFile),
  ];
}

function onto(words, reports, asked) {
  const which = element('select', { name: 'report' }, reports.map((one) => element('option', { value: String(one.report) }, one.name)));
  const force = element('input', { type: 'checkbox', name: 'force', value: 'yes' });
  const ways = ['proposed', 'accepted', 'rejected'].map((way) => element('option', { value: way }, words[way]));
  const tracked = asked && field(filled(words.tracked, { count: asked.count, authors: asked.authors.join('、') }), element('select', { name: 'tracked' }, ways));
  return [field(words.onto, which), tracked, element('label', { className: 'check' }, force, words.force)].filter(Boolean);
}

function result(words, language, answer) {
  const notes = answer.notes?.length
    ? [element('h3', {}, words.notes), element('ul', { className: 'notes' }, answer.notes.map((line) => element('li', {}, line)))]
    : [];
  if (answer.walk) window.location.assign(address(language, 'roll', answer.walk));
  if (answer.reports) return [element('div', {}, element('h3', {}, words.result), outcome(words, language, answer.reports), ...notes)];
  const { kept } = answer;
  const said = !kept.changed ? words.same : kept.number ? filled(words.kept, { number: kept.number }) : words.waiting;
  const more = kept.comments ? `；${filled(words.comments, { count: kept.comments })}` : '';
  const link = element('a', { href: address(language, 'review', kept.report) }, words.review);
  return [element('div', {}, element('p', {}, `${kept.name}：${said}${more} `, link), ...notes)];
}
