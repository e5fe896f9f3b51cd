// Builds the page out of nodes. Words from outside are only ever text: nothing here parses HTML.

const ATTRIBUTES = new Set([
  "accept", "alt", "autocomplete", "autofocus", "checked", "class", "colspan", "cols", "datetime", "dir", "disabled",
  "download", "draggable", "for", "height", "hidden", "href", "id", "inert", "inputmode", "label", "lang", "max",
  "maxlength", "method", "min", "minlength", "multiple", "name", "novalidate", "open", "placeholder", "readonly",
  "rel", "required", "role", "rows", "scope", "selected", "span", "spellcheck", "src", "start", "step", "tabindex",
  "title", "type", "value", "width", "wrap",
]);
const DRAWING = new Set([
  "class", "cx", "cy", "d", "fill", "height", "points", "r", "role", "stroke-width", "text-anchor", "viewBox", "width",
  "x", "x1", "x2", "y", "y1", "y2",
]);
const OPEN_ATTRIBUTE = /^(?:data|aria)-[a-z0-9-]+$/;
const LINKED = new Set(["http:", "https:", "mailto:"]);
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);/i;
const TURNS_WRITING = /[\u202a-\u202e\u2066-\u2069]/;
const SVG = "http://www.w3.org/2000/svg";
let lastId = 0;

/** Builds an element: allowed attributes, `on: {click: fn}` for events, children as nodes or as text. */
export function el(tag, attrs, ...children) {
  const element = document.createElement(tag);
  dress(element, attrs, ATTRIBUTES);
  return add(element, ...children);
}

/** Builds a part of an SVG drawing. */
export function draw(tag, attrs, ...children) {
  const element = document.createElementNS(SVG, tag);
  dress(element, attrs, DRAWING);
  return add(element, ...children);
}

/** Builds a DocumentFragment of nodes and text. */
export function fragment(...children) {
  return add(document.createDocumentFragment(), ...children);
}

/** Appends nodes and text to a parent and returns it; null, undefined and false are left out. */
export function add(parent, ...children) {
  for (const child of children) {
    if (Array.isArray(child)) add(parent, ...child);
    else if (child !== null && child !== undefined && child !== false) parent.append(asNode(child));
  }
  return parent;
}

/** Replaces all children of a parent and returns it. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  return add(parent, ...children);
}

/** Returns words as a node; characters that turn the direction of writing cannot reach beyond it. */
export function textNode(text) {
  const shown = String(text).replaceAll("\0", "\ufffd");
  if (!TURNS_WRITING.test(shown)) return document.createTextNode(shown);
  const isolated = document.createElement("bdi");
  isolated.textContent = shown;
  return isolated;
}

/** Returns the address as the browser reads it if it is http(s) or mailto, else null. */
export function safeUrl(url) {
  try {
    const parsed = new URL(String(url));
    return LINKED.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

/** Tells whether a picture comes from the page's own server or from its own address. */
export function isOwnPicture(url) {
  if (PICTURE.test(String(url))) return true;
  try {
    return new URL(String(url), location.href).origin === location.origin;
  } catch {
    return false;
  }
}

/** Returns a link that opens elsewhere, or its words alone when the address is none to follow. */
export function link(url, attrs, ...children) {
  const href = safeUrl(url);
  if (href) return el("a", { ...attrs, href }, ...children);
  return el("span", { class: "bk-dead-link" }, ...children);
}

/** Returns an id nobody else on the page has. */
export function freshId(prefix = "id") {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

function asNode(child) {
  return child instanceof Node ? child : textNode(child);
}

function dress(element, attrs, allowed) {
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") listen(element, value);
    else if (name === "href") linkTo(element, value);
    else if (name === "src") show(element, value);
    else if (allowed.has(name) || OPEN_ATTRIBUTE.test(name)) element.setAttribute(name, value === true ? "" : value);
    else throw new TypeError(`${name} is no attribute of this page's elements`);
  }
}

function listen(element, handlers) {
  for (const [event, handler] of Object.entries(handlers)) element.addEventListener(event, handler);
}

function linkTo(element, url) {
  if (String(url).startsWith("#")) {
    element.setAttribute("href", url);
    return;
  }
  const href = safeUrl(url);
  if (!href) return;
  element.setAttribute("href", href);
  element.setAttribute("rel", "noopener noreferrer");
  element.setAttribute("target", "_blank");
}

function show(element, url) {
  if (isOwnPicture(url)) element.setAttribute("src", url);
}
