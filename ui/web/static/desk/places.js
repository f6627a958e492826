// Places of the paper. The server counts characters, the browser UTF-16 units; both are meant within the text of one point or block.

const SELECTOR = '[data-text]';

/** The UTF-16 offset of a number of characters; they differ after 𠮷. */
export function units(text, characters) {
  let offset = 0;
  for (let left = characters; left > 0 && offset < text.length; left -= 1) offset += text.codePointAt(offset) > 0xffff ? 2 : 1;
  return offset;
}

/** The number of characters before a UTF-16 offset. */
export function characters(text, offset) {
  return [...text.slice(0, offset)].length;
}

/** The element that shows the text of a point or a block. */
export function textOf(root, id) {
  return id ? root.querySelector(`[data-text="${CSS.escape(id)}"]`) : null;
}

/** The text element that a node of the page stands in. */
export function around(root, node) {
  const element = (node instanceof Element ? node : node?.parentElement)?.closest(SELECTOR);
  return element && root.contains(element) ? element : null;
}

/** The texts before and after an element, in the order of the paper. */
export function neighbour(root, element, step) {
  const all = [...root.querySelectorAll(SELECTOR)];
  return all[all.indexOf(element) + step] ?? null;
}

/** A live range of an element's text in UTF-16 units: typing elsewhere in the text moves it along. */
export function rangeOf(element, start, end) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const after = before + node.length;
    if (!begun && start <= after) {
      range.setStart(node, start - before);
      begun = true;
    }
    if (begun && end <= after) {
      range.setEnd(node, Math.max(0, end - before));
      return range;
    }
    before = after;
  }
  return range;
}

/** How far into an element's text a place of the page is, in UTF-16 units. */
export function offsetIn(element, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The text element and the offset under the pointer; null where there is no text. */
export function under(root, x, y) {
  const found = caretAt(x, y);
  const element = found && around(root, found.node);
  return element ? { element, offset: offsetIn(element, found.node, found.offset) } : null;
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/**
 * The stretches [{id, start, end}], in characters, of a place that the server told. One that names a block with points and no point counts
 * from the block's beginning, enumerators included, and may reach over several points.
 */
export function stretches(state, place) {
  const { point, block, start = 0, end = start } = place;
  if (point) return [{ id: point, start, end }];
  const points = state.blocks.find((one) => one.id === block)?.points;
  if (!points?.length) return block ? [{ id: block, start, end }] : [];
  const found = [];
  let from = 0;
  for (const { id, enumerator, text } of points) {
    from += [...enumerator].length;
    const to = from + [...text].length;
    if (start < to && end > from) found.push({ id, start: Math.max(start, from) - from, end: Math.min(end, to) - from });
    from = to;
  }
  return found;
}

/** Scrolls a pane just so far that a range within it is in view; not at all where it is. */
export function reveal(pane, range) {
  const [room, place] = [pane.getBoundingClientRect(), range.getBoundingClientRect()];
  if (place.top < room.top) pane.scrollTop -= room.top - place.top + 8;
  else if (place.bottom > room.bottom) pane.scrollTop += Math.min(place.bottom - room.bottom + 8, place.top - room.top);
}

/**
 * Where a quote stands now, in UTF-16 units: at its place, else the nearest one that reads the same, else nowhere. A heading's quote may begin
 * with its number, which is not of the text.
 */
export function located(text, start, end, quote) {
  const from = units(text, start);
  const to = units(text, end);
  const there = text.slice(from, to);
  if (!quote || there === quote || (there && quote.endsWith(there))) return to <= text.length && from < to ? [from, to] : null;
  const [left, right] = [text.lastIndexOf(quote, from), text.indexOf(quote, from)];
  if (left < 0 && right < 0) return null;
  const nearest = right < 0 || (left >= 0 && from - left < right - from) ? left : right;
  return [nearest, nearest + quote.length];
}
