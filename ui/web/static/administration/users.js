// Users: who there is, what they may do, a new one, a new one-time password.

import { button, element } from '../desk/build.js';
import { filled } from './words.js';
import { table } from './working.js';

/** Fills the tab. */
export async function users(page, content) {
  const told = await page.ask('users');
  const said = element('div', { className: 'said', 'aria-live': 'polite' });
  const list = element('div', { className: 'list' });
  const state = { page, roles: told.roles, you: told.you, said, show: (found) => list.replaceChildren(accounts(state, found)) };
  state.show(told.users);
  content.append(said, adding(state), list);
}

function accounts(state, found) {
  const { words } = state.page;
  return table([words.name, words.role, words.password, ''], found.map((one) => row(state, one)));
}

function row(state, one) {
  const { words } = state.page;
  const name = element('td', { className: 'name' }, one.name, one.name === state.you ? element('span', { className: 'quiet' }, words.you) : null);
  const known = one.source ? words.sources[one.source] : words.passwords[one.password];
  const password = one.disabled ? element('strong', {}, words.disabled) : known;
  const acts = one.disabled
    ? [button(words.enable, () => act(state, 'enable', { name: one.name }))]
    : [
        one.source ? null : button(words.renew, () => sure(state, words.sureRenew, one.name, () => act(state, 'password', { name: one.name }))),
        button(words.disable, () => sure(state, words.sureDisable, one.name, () => act(state, 'disable', { name: one.name }))),
      ];
  return element(
    'tr',
    { className: one.disabled ? 'disabled' : null, 'data-user': one.name },
    name,
    element('td', {}, boxes(state, one)),
    element('td', { className: 'quiet' }, password),
    element('td', { className: 'acts' }, acts),
  );
}

/** The roles, each a box: what is ticked is held at once. */
function boxes(state, one) {
  const { words } = state.page;
  const fields = state.roles.map((role) => {
    const box = element('input', { type: 'checkbox', value: role, checked: one.roles.includes(role), disabled: one.disabled || one.source !== '' });
    box.addEventListener('change', () => act(state, 'roles', { name: one.name, roles: ticked(fields) }));
    return element('label', {}, box, words.roles[role]);
  });
  return element('fieldset', { 'aria-label': `${words.role} ${one.name}` }, fields);
}

const ticked = (fields) => fields.map((label) => label.querySelector('input')).filter((box) => box.checked).map((box) => box.value);

function adding(state) {
  const { words } = state.page;
  const name = element('input', { type: 'text', maxlength: '64', required: true, 'aria-label': words.name, placeholder: words.name, title: words.nameHint, autocomplete: 'off' });
  const fields = state.roles.map((role) => element('label', {}, element('input', { type: 'checkbox', value: role, checked: role === 'drafter' }), words.roles[role]));
  const form = element(
    'form',
    { className: 'adding' },
    element('strong', {}, words.add),
    name,
    element('fieldset', { 'aria-label': words.role }, fields),
    element('button', { type: 'submit', className: 'primary' }, words.addNow),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await act(state, 'add', { name: name.value, roles: ticked(fields) })) name.value = '';
  });
  return form;
}

/** Does it and shows the accounts as they are then; where it is refused, as they were, with the reason. */
async function act(state, what, data) {
  const { page, said } = state;
  try {
    const told = await page.ask(what, data);
    said.replaceChildren(...(told.password ? [given(page.words, told)] : []));
    state.show(told.users);
    return true;
  } catch (error) {
    said.replaceChildren(element('p', { className: 'problem', role: 'alert' }, error.detail || page.words.unreached));
    const now = await page.ask('users').catch(() => null);
    if (now) state.show(now.users);
    return false;
  }
}

function given(words, told) {
  const password = element('code', { className: 'given' }, told.password);
  const copy = button(words.copy, async () => {
    await navigator.clipboard?.writeText(told.password);
    copy.textContent = words.copied;
  });
  return element('p', { className: 'note', role: 'status' }, `${filled(words.given, told)} `, password, ' ', navigator.clipboard ? copy : null);
}

/** Asks once more, in the page, before something that ends sessions. */
function sure(state, question, name, act) {
  const { words } = state.page;
  const close = () => state.said.replaceChildren();
  const yes = button(words.yes, () => (close(), act()), { className: 'primary' });
  state.said.replaceChildren(element('p', { className: 'note', role: 'alertdialog', 'aria-label': filled(question, { name }) }, `${filled(question, { name })} `, yes, ' ', button(words.cancel, close)));
  yes.focus();
}
