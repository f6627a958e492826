// Backups: those that were made from here, and one more.

import { element } from '../desk/build.js';
import { filled } from './words.js';
import { table, time, working } from './working.js';

/** Fills the tab. */
export async function backups(page, content) {
  const { words } = page;
  const list = element('div', { className: 'list' });
  show(page, list, await page.ask('backups'));
  content.append(
    ...working(
      words,
      words.backUp,
      words.backingUp,
      async () => {
        const told = await page.ask('backup');
        show(page, list, told);
        return filled(told.sound ? words.backedUp : words.badBackup, { name: told.made });
      },
      { className: 'primary' },
    ),
    list,
    element('p', { className: 'quiet' }, words.restoreHint),
  );
}

function show({ words, language }, list, told) {
  const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const rows = told.backups.map((one) => [one.name, time(one.at, language), size(one.bytes)]);
  list.replaceChildren(
    element('p', { className: 'quiet' }, `${words.folder} `, element('code', {}, told.folder)),
    rows.length ? table([words.file, words.at, words.size], rows, [2]) : element('p', { className: 'notice' }, words.noBackups),
  );
}
