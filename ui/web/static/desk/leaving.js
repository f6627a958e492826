// What happens when the page is hidden, left, or its user logs out.

import { Pending } from './pending.js';

const PATIENCE = 4000; // ms that a log-out waits for the server

export function watchLeaving(store) {
  document.addEventListener('compositionstart', () => {
    store.composing = true;
  });
  for (const over of ['compositionend', 'focusout'])
    document.addEventListener(over, () => {
      store.composing = false;
    });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && store.flush().catch(() => {}));
  window.addEventListener('pagehide', () => store.flush().catch(() => {}));
  window.addEventListener('online', () => store.wake?.());
  window.addEventListener('focus', () => store.soon());
  window.addEventListener('beforeunload', (event) => {
    if (store.texts.size && !leaving && (store.status.kind !== 'saving' || !store.texts.stored)) event.preventDefault();
  });
  let leaving = false;
  let asked = false;
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.action.endsWith('/logout') || leaving) return;
    event.preventDefault();
    await Promise.race([store.flush().catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    if (store.texts.size && !asked) {
      asked = true;
      store.note(store.say('logout_unsent'), true);
      return;
    }
    leaving = true;
    Pending.wipe();
    form.submit();
  });
}
