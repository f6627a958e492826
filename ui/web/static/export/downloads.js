// What there is to take along. A refusal is a line on the page, never a file.

import { button, element } from '../desk/build.js';
import { based } from '../base.js';
import { filled } from './words.js';

const WORD = ['docx', 'evidence'];
const OTHERS = ['md', 'txt', 'json', 'yaml'];

/** The panel of downloads. `told` is the answer of export/look. */
export function downloads(words, language, told) {
  const said = element('p', { className: 'said', role: 'status' });
  const bearing = element('input', { type: 'checkbox' });
  const bears = told.may_bear && !told.allowed && !told.signed;
  const shut = () => !told.allowed && !bearing.checked;
  const take = async (kind, more = {}) => {
    say(said, words.making, false);
    const wanted = bearing.checked ? { ...more, errors: 'yes' } : more;
    const found = await saved(based(`/download/${language}/${told.report}/${told.version}/${kind}?${new URLSearchParams(wanted)}`));
    if (found.name) say(said, filled(words.done, { name: found.name }), false);
    else say(said, found.detail || words.unreached, true);
  };
  const gated = WORD.map((kind) => button(words[kind], () => take(kind), { className: kind === 'docx' ? 'primary' : '' }));
  const older = told.versions.filter((one) => one.id !== told.version);
  const against = element('select', { 'aria-label': words.redline }, older.map((one) => element('option', { value: String(one.id) }, label(words, one))));
  const redline = button(words.redline, () => take('redline', { against: against.value }));
  if (older.length) gated.push(redline);
  const settle = () => gated.forEach((one) => (one.disabled = shut()));
  bearing.addEventListener('change', settle);
  settle();
  const others = OTHERS.filter((kind) => kind !== 'yaml' || told.has_brief);
  return element(
    'section',
    { className: 'downloads', 'aria-label': words.take },
    element('h2', {}, words.take),
    bears ? element('label', { className: 'bearing' }, bearing, words.errors) : null,
    element('p', {}, gated.slice(0, 2)),
    older.length ? element('p', { className: 'redline' }, redline, against) : null,
    element('h3', {}, words.others),
    element('p', {}, others.map((kind) => button(words[kind], () => take(kind)))),
    said,
  );
}

/** What a version is called in a list. */
export function label(words, version) {
  const name = version.number ? filled(words.numbered, version) : filled(words.beside, version);
  return `${name} ${version.author} ${new Date(version.at).toLocaleDateString('sv-SE')}`;
}

function say(line, text, problem) {
  line.replaceChildren(...text.split('\n').map((one) => element('span', {}, one)));
  line.classList.toggle('problem', problem);
}

/** Fetches a file and hands it to the browser to keep; {name} of it, or the refusal's {detail}. */
async function saved(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer) return { detail: '' };
  if (!answer.ok) return answer.json().catch(() => ({}));
  const name = decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition'))?.[1] ?? 'report');
  const place = URL.createObjectURL(await answer.blob());
  const link = element('a', { href: place, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
  return { name };
}
