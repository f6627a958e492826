// Attributes of elements that are there already.

/** Sets or takes away an attribute, and leaves the document alone where it says so already. */
export function attribute(element, name, value) {
  if (value === null || value === false || value === undefined) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
