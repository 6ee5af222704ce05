/** Building elements without ever parsing a string as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element; properties starting with a letter become attributes, false and null are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `text` sets textContent, `on` holds listeners
 * @param {...(Node|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an SVG element; see `element`. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, { text, on, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const [name, listener] of Object.entries(on ?? {})) node.addEventListener(name, listener);
  if (text !== undefined) node.textContent = text;
  node.append(...children.filter(Boolean));
  return node;
}

/**
 * Text of any direction that cannot disturb what stands around it.
 * @param {string} text
 * @param {string} [className]
 */
export function isolated(text, className) {
  return element("bdi", { dir: "auto", class: className, text });
}

/** A link that can only lead where a person expects; null when the address is anything else. */
export function link(text, href, className) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(String(href))) return null;
  const outside = /^http/i.test(href);
  return element("a", {
    href,
    class: className,
    dir: "auto",
    text,
    rel: "noopener noreferrer",
    target: outside ? "_blank" : null,
  });
}

/** Whether the person asked for less movement. */
export function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Fill the braces of a translated text.
 * @example fill("{n} places", {n: 12}) // "12 places"
 */
export function fill(text, values) {
  return String(text ?? "").replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
