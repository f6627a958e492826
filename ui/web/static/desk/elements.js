// Attributes and style sheets of elements that are there already.

import { element as make } from './build.js';

/** Sets or takes away an attribute, and leaves the document alone where it says so already. */
export function attribute(element, name, value) {
  if (value === null || value === false || value === undefined) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Loads a style sheet of ours once. */
export function stylesheet(address) {
  if (!document.querySelector(`link[href="${address}"]`)) document.head.append(make('link', { rel: 'stylesheet', href: address }));
}
