// The caret goes over the paper as over one text, though every point is an editable of its own.

import { neighbour, offsetIn, rangeOf, under } from './places.js';

const TRIES = 4; // lines to look up or down for a text: headings and proposals stand between

/** Puts the caret, or a selection, into a text. */
export function put(element, start, end = start) {
  element.focus({ preventScroll: true });
  const range = rangeOf(element, start, end);
  document.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** Goes to the neighbouring text where an arrow key leads out of this one; true where it did. */
export function cross(root, event, element) {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
  const selection = document.getSelection();
  if (!selection.isCollapsed || !selection.rangeCount) return false;
  const place = offsetIn(element, selection.focusNode, selection.focusOffset);
  if (event.key === 'ArrowLeft' && place === 0) return step(neighbour(root, element, -1), true);
  if (event.key === 'ArrowRight' && place === element.textContent.length) return step(neighbour(root, element, 1), false);
  if (event.key === 'ArrowUp') return climb(root, element, place, -1);
  if (event.key === 'ArrowDown') return climb(root, element, place, 1);
  return false;
}

function step(element, last) {
  if (!element) return false;
  put(element, last ? element.textContent.length : 0);
  return true;
}

/** To the text that stands in the next line above or below, at the same height of the line. */
function climb(root, element, place, direction) {
  const rects = rangeOf(element, place, place).getClientRects();
  const from = rects[rects.length - 1] ?? element.getBoundingClientRect();
  const line = parseFloat(getComputedStyle(element).lineHeight) || from.height * 1.5;
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const found = under(root, from.left, from.top + from.height / 2 + direction * tried * line);
    if (found?.element === element) return false;
    if (found) {
      put(found.element, found.offset);
      return true;
    }
  }
  return false;
}
