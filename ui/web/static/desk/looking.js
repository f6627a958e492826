// Asks for the findings as soon as the server has what was typed. One question at a time; an answer about an older text is thrown away.

import { call, CallError } from './call.js';

const AGAIN = 3000; // ms, where the server could not answer

export function startLooking(store) {
  let asking = false;
  let looked = 0; // the version that the last look was at: who only reads has one revision for all of them
  let timer;

  async function look() {
    clearTimeout(timer);
    if (asking || store.composing || store.unsent().length) return;
    const { base } = store.state;
    if (store.look?.revision === store.state.revision && looked === base.id) return;
    asking = true;
    let told = null;
    try {
      told = await call(store.language, 'desk/look', { report: store.report });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      if (error.passing) timer = setTimeout(look, AGAIN);
      else if (error.status !== 401) store.note(error.detail || store.say('failed', { status: error.status }), true);
    } finally {
      asking = false;
    }
    if (!told) return;
    if (base.id !== store.state.base.id) look();
    else if (told.revision === store.state.revision) {
      looked = base.id;
      store.look = told;
      store.emit('look', told);
    } else if (told.revision < store.state.revision) look();
  }

  store.on('edited', look);
  store.on('state', look);
  look();
  return look;
}
