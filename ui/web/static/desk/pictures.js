// The timeline and the coverage, as the server has drawn them: a mark leads to its place.

import { arrange, button, element as make } from './build.js';

const KINDS = ['timeline', 'coverage'];
const MARKS = '[data-point], [data-block], [data-fact]';

/** Fills the element with the look's pictures, one at a time. */
export function mountPictures(element, store, say) {
  let chosen = 'timeline';
  let drawn = '';
  const frame = make('div', { class: 'picture', role: 'tabpanel', id: 'desk-picture' });
  const tabs = KINDS.map((kind) => button(say(kind), () => choose(kind), { role: 'tab', 'data-picture': kind, 'aria-controls': 'desk-picture' }));
  element.append(make('div', { class: 'tabs', role: 'tablist', 'aria-label': say('pictures') }, ...tabs), frame);

  function choose(kind) {
    chosen = kind;
    draw();
  }

  function draw() {
    tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(KINDS[index] === chosen));
      tab.tabIndex = KINDS[index] === chosen ? 0 : -1;
    });
    const html = store.look?.[chosen] ?? '';
    if (drawn === `${chosen}${html}`) return;
    drawn = `${chosen}${html}`;
    if (html) picture(frame, html);
    else arrange(frame, [make('p', { class: 'quiet' }, say('no_picture'))]);
  }

  element.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && tabs.includes(event.target)) {
      choose(KINDS[(KINDS.indexOf(chosen) + step + KINDS.length) % KINDS.length]);
      tabs[KINDS.indexOf(chosen)].focus();
    } else if (event.key === 'Enter' || event.key === ' ') go(event);
  });
  frame.addEventListener('click', go);

  function go(event) {
    const mark = event.target.closest?.(MARKS);
    if (!mark || !frame.contains(mark)) return;
    event.preventDefault();
    const { point, block, fact, start, end } = mark.dataset;
    const place = point || block ? { point, block, start: Number(start ?? 0), end: Number(end ?? start ?? 0) } : { fact, click: true };
    store.emit('focus', { ...place, from: 'pictures' });
  }

  store.on('look', draw);
  draw();
}

/** Puts in a picture that our server has made and escaped; its marks can be reached with the keyboard. */
function picture(frame, html) {
  frame.innerHTML = html;
  for (const mark of frame.querySelectorAll(MARKS)) if (!mark.hasAttribute('tabindex')) mark.setAttribute('tabindex', '0');
}
