// What the report is about: its head. For a document without one, a form that begins it.

import { button, element } from './build.js';
import { textField } from './textfield.js';

const FIELDS = ['organ', 'recipient', 'topic', 'period', 'issued', 'title'];
const LISTS = ['terms', 'attachments'];
const HINTS = { period: 'period_hint', issued: 'issued_hint', title: 'title_hint', terms: 'terms_hint', attachments: 'attachments_hint' };

/** {root, refresh()} */
export function headFields(store) {
  const say = (key, values) => store.say(key, values);
  const root = element('div', { class: 'head' });
  let shown = null;
  let fields = [];

  function bound() {
    const make = (field, rows) =>
      textField(store, { kind: 'head', field }, { rows, label: say(field), placeholder: HINTS[field] ? say(HINTS[field]) : undefined });
    fields = [...FIELDS.map((field) => make(field, 0)), ...LISTS.map((field) => make(field, 2))];
    const summary = element('summary', {}, say('about'), element('span', { class: 'quiet brief' }));
    const labels = [...FIELDS, ...LISTS].map((field, index) => element('label', {}, say(field), fields[index]));
    return [element('details', { class: 'about' }, summary, element('div', { class: 'inside' }, labels))];
  }

  function form() {
    fields = [];
    const known = store.state.begins_with ?? {};
    const inputs = FIELDS.map((field) => element('input', { name: field, value: known[field] ?? '', placeholder: HINTS[field] ? say(HINTS[field]) : undefined }));
    const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
    const send = async (event) => {
      event.preventDefault();
      const head = Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()]));
      const result = await store.act({ op: 'begin_brief', head }).catch((error) => ({ refused: error.detail }));
      problem.textContent = result.refused ?? '';
      problem.hidden = !result.refused;
    };
    return [
      element(
        'form',
        { class: 'begin', onsubmit: send },
        element('h3', {}, say('begin')),
        element('p', { class: 'quiet' }, say('begin_help')),
        FIELDS.map((field, index) => element('label', {}, say(field), inputs[index])),
        problem,
        element('button', { type: 'submit', class: 'primary' }, say('begin_do')),
      ),
    ];
  }

  function refresh() {
    const { head, can_write: canWrite } = store.state;
    const wanted = head ? 'bound' : canWrite ? 'form' : 'nothing';
    if (shown !== wanted) root.replaceChildren(...(wanted === 'bound' ? bound() : wanted === 'form' ? form() : []));
    shown = wanted;
    for (const field of fields) {
      field.refresh();
      field.readOnly = !canWrite;
    }
    const told = root.querySelector('.brief');
    if (told) told.textContent = [head.organ, head.period, head.topic].filter(Boolean).join(' · ');
  }

  return { root, refresh };
}
