// A field's text replaced under its caret.

/** Where a place in `old` lies in `text`: what stands before and after the difference keeps its distance. */
export function moved(place, old, text) {
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head += 1;
  if (place <= head) return place;
  let tail = 0;
  while (tail < old.length - head && tail < text.length - head && old.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  if (place >= old.length - tail) return place + text.length - old.length;
  return text.length - tail;
}

/** Sets a textarea's or input's value; the selection stays with the text around it. */
export function setKeepingCaret(field, text) {
  if (field.value === text) return;
  const { value, selectionStart, selectionEnd, selectionDirection } = field;
  field.value = text;
  if (document.activeElement !== field) return;
  field.setSelectionRange(moved(selectionStart, value, text), moved(selectionEnd, value, text), selectionDirection);
}
