// The page of export: the gate and what there is to take along on the left, the version as it will print on the right.

import { button, element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { choosing } from '../desk/choosing.js';
import { downloads, label } from './downloads.js';
import { gate } from './gate.js';
import { preview } from './preview.js';
import { WORDS } from './words.js';
import { stylesheet } from '../base.js';

/** Fills the root with the report that the address names, or with the reports to choose from. */
export function start(root) {
  const { language } = root.dataset;
  const words = WORDS[language];
  stylesheet('/static/export/export.css');
  const asked = new URLSearchParams(window.location.search);
  const open = (report, version) => guarded(root, words, words.wait, () => show(root, words, language, report, version));
  if (/^\d{1,9}$/.test(asked.get('report') ?? '')) open(Number(asked.get('report')), Number(/^\d{1,9}$/.exec(asked.get('version') ?? '') ?? 0));
  else choosing(root, language, 'export', words);
}

async function guarded(root, words, waiting, act) {
  root.replaceChildren(element('p', { className: 'notice', role: 'status' }, element('progress'), ` ${waiting}`));
  try {
    await act();
  } catch (error) {
    root.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || words.unreached));
  }
}

async function show(root, words, language, report, version) {
  const told = await call(language, 'export/look', { report, version });
  const go = (to) => {
    window.history.replaceState(null, '', `${window.location.pathname}?report=${report}${to && to !== told.head ? `&version=${to}` : ''}`);
    return guarded(root, words, words.wait, () => show(root, words, language, report, to));
  };
  const versions = element('select', { 'aria-label': words.version }, told.versions.map((one) => option(words, one, told)));
  versions.value = String(told.version);
  versions.addEventListener('change', () => go(Number(versions.value)));
  const notes = element('div', { className: 'notes' });
  if (told.version !== told.head) notes.append(element('p', { className: 'note' }, words.other));
  root.replaceChildren(
    element(
      'header',
      { className: 'which' },
      element('h1', {}, told.name),
      element('span', { className: `state ${told.state}` }, told.standing),
      element('span', { className: 'quiet' }, told.kind_name),
      element('label', {}, `${words.version} `, versions),
    ),
    element(
      'div',
      { className: 'sides' },
      element('div', { className: 'left' }, notes, gate(words, language, told), downloads(words, language, told)),
      preview(words, language, told),
    ),
  );
  if (told.copy) unsaved(notes, words, language, report, () => go(0));
}

function option(words, version, told) {
  return element('option', { value: String(version.id) }, label(words, version) + (version.id === told.head ? words.standing : ''));
}

/** Says where the user has written on the desk what is no version yet, and keeps it as one. */
async function unsaved(notes, words, language, report, saved) {
  const state = await call(language, 'desk/open', { report }).catch(() => null);
  if (!state?.changed) return;
  const line = element('p', { className: 'note', role: 'status' }, `${words.unsaved} `);
  const keep = button(words.save, async () => {
    keep.disabled = true;
    keep.textContent = words.saving;
    try {
      await call(language, 'desk/save', { report, note: words.saveNote });
      saved();
    } catch (error) {
      keep.disabled = false;
      keep.textContent = words.save;
      line.append(element('span', { className: 'error', role: 'alert' }, ` ${error.detail || words.unreached}`));
    }
  });
  line.append(keep);
  notes.append(line);
}
