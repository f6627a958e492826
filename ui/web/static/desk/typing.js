// Typing on the paper: each text is an editable of its own. An input method is left alone until it is done; what comes in is plain and in one line.

import { around } from './places.js';

const LINES = /[\r\n\u2028\u2029]+/g;

/** Shows what is typed, else what the server has, by changing only what differs: a caret in it stays where it was. Composing is left alone. */
export function show(element, told, store) {
  const text = store.pending({ kind: 'text', id: element.dataset.text }) ?? told;
  if (element.textContent === text || element.dataset.composing !== undefined) return;
  const node = element.firstChild;
  if (element.childNodes.length !== 1 || !(node instanceof Text)) {
    element.replaceChildren(...(text ? [text] : []));
    return;
  }
  const shown = node.data;
  let head = 0;
  while (head < shown.length && head < text.length && shown[head] === text[head]) head += 1;
  let tail = 0;
  const most = Math.min(shown.length, text.length) - head;
  while (tail < most && shown.at(-1 - tail) === text.at(-1 - tail)) tail += 1;
  node.replaceData(head, shown.length - head - tail, text.slice(head, text.length - tail));
}

/** Listens to all texts of the paper; `typed(element)` after each change, `key(event, element)` before a key does something. */
export function listen(root, store, { typed, key }) {
  const on = (name, act) =>
    root.addEventListener(name, (event) => {
      const element = around(root, event.target);
      if (element) act(event, element);
    });

  function send(element) {
    tidy(element);
    store.type({ kind: 'text', id: element.dataset.text }, element.textContent);
    typed(element);
  }

  on('compositionstart', (_, element) => {
    element.dataset.composing = '';
    store.composing = true;
  });
  on('compositionend', (_, element) => {
    delete element.dataset.composing;
    store.composing = false;
    send(element);
  });
  on('input', (event, element) => {
    if (!event.isComposing && element.dataset.composing === undefined) send(element);
  });
  on('paste', (event) => {
    event.preventDefault();
    insert(event.clipboardData.getData('text/plain'));
  });
  on('beforeinput', (event) => {
    if (['insertParagraph', 'insertLineBreak'].includes(event.inputType)) event.preventDefault();
  });
  on('keydown', (event, element) => {
    if (!event.isComposing && event.keyCode !== 229) key(event, element); // 229: the key belongs to the input method
  });
  on('focusout', (_, element) => {
    if (element.dataset.composing === undefined) return;
    delete element.dataset.composing; // some input methods are left without an end
    store.composing = false;
    send(element);
  });
}

/** Inserts where the caret is, as if typed: the browser's own undo takes it back. */
function insert(text) {
  document.execCommand('insertText', false, text.replace(LINES, ''));
}

/** A text is one line of plain text: what a drop brought along goes. */
function tidy(element) {
  for (const child of [...element.childNodes]) {
    if (!(child instanceof Text)) child.replaceWith(...(child.textContent ? [child.textContent] : []));
    else if (LINES.test(child.data)) child.data = child.data.replace(LINES, '');
    LINES.lastIndex = 0;
  }
}
