// One finding: severity, code, what is wrong and why; going there, mending, waiving, writing in.

import { arrange, button, element as make } from './build.js';

/** A view {element, update(finding)}. */
export function findingView({ store, say, explain }) {
  const sign = make('span', { class: 'sign', role: 'img' });
  const code = make('code');
  const message = make('span', { class: 'message' });
  const go = button('', () => store.emit('focus', { ...placeOf(now), from: 'findings', finding: now.key }), { class: 'go' });
  go.append(sign, code, ' ', message);
  const expected = make('span', { class: 'expected' });
  const evidence = make('span', { class: 'evidence' });
  const deeds = make('span', { class: 'deeds' });
  const element = make('li', {}, go, make('div', { class: 'more' }, make('span', { class: 'why' }, expected, evidence), deeds));
  let now = null;
  let key = '';

  function update(finding) {
    now = finding;
    const told = JSON.stringify([finding, store.state.can_write, store.state.can_waive]);
    if (told === key) return;
    key = told;
    const brief = !finding.expected && !finding.evidence && !finding.waived;
    element.className = `finding ${finding.severity}${finding.waived ? ' waived' : ''}${brief ? ' brief' : ''}`;
    Object.assign(element.dataset, { key: finding.key, code: finding.code });
    sign.setAttribute('aria-label', say(finding.severity));
    code.textContent = finding.code;
    code.title = finding.name;
    message.textContent = finding.message;
    expected.textContent = finding.expected ? say('expected', finding) : '';
    evidence.textContent = finding.waived ? say('waived', { reason: finding.waived }) : finding.evidence;
    arrange(deeds, buttons(finding));
  }

  function buttons(finding) {
    const { can_write: write, can_waive: mayWaive } = store.state;
    const made = [];
    if (write && finding.fix !== null && (finding.point || finding.block)) made.push(mending(finding));
    if (write && finding.fact) made.push(writing(finding));
    if (mayWaive && finding.waivable && !finding.waived) made.push(button(say('waive'), () => waiving(), { 'data-do': 'waive' }));
    const rule = button(say('explain'), (event) => explain(finding.code, event.currentTarget), { 'data-do': 'explain' });
    rule.setAttribute('aria-label', say('explain_title', finding));
    return [...made.filter(Boolean), rule];
  }

  function mending(finding) {
    const { point, block, start, end, quote, fix } = finding;
    const operation = { op: 'mend', id: point || block, start, end, was: quote, value: fix };
    const title = fix ? say('mend_title', { fix }) : say('mend_away', { quote });
    return button(say('mend'), () => store.act(operation).catch(() => {}), { 'data-do': 'mend', title });
  }

  function writing({ fact }) {
    const scope = scopeOf(store, fact);
    const ask = () => store.ask('desk/draft', { scope, instruction: '' }).catch((error) => store.note(error.detail ?? String(error), true));
    return scope && button(say('write_in'), ask, { 'data-do': 'write', title: say('write_in_title', { fact }) });
  }

  /** The reason is asked for in the finding itself. */
  function waiving() {
    const field = make('input', { type: 'text', maxlength: '200', required: true, 'aria-label': say('waive_reason', now) });
    field.placeholder = say('waive_reason', now);
    const form = make('form', { class: 'waiving' }, field, make('button', { type: 'submit' }, say('waive_do')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (field.value.trim()) waive(field.value.trim());
    });
    form.addEventListener('keydown', (event) => event.key === 'Escape' && !event.isComposing && restore());
    arrange(deeds, [form]);
    field.focus();
  }

  async function waive(reason) {
    try {
      const told = await store.ask('desk/waive', { code: now.code, reason });
      const look = told.look ?? (told.findings ? told : null);
      if (look) {
        store.look = look;
        store.emit('look', look);
      }
    } catch (error) {
      store.note(say('refused', { reason: error.detail ?? String(error) }), true);
    }
  }

  function restore() {
    arrange(deeds, buttons(now));
    deeds.querySelector('[data-do=waive]')?.focus();
  }

  return { element, update };
}

/** Where a finding leads: its place in the paper, else its fact. */
export const placeOf = ({ point, block, start, end, quote, fact }) => (point || block ? { point, block, start, end, quote } : { fact, click: true });

/** What is redrafted to bring a fact in: the point that is to word it, else its section or the outlook. */
function scopeOf(store, fact) {
  const bodies = store.state.blocks.filter(({ type }) => type === 'paragraph');
  const point = bodies.flatMap((block) => block.points ?? []).find((one) => one.facts.includes(fact));
  if (point) return point.id;
  return store.sections().find((section) => section.facts.some(({ id }) => id === fact))?.id ?? null;
}
