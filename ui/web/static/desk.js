// Runs before Gradio: tells its words the page's language, and says so when the session has ended. What was typed stays on the page.
const own = document.currentScript.dataset;

for (const [name, value] of [['language', own.tag], ['languages', [own.tag]]])
  Object.defineProperty(Navigator.prototype, name, { get: () => value });

function tellEnd() {
  if (document.getElementById('ended')) return;
  const bar = document.createElement('p');
  bar.id = 'ended';
  bar.setAttribute('role', 'alert');
  const link = Object.assign(document.createElement('a'), { href: own.door, target: '_blank', textContent: own.login });
  bar.append(own.ended, ' ', link);
  document.body.prepend(bar);
}

const ask = window.fetch;
window.fetch = async (...asked) => {
  const answer = await ask(...asked);
  if (answer.status === 401) tellEnd();
  else if (answer.ok) document.getElementById('ended')?.remove();
  return answer;
};
