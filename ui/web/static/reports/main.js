// The page of reports: its buttons, the dialogs behind them, and files that are dropped on it.

import { button, element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { begin } from './beginning.js';
import { opened } from './dialog.js';
import { take } from './files.js';
import { share } from './sharing.js';
import { WORDS } from './words.js';
import { stylesheet } from '../base.js';

/** Fills the root with the buttons for what the user may do: begin reports, bring in versions. */
export async function start(root) {
  const { language } = root.dataset;
  const words = WORDS[language];
  stylesheet('/static/reports/reports.css');
  const { drafts, imports } = await call(language, 'reports/rights', {}).catch(() => ({}));
  const guarded = (act) => act().catch((error) => opened(words, words.fromFile, element('div')).tell(error.detail || words.unreached));
  const file = (dropped = []) => guarded(() => take(words, language, drafts, dropped));
  root.replaceChildren(
    ...[
      drafts ? button(words.begin, () => guarded(() => begin(words, language)), { className: 'primary' }) : null,
      imports ? button(words.fromFile, () => file()) : null,
      imports ? element('span', { className: 'quiet' }, words.drop) : null,
    ].filter(Boolean),
  );
  document.addEventListener('click', (event) => {
    const asked = event.target.closest('[data-share]');
    if (asked) guarded(() => share(words, language, Number(asked.dataset.share)));
  });
  if (imports) drops(file);
}

/** A file that is dropped anywhere on the page opens the dialog, or is chosen in the one that is open; any other dialog stays as it is. */
function drops(file) {
  const bearing = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const over = (event, shown) => {
    if (!bearing(event)) return;
    event.preventDefault();
    document.body.classList.toggle('dropping', shown);
  };
  document.addEventListener('dragover', (event) => over(event, true));
  document.addEventListener('dragleave', (event) => !event.relatedTarget && over(event, false));
  document.addEventListener('drop', (event) => {
    over(event, false);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    const open = document.querySelector('dialog[open]');
    if (!dropped.length) return;
    if (open) open.dispatchEvent(new CustomEvent('dropped', { detail: dropped }));
    else file(dropped);
  });
}
