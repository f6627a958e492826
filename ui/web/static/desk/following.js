// Waits at the server for what others do: another tab, a colleague, a drafting job.

import { call, CallError } from './call.js';

const PATIENCE = [1000, 2000, 4000, 5000]; // ms between tries

/** Runs until the page is left. A session that has ended pauses it until somebody comes back to the page. */
export async function follow(store) {
  let failed = 0;
  for (;;) {
    try {
      const { revision, base, job_mark: job = '' } = store.state;
      store.hear(await call(store.language, 'desk/follow', { report: store.report, revision, base: base.id, job }));
      if (failed) store.wake?.();
      failed = 0;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.status === 401) {
        store.tell('ended');
        await returned();
        store.tell('saving');
        store.soon();
      } else if (error.status >= 400 && error.status < 500) {
        store.note(error.detail || store.say('failed', { status: error.status }), true);
        return; // the report is not there any more, or not for this user
      } else {
        if (failed > 0) store.tell('offline');
        await new Promise((resolve) => setTimeout(resolve, PATIENCE[Math.min(failed, PATIENCE.length - 1)]));
      }
      failed += 1;
    }
    if (failed === 0 && store.status.kind === 'offline' && !store.sending) store.tell(store.standing());
  }
}

/** Somebody comes back to the page, perhaps from logging in. */
function returned() {
  return new Promise((resolve) => window.addEventListener('focus', resolve, { once: true }));
}
