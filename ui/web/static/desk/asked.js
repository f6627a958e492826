// The finding that an address asks for, as the page of export links it: /zh/desk?report=3&finding=D305.

import { placeOf } from './finding.js';
import { inOrder } from './findings.js';

/** Goes to the first finding of that rule once there are findings; says so where it is not there any more. */
export function showAsked(store) {
  const code = new URLSearchParams(location.search).get('finding');
  if (!code) return;
  const off = store.on('look', ({ findings }) => {
    off();
    const found = inOrder(store.state, findings.filter((one) => one.code === code && !one.waived))[0];
    if (found) store.emit('focus', { ...placeOf(found), from: 'findings', finding: found.key });
    else store.note(store.say('finding_gone', { code: code.slice(0, 20) }));
  });
}
