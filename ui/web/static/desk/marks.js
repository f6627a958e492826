// What is marked on the paper without touching it: highlights over ranges, so that neither caret nor input method notices.

import { located, rangeOf, stretches, textOf, units } from './places.js';

const NAMES = ['unfounded', 'fact', 'finding-info', 'finding-warning', 'finding-error', 'place'];

/** The marks of a paper: `paint` after each look or text, `light` for the sentences of facts, `show` for one place. */
export function marksOf(root, store) {
  const { highlights } = CSS;
  const own = new Map(NAMES.map((name, priority) => [name, highlight(name, priority)]));

  function highlight(name, priority) {
    if (!highlights) return { clear() {}, add() {} }; // an older Firefox: the list of findings still tells everything
    const made = new Highlight();
    made.priority = priority;
    highlights.set(name, made);
    return made;
  }

  function add(name, id, start, end, quote = '') {
    const element = textOf(root, id);
    const span = element && located(element.textContent, start, end, quote);
    if (span) own.get(name).add(rangeOf(element, ...span));
  }

  function paint() {
    for (const name of NAMES) if (name !== 'fact' && name !== 'place') own.get(name).clear();
    const { look, state } = store;
    if (!look || !state) return;
    for (const finding of look.findings) {
      if (finding.waived || !(finding.point || finding.block)) continue;
      const parts = stretches(state, finding);
      for (const { id, start, end } of parts) add(`finding-${finding.severity}`, id, start, end, parts.length === 1 ? finding.quote : '');
    }
    for (const [id, pieces] of Object.entries(look.standing ?? {}))
      for (const { start, end, facts } of pieces) if (!facts.length) add('unfounded', id, start, end);
  }

  /** Lights the sentences that stand on these facts; the first of them, or null. */
  function light(facts) {
    own.get('fact').clear();
    const wanted = new Set(facts);
    let first = null;
    for (const [id, pieces] of Object.entries(store.look?.standing ?? {})) {
      const element = textOf(root, id);
      if (!element) continue;
      for (const piece of pieces.filter((one) => one.facts.some((fact) => wanted.has(fact)))) {
        const text = element.textContent;
        const range = rangeOf(element, units(text, piece.start), units(text, piece.end));
        own.get('fact').add(range);
        if (!first || range.compareBoundaryPoints(Range.START_TO_START, first) < 0) first = range;
      }
    }
    return first;
  }

  /** Marks one place until another is gone to. */
  function show(range) {
    own.get('place').clear();
    if (range) own.get('place').add(range);
  }

  return { paint, light, show };
}

/** The facts that the sentence at an offset (UTF-16 units) of a text stands on. */
export function factsAt(look, element, offset) {
  const text = element.textContent;
  const piece = (look?.standing?.[element.dataset.text] ?? []).find(
    ({ start, end }) => units(text, start) <= offset && offset <= units(text, end),
  );
  return piece ? { ...piece, point: element.dataset.text } : null;
}
