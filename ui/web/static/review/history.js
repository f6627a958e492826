// The history as a line of versions: who, when, why, and how far each came. Two that are pressed one after the other are compared.

import { button, element } from '../desk/build.js';

export function mountHistory(section, page) {
  const { say, told } = page;
  let first = null;
  const press = (version, dot) => {
    if (first === null || first === version.id) {
      first = version.id;
      dot.classList.add('first');
      return;
    }
    const pair = [first, version.id].sort((one, other) => one - other);
    page.ask('open', { old: pair[0], new: pair[1] });
  };
  const dots = told.versions.map((version) => {
    const name = version.number ? say('version', { number: version.number }) : say('proposal');
    const at = new Date(version.at).toLocaleString(say.language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'short', timeStyle: 'short' });
    const steps = version.steps.map((step) => `${step.action === 'pass' || step.action === 'return' ? say.words.levels[step.level] : ''}${say.words.actions[step.action]} ${step.by}${step.reason ? `：${step.reason}` : ''}`);
    const chosen = version.id === told.old ? 'old' : version.id === told.new ? 'new' : '';
    const dot = button('', () => press(version, dot), { class: `dot ${chosen}`, 'data-version': String(version.id), 'aria-pressed': String(Boolean(chosen)) });
    dot.append(
      element('b', {}, name), element('span', {}, `${say.words.origins[version.origin]} ${version.author}`), element('time', { class: 'quiet' }, at),
      version.pending ? element('span', { class: 'pending' }, say('undecided', { count: version.pending })) : '',
      ...steps.map((step) => element('span', { class: 'step' }, step)),
      version.note ? element('span', { class: 'quiet note' }, version.note) : '',
    );
    return element('li', {}, dot);
  });
  section.replaceChildren(element('h2', {}, say('history')), element('ol', {}, ...dots));
  const line = section.querySelector('ol');
  line.scrollLeft = line.scrollWidth;
}
