// Comments: on the change that is looked at, on what is selected, on the whole; answered and settled.

import { button, element } from '../desk/build.js';

export function mountComments(section, page) {
  const { say, told } = page;
  const threads = told.comments.filter((one) => !one.reply_to);
  const typed = section.querySelector('textarea')?.value ?? '';
  section.replaceChildren(
    element('h2', {}, `${say('comments')} ${threads.filter((one) => !one.settled).length}`),
    writing(page, typed),
    ...threads.map((one) => thread(page, one, told.comments.filter((other) => other.reply_to === one.id))),
  );
}

/** The field for a new comment; what stands in it outlasts a refusal. */
function writing(page, typed) {
  const { say } = page;
  const field = element('textarea', { rows: 2, 'aria-label': say('write'), placeholder: say('write'), maxlength: '2000', value: typed });
  const send = async () => {
    if (!field.value.trim()) return;
    const text = field.value;
    field.value = '';
    if (!(await page.ask('comment', { text, change: page.current }))) field.value = text;
  };
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    if (event.key === 'Escape') field.blur();
  });
  return element('div', { class: 'writing' }, field, button(say('send'), send, { class: 'send' }));
}

function thread(page, first, answers) {
  const { say } = page;
  const line = (one) => element('p', { class: 'said' }, element('b', {}, one.by), one.quote && one === first ? element('q', {}, one.quote.slice(0, 40)) : null, ' ', one.text);
  const field = element('input', { type: 'text', 'aria-label': say('reply'), placeholder: say('reply'), maxlength: '2000' });
  const reply = async () => {
    if (field.value.trim()) await page.ask('comment', { text: field.value, reply_to: first.id });
  };
  field.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && reply());
  const tools = first.settled
    ? element('p', { class: 'quiet' }, say('settled', { name: first.settled }))
    : element('p', { class: 'tools' }, field, button(say('reply'), reply), button(say('settle'), () => page.ask('settle', { comment: first.id }), { class: 'settle' }));
  return element('div', { class: first.settled ? 'thread settled' : 'thread' }, line(first), ...answers.map(line), tools);
}
