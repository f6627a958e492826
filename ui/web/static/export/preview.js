// The version as it will print: shown in the page by docx-preview, or as pictures of its pages by LibreOffice.

import { element } from '../desk/build.js';
import { filled } from './words.js';
import { based } from '../base.js';

const SCRIPTS = ['/static/vendor/jszip/jszip.min.js', '/static/vendor/docx-preview/docx-preview.min.js'];

/** The panel of the preview, which fills itself. */
export function preview(words, language, told) {
  const paper = element('div', { className: 'paper', tabIndex: 0, role: 'document', 'aria-label': words.preview });
  const said = element('p', { className: 'said', role: 'status' });
  let turn = 0;
  const show = async (way) => {
    const own = ++turn;
    for (const tab of tabs) tab.setAttribute('aria-selected', String(tab.dataset.way === way));
    said.textContent = way === 'pages' ? words.drawing : words.rendering;
    said.classList.remove('problem');
    paper.replaceChildren();
    try {
      const made = await (way === 'pages' ? pages(words, language, told) : typeset(language, told));
      if (own !== turn) return;
      paper.replaceChildren(made);
      said.textContent = '';
    } catch (error) {
      if (own !== turn) return;
      said.textContent = error.message || words.unreached;
      said.classList.add('problem');
    }
  };
  const tab = (way, text) => element('button', { type: 'button', role: 'tab', 'data-way': way, onclick: () => show(way) }, text);
  const tabs = [tab('page', words.inPage), ...(told.pages ? [tab('pages', words.asPages)] : [])];
  const panel = element(
    'section',
    { className: 'preview', 'aria-label': words.preview },
    element('div', { className: 'tabs', role: 'tablist' }, tabs, said),
    paper,
  );
  show('page');
  return panel;
}

async function typeset(language, told) {
  for (const address of SCRIPTS) await script(based(address));
  const answer = await fetch(based(`/download/${language}/${told.report}/${told.version}/preview`));
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? '');
  const room = element('div');
  await window.docx.renderAsync(await answer.blob(), room, null, { useBase64URL: true, inWrapper: true, ignoreLastRenderedPageBreak: true });
  return room;
}

async function pages(words, language, told) {
  const place = based(`/pages/${language}/${told.report}/${told.version}`);
  const answer = await fetch(place);
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.detail ?? '');
  const picture = (number) =>
    element('img', {
      src: `${place}/${number}?key=${data.key}`,
      alt: filled(words.page, { page: number, pages: data.pages }),
      loading: 'lazy',
      width: '794',
      height: '1123',
    });
  return element('div', { className: 'pages' }, Array.from({ length: data.pages }, (_, at) => picture(at + 1)));
}

const loaded = new Map();

/** Loads a classic script once. */
function script(address) {
  if (!loaded.has(address)) {
    const asked = new Promise((resolve, reject) => {
      const made = element('script', { src: address, onload: resolve, onerror: () => reject(new Error('')) });
      document.head.append(made);
    });
    asked.catch(() => loaded.delete(address));
    loaded.set(address, asked);
  }
  return loaded.get(address);
}
