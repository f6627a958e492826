// The points of a running job: what happens to each, and the text of those that the paper does not hold yet.

import { arrange, element as make } from './build.js';

const UNDERWAY = ['waiting', 'asking', 'again'];

/** A point's step in words: 第2次校正：数字须为126. */
export function stepOf(point, say) {
  if (point.step !== 'again') return say(`step_${point.step}`);
  return point.problem ? say('step_again', point) : say('step_again_plain', point);
}

/** What a running job does with a point of the paper; empty where nothing. */
export function doing(state, { facts }, say) {
  if (state.job?.state !== 'running' || !facts.length) return '';
  const found = state.job.points.find((one) => UNDERWAY.includes(one.step) && same(one.facts, facts));
  return found && found.step !== 'waiting' ? stepOf(found, say) : '';
}

/** Paragraphs by section, of what is coming: shown after the section's last block, never editable. */
export function comingView(say) {
  const paragraphs = new Map();
  return (state) => {
    const wanted = waiting(state);
    for (const id of [...paragraphs.keys()]) if (!wanted.has(id)) paragraphs.delete(id);
    for (const [section, points] of wanted) {
      if (!paragraphs.has(section)) paragraphs.set(section, make('p', { class: 'coming', 'data-coming': section }));
      const lines = points.map((point) => point.text || say('coming', { facts: point.facts.join('、'), step: stepOf(point, say) }));
      const shown = paragraphs.get(section);
      const key = JSON.stringify(lines);
      if (shown.dataset.key === key) continue;
      shown.dataset.key = key;
      arrange(shown, points.map((point, index) => make('span', { class: point.text ? 'text' : 'step' }, lines[index])));
    }
    return paragraphs;
  };
}

/** The job's points that no point of the paper stands for yet, by section. */
function waiting(state) {
  const found = new Map();
  if (state.job?.state !== 'running') return found;
  const there = new Set(state.blocks.flatMap((block) => (block.points ?? []).map((point) => point.facts.join(' '))));
  for (const point of state.job.points)
    if (!there.has(point.facts.join(' '))) found.set(point.section, [...(found.get(point.section) ?? []), point]);
  return found;
}

const same = (some, others) => some.length === others.length && some.every((fact, index) => fact === others[index]);
