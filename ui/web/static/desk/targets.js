// Texts by their address. A target is {kind: 'fact', id, field} | {kind: 'heading', id} | {kind: 'head', field} | {kind: 'text', id}.

const LISTS = ['terms', 'attachments'];

/** The same string for the same target. */
export const keyOf = ({ kind, id = '', field = '' }) => `${kind}|${id}|${field}`;

/** The lines that say something. */
export const lines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** A field's text as the server keeps it: lists an item a line, everything but the paper in one line, the head without blanks around. */
export function normal({ kind, field }, text) {
  if (kind === 'text') return text;
  if (kind === 'head') return lines(text).join(LISTS.includes(field) ? '\n' : ' ');
  return text.split(/\r\n?|\n/).join(' ');
}

/** The operation that makes `was` into `value`. */
export function operation({ kind, id, field }, was, value) {
  if (kind === 'fact') return { op: 'fact', id, field, was, value };
  if (kind === 'head') return { op: 'head', field, was, value };
  return { op: kind, id, was, value };
}

/** All sections of a state, the outlook as the last. */
export const sectionsOf = (state) => [...state.sections, { id: 'outlook', heading: '', facts: state.outlook, groups: [] }];

export const factOf = (state, id) => sectionsOf(state).flatMap((section) => section.facts).find((fact) => fact.id === id);

export const pointOf = (state, id) => state.blocks.flatMap((block) => block.points ?? []).find((point) => point.id === id);

export const sectionOf = (state, id) => sectionsOf(state).find((section) => section.id === id);

/** The object that holds the target's text, and under which name; null where there is none (any more). */
function holder(state, { kind, id, field }) {
  const found = {
    fact: () => [factOf(state, id), field],
    heading: () => [state.sections.find((section) => section.id === id), 'heading'],
    head: () => [state.head, field],
    text: () => [pointOf(state, id) ?? state.blocks.find((block) => block.id === id), 'text'],
  }[kind]();
  return found[0] ? found : null;
}

/** The target's text in a state; null where the target is gone. */
export function read(state, target) {
  const found = holder(state, target);
  if (!found) return null;
  const text = found[0][found[1]] ?? '';
  return Array.isArray(text) ? text.join('\n') : text;
}

/** What an id that stands alone is the id of. */
export function targetOf(state, id) {
  if (factOf(state, id)) return { kind: 'fact', id, field: 'text' };
  if (state.sections.some((section) => section.id === id)) return { kind: 'heading', id };
  if (state.head && id in state.head) return { kind: 'head', field: id };
  return { kind: 'text', id };
}

/** Puts the text into the state. */
export function write(state, target, text) {
  const found = holder(state, target);
  if (found) found[0][found[1]] = target.kind === 'head' && LISTS.includes(target.field) ? lines(text) : text;
}
