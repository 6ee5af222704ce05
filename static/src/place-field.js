/** One field for a place: an address, a street, a square, a name; or the position of the device. */

import { element, fill, isolated } from "./dom.js";
import { paintVariables, palette } from "./palette.js";
import { drawIcon, LINES } from "./icons.js";
import { Suggesting } from "./suggesting.js";

const LONGEST = 200; // what the server reads of a question
const POSITION = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 };
const REFUSALS = { 1: "denied", 2: "unavailable", 3: "timeout" }; // GeolocationPositionError.code
const MARKS = { address: LINES.pin, street: LINES.street, place: LINES.place, area: LINES.area };
const mounted = new WeakMap();
let made_so_far = 0;

/**
 * Show the field in an element, or bring the field already there to a new description.
 * @param {HTMLElement} target
 * @param {{lang: string, texts: Record<string, string>, suggest: string, value?: string, palette?: object}} spec
 *   `suggest` is where to POST {text, lang}; relative to the page
 * @param {{onPlace?: (place: object) => void}} [options] told {kind: "text", text}, a suggestion
 *   {kind, id, label, lon, lat}, {kind: "position", lon, lat, accuracy_m} or {kind: "position", error}
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountPlaceField(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    Object.assign(there.options, options);
    there.update(spec);
    return there.handle;
  }
  const made = new PlaceField(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class PlaceField {
  constructor(target, options) {
    this.target = target;
    this.options = { ...options };
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.suggesting = new Suggesting((told) => this.suggest(told));
    this.suggestions = [];
    this.active = -1;
    this.build(`plein-place-${(made_so_far += 1)}`);
    target.replaceChildren(this.box);
  }

  build(id) {
    this.label = element("label", { class: "plein-place-label", for: id });
    this.hint = element("p", { class: "plein-place-hint", id: `${id}-hint` });
    this.input = element("input", {
      id, class: "plein-place-input", type: "text", role: "combobox", dir: "auto", maxlength: LONGEST,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-describedby": `${id}-hint`,
      on: { input: () => this.typed(), keydown: (event) => this.pressed(event) },
    });
    this.clear = element("button", { type: "button", class: "plein-place-clear", on: { click: () => this.empty() } }, drawIcon(LINES.close));
    this.search = element("button", { type: "submit", class: "plein-place-search" }, drawIcon(LINES.search, 24));
    // Pressed on a suggestion, the field keeps the focus.
    this.list = element("ul", { class: "plein-place-list", id: `${id}-list`, role: "listbox", hidden: true, on: { mousedown: (event) => event.preventDefault() } });
    const row = element("div", { class: "plein-place-row" }, this.input, this.clear, this.search);
    this.form = element("form", {
      role: "search", class: "plein-place-form", novalidate: true,
      on: { submit: (event) => this.submit(event), focusout: (event) => this.left(event) },
    }, this.label, element("div", { class: "plein-place-around" }, row, this.list), this.hint);
    this.words = element("span");
    this.note = element("p", { class: "plein-place-note", id: `${id}-note` });
    this.here = element("button", {
      type: "button", class: "plein-place-here", "aria-describedby": `${id}-note`, on: { click: () => this.locate() },
    }, drawIcon(LINES.locate, 22), this.words);
    this.said = element("p", { class: "plein-place-said", role: "status" });
    this.box = element("div", { class: "plein-place" }, this.form, this.said, this.here, this.note);
  }

  update(spec) {
    const before = this.spec;
    this.spec = spec;
    this.say(spec);
    if (spec.value !== before?.value && !this.isTyping()) this.show(spec.value ?? "");
  }

  /** Whether somebody writes something new just now, which an answer to the last must not replace. */
  isTyping() {
    return this.fresh === true && this.form.contains(document.activeElement);
  }

  say(spec) {
    const said = JSON.stringify([spec.lang, spec.texts, spec.palette]);
    if (said === this.told) return;
    this.told = said;
    const texts = (this.texts = spec.texts ?? {});
    paintVariables(this.box, palette(spec.palette));
    this.box.lang = spec.lang ?? "";
    this.label.textContent = texts.label ?? "";
    this.input.placeholder = texts.placeholder ?? "";
    this.hint.textContent = texts.hint ?? "";
    this.words.textContent = texts.position ?? "";
    this.note.textContent = texts.position_note ?? "";
    this.list.setAttribute("aria-label", texts.label ?? "");
    for (const [button, text] of [[this.clear, texts.clear], [this.search, texts.search]]) {
      button.setAttribute("aria-label", text ?? "");
      button.title = text ?? "";
    }
  }

  show(text) {
    this.input.value = text.slice(0, LONGEST);
    this.fresh = false;
    this.clear.hidden = !this.input.value;
    this.close();
  }

  typed() {
    this.fresh = true;
    this.stopWaiting();
    this.clear.hidden = !this.input.value;
    this.tell("");
    this.highlight(-1);
    this.ask();
  }

  ask() {
    const text = this.input.value.slice(0, LONGEST);
    if (text.trim()) this.suggesting.ask(this.spec.suggest, { text, lang: this.spec.lang });
    else this.close();
  }

  suggest({ suggestions, failed }) {
    if (failed) {
      this.close();
      this.tell(this.texts.suggestions_failed, true);
      return;
    }
    this.suggestions = suggestions;
    this.active = -1;
    this.list.replaceChildren(...suggestions.map((one, index) => this.option(one, index)));
    this.list.scrollTop = 0;
    this.open(suggestions.length > 0);
    const { suggestions_none: none, suggestions_one: one, suggestions_many: many } = this.texts;
    const count = suggestions.length;
    this.tell(count ? fill(count === 1 ? one : many, { n: count }) : none, count === 0);
  }

  option({ kind, label, sub }, index) {
    const words = element("span", { class: "plein-place-words" },
      isolated(label, "plein-place-name"), sub ? isolated(sub, "plein-place-sub") : null);
    return element("li", {
      id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false", class: "plein-place-option",
      on: { click: () => this.take(index) },
    }, drawIcon(MARKS[kind] ?? MARKS.address, 22), words);
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.highlight(-1);
  }

  close() {
    this.suggesting.stop();
    this.open(false);
    this.suggestions = [];
    this.list.replaceChildren();
  }

  highlight(index) {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.list.children[index];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (event.isComposing) return;
    const count = this.suggestions.length;
    const isOpen = !this.list.hidden;
    const { key } = event;
    if (key === "Escape" && (isOpen || this.input.value)) {
      if (isOpen) this.close();
      else this.empty();
    } else if (key === "Enter" && isOpen && this.active >= 0) this.take(this.active);
    else if ((key === "ArrowDown" || key === "ArrowUp") && !isOpen) this.ask();
    else if (key === "ArrowDown" || key === "ArrowUp") this.highlight(turned(this.active, key === "ArrowDown" ? 1 : -1, count));
    else if (key === "Home" && this.active >= 0) this.highlight(0);
    else if (key === "End" && this.active >= 0) this.highlight(count - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(index) {
    const { kind, id, label, lon, lat } = this.suggestions[index];
    this.stopWaiting();
    this.show(label);
    this.tell("");
    this.away();
    this.options.onPlace?.({ kind, id, label, lon, lat });
  }

  submit(event) {
    event.preventDefault();
    const text = this.input.value.slice(0, LONGEST).trim();
    this.close();
    this.tell("");
    if (!text) return this.input.focus();
    this.fresh = false;
    this.stopWaiting();
    this.away();
    this.options.onPlace?.({ kind: "text", text });
  }

  /** On a screen one touches, put the keyboard away: the answer stands below it. */
  away() {
    const touched = window.matchMedia("(pointer: coarse)").matches;
    if (touched && document.activeElement === this.input) this.search.focus({ preventScroll: true });
  }

  empty() {
    this.show("");
    this.tell("");
    this.input.focus();
  }

  left({ relatedTarget }) {
    if (!this.form.contains(relatedTarget)) this.close();
  }

  /** Ask the device where it is, on press only. */
  locate() {
    if (this.waiting) return;
    const ticket = (this.waiting = {});
    const once = (end) => (found) => {
      if (this.waiting !== ticket) return;
      this.stopWaiting();
      end(found);
    };
    this.close();
    this.here.setAttribute("aria-disabled", "true");
    this.tell(this.texts.position_wait, true);
    const refused = once(({ code }) => this.refuse(REFUSALS[code] ?? "unavailable"));
    if (!navigator.geolocation) refused({});
    else navigator.geolocation.getCurrentPosition(once(({ coords }) => this.found(coords)), refused, POSITION);
  }

  /** Whoever writes or chooses meanwhile wants no position any more, however late it comes. */
  stopWaiting() {
    this.waiting = null;
    this.here.removeAttribute("aria-disabled");
  }

  found({ longitude: lon, latitude: lat, accuracy: accuracy_m }) {
    this.show("");
    this.tell("");
    this.options.onPlace?.({ kind: "position", lon, lat, accuracy_m });
  }

  refuse(error) {
    this.tell(this.texts[`position_${error}`], true);
    this.options.onPlace?.({ kind: "position", error });
  }

  /** Say a sentence; counts are for those who listen alone. */
  tell(text, seen = false) {
    this.said.classList.toggle("plein-heard", !seen);
    if (this.said.textContent !== (text ?? "")) this.said.textContent = text ?? "";
  }

  destroy() {
    this.suggesting.stop();
    this.waiting = null;
    this.box.remove();
    mounted.delete(this.target);
  }
}

/** The next place of a ring that also holds "none", which is -1. */
function turned(at, step, count) {
  const next = at + step;
  return next >= count ? -1 : next < -1 ? count - 1 : next;
}
