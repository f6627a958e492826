// The line to the server: one POST, an object out, an object back.

import { based } from '../base.js';

/** An answer that is none of what was asked for. `status` is 0 where the server was not reached. */
export class CallError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
    this.detail = detail;
  }

  /** Whether the same call may succeed later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** Calls `/call/{language}/{name}`; throws CallError. `options` are fetch's own (`keepalive`, `signal`). */
export async function call(language, name, data, options = {}) {
  let answer;
  try {
    answer = await fetch(based(`/call/${language}/${name}`), {
      ...options,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(data),
    });
  } catch (error) {
    throw new CallError(0, String(error));
  }
  let told;
  try {
    told = await answer.json();
  } catch {
    throw new CallError(answer.ok ? 0 : answer.status, ''); // cut off on the way, or a page of something between
  }
  if (!answer.ok) throw new CallError(answer.status, told.detail ?? '');
  return told;
}
