// The page of administration: tabs for users, model, usage, audit and backups; each is read when it is opened.

import { button, element } from '../desk/build.js';
import { call } from '../desk/call.js';
import { audit } from './audit.js';
import { backups } from './backups.js';
import { model } from './model.js';
import { usage } from './usage.js';
import { users } from './users.js';
import { WORDS } from './words.js';
import { stylesheet } from '../base.js';

const TABS = { users, model, usage, audit, backups };

/** Fills the root with the tab that the address names, the users where it names none. */
export function start(root) {
  const { language } = root.dataset;
  const words = WORDS[language];
  stylesheet('/static/administration/administration.css');
  const panel = element('section', { className: 'panel', role: 'tabpanel', id: 'administered', tabindex: '-1' });
  const page = { words, language, panel, ask: (name, data = {}) => call(language, `admin/${name}`, data) };
  const tabs = Object.keys(TABS).map((name) =>
    button(words.tabs[name], () => open(page, tabs, name), { role: 'tab', 'data-tab': name, 'aria-controls': 'administered' }),
  );
  root.replaceChildren(
    element('header', { className: 'which' }, element('h1', {}, words.title), element('div', { className: 'tabs', role: 'tablist', onkeydown: moved(tabs) }, tabs)),
    panel,
  );
  const asked = window.location.hash.slice(1);
  open(page, tabs, asked in TABS ? asked : 'users');
}

/** Opens a tab: reads what it shows, and says so while it waits and where it cannot. */
async function open(page, tabs, name) {
  for (const tab of tabs) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}#${name}`);
  const { panel, words } = page;
  panel.setAttribute('aria-label', words.tabs[name]);
  const content = element('div');
  panel.replaceChildren(element('p', { className: 'notice', role: 'status' }, element('progress'), ` ${words.wait}`));
  try {
    await TABS[name](page, content);
    if (tabs.find((tab) => tab.dataset.tab === name).tabIndex === 0) panel.replaceChildren(content);
  } catch (error) {
    panel.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || words.unreached));
  }
}

/** Arrow keys move between tabs. */
function moved(tabs) {
  return (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  };
}
