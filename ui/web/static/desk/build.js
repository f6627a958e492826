// Building the page's elements. Texts become text nodes, never HTML.

/** An element: `properties` that start with `on` are listeners, known properties are set, the rest are attributes. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value !== 'string') made[name] = value;
    else if (name === 'text') made.textContent = value;
    else if (name === 'value') made.value = value;
    else made.setAttribute(name === 'className' ? 'class' : name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** A button of our own. `label` is what screen readers say where the text is a sign. */
export function button(text, press, properties = {}) {
  return element('button', { type: 'button', onclick: press, ...properties }, text);
}

/** Puts the elements into the parent in this order, moving as few as possible: what has the focus stays where it is. */
export function arrange(parent, children) {
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  const focused = children.findIndex((child) => child.contains(document.activeElement));
  if (focused < 0 || children[focused].parentNode !== parent) {
    children.forEach((child, index) => parent.children[index] !== child && parent.insertBefore(child, parent.children[index] ?? null));
    return;
  }
  for (const child of children.slice(0, focused)) parent.insertBefore(child, children[focused]);
  for (const child of children.slice(focused + 1)) parent.append(child);
}
