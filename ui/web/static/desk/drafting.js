// The drafting line: begin, how far it is, stop, go on. The work itself is the server's: a closed tab does not end it.

import { arrange, button, element as make } from './build.js';
import { stepOf } from './coming.js';
import { attribute } from './elements.js';
import { wording } from './paperwords.js';
import { stylesheet } from '../base.js';

/** Fills the bar. */
export function mountDrafting(bar, store) {
  stylesheet('/static/desk/paper.css');
  const say = wording(store.language);
  const start = button(say('draft'), () => ask('desk/draft', { scope: 'all', instruction: '' }), { class: 'primary', 'data-do': 'draft', title: say('draft_title') });
  const stop = button(say('cancel'), () => ask('desk/cancel', {}), { 'data-do': 'cancel' });
  const resume = button(say('resume'), () => ask('desk/draft', { scope: store.state.job?.scope ?? 'all', instruction: '' }), { 'data-do': 'resume' });
  const progress = make('progress', { 'aria-label': say('progress') });
  const line = make('span', { class: 'told', role: 'status', 'aria-live': 'polite' });
  const now = make('span', { class: 'step' });
  bar.classList.add('drafting');

  async function ask(name, data) {
    for (const one of [start, stop, resume]) one.disabled = true;
    try {
      await store.ask(name, data);
    } catch (error) {
      store.note(say('refused', { reason: error.detail ?? String(error) }), true);
    } finally {
      for (const one of [start, stop, resume]) one.disabled = false;
      draw();
    }
  }

  function draw() {
    const { state } = store;
    if (!state) return;
    const { job, can_write: write } = state;
    const running = job?.state === 'running';
    const broken = job && ['failed', 'interrupted', 'cancelled'].includes(job.state);
    const drafted = isWhole(state);
    start.textContent = say(drafted ? 'draft_again' : 'draft');
    start.classList.toggle('primary', !drafted && !broken);
    tell(line, job ? told(job, say) : '');
    line.classList.toggle('error', job?.state === 'failed');
    tell(now, running ? current(job, say) : '');
    attribute(line, 'title', running ? job.told : null);
    if (running) Object.assign(progress, { max: Math.max(1, job.all), value: job.done });
    const buttons = !write ? [] : running ? [stop] : broken ? [resume, start] : [start];
    arrange(bar, [...(running ? [progress] : []), line, now, ...buttons]);
  }

  store.on('state', draw);
  draw();
}

/** Whether every fact that holds words has its point: then a draft is a redraft. */
function isWhole({ sections, blocks }) {
  const worded = new Set(blocks.flatMap((block) => (block.points ?? []).flatMap((point) => point.facts)));
  const facts = sections.flatMap((section) => section.facts).filter(({ text }) => text.trim());
  return facts.length > 0 && facts.every(({ id }) => worded.has(id));
}

/** Where the job stands, in a line. */
function told(job, say) {
  if (job.state === 'running') return say('drafting', job);
  if (job.state === 'interrupted' && !job.told) return say('interrupted_plain', job);
  return say(job.state, job);
}

/** What is being done with the point that is under way. */
function current(job, say) {
  const point = job.points.find(({ step }) => step === 'again') ?? job.points.find(({ step }) => step === 'asking');
  return point ? say('coming', { facts: point.facts.join('、'), step: stepOf(point, say) }) : '';
}

/** A live region that says the same again is not touched. */
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
