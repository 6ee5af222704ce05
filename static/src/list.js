/** The places of the map as a list of buttons: what a keyboard or a screen reader goes through. */

import { bits, bitsOf, fetchFeatures } from "./data.js";
import { calm, element, fill, isolated } from "./dom.js";
import { paintVariables, palette } from "./palette.js";
import { drawSign } from "./signs-drawn.js";
import { TEXTS } from "./texts.js";

const PAGE = 30;
const FAR = 120; // items further down than this are shown on top when chosen elsewhere
const mounted = new WeakMap();

/**
 * List places in an element, or bring the list already there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec see docs/decisions/0004-map-in-the-browser.md
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void}} [options]
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountList(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    Object.assign(there.options, options);
    there.update(spec);
    return there.handle;
  }
  const made = new PlaceList(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

/** On a phone the map stands below the list. */
function showMap() {
  const map = document.querySelector(".plein-map");
  map?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "center" });
  map?.focus({ preventScroll: true });
}

class PlaceList {
  constructor(target, options) {
    this.target = target;
    this.options = { ...options };
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.heading = element("p", { class: "plein-list-summary", "aria-live": "polite" });
    this.items = element("ul", { class: "plein-items", on: { keydown: (event) => this.step(event) } });
    this.more = element("button", { type: "button", class: "plein-more", on: { click: () => this.showMore() } });
    this.said = element("p", { class: "plein-list-note", role: "status" });
    this.toMap = element("button", { type: "button", class: "plein-to-map plein-text-button", on: { click: showMap } });
    this.box = element("div", { class: "plein-list" }, element("div", { class: "plein-list-head" }, this.heading, this.toMap), this.items, this.said, this.more);
    this.heard = (event) => this.hear(event.detail);
    target.replaceChildren(this.box);
    document.addEventListener("plein:choose", this.heard);
  }

  update(spec) {
    const before = this.spec;
    this.spec = spec;
    this.texts = { ...TEXTS, ...spec.texts };
    this.layer = spec.layer ?? "signs";
    const looks = JSON.stringify([spec.palette, spec.lang]);
    if (looks !== this.looks) {
      this.looks = looks;
      this.colours = palette(spec.palette);
      paintVariables(this.box, this.colours);
    }
    this.items.setAttribute("aria-label", this.texts.list_label);
    this.toMap.textContent = this.texts.to_map;
    if (this.heading.textContent !== (spec.summary ?? "")) this.heading.textContent = spec.summary ?? "";
    this.heading.hidden = !spec.summary;
    const source = spec.data ?? spec.address;
    if (source !== this.source) this.load(source);
    else if (!before || this.differs(before)) this.fill();
    if (spec.selected !== before?.selected) this.mark(spec.selected);
  }

  differs(before) {
    const seen = ({ lang, texts, shown, ranked, open, known }) => JSON.stringify([lang, texts, shown, ranked, open, known]);
    return seen(before) !== seen(this.spec);
  }

  async load(source) {
    this.source = source;
    if (!this.features) this.note(this.texts.loading);
    try {
      const made = typeof source === "string" ? await fetchFeatures(source) : source;
      if (this.source !== source) return;
      this.made = made;
      this.features = made.features;
      this.fill();
    } catch (error) {
      if (this.source !== source) return;
      console.warn("plein:", error);
      this.note(fill(this.texts.load_failed, { layer: this.texts.list_label }));
      this.source = null;
      this.said.append(element("button", {
        type: "button", class: "plein-text-button", text: this.texts.retry, on: { click: () => this.load(source) },
      }));
    }
  }

  fill() {
    if (!this.features) return;
    const shown = bitsOf(this.spec.shown, this.made);
    const all = (this.made.other ? null : this.spec.ranked) ?? this.features.keys();
    this.order = [...all].filter((index) => shown(index) && this.features[index]);
    this.open = bits(this.made.other ? "" : this.spec.open ?? "");
    this.known = bits(this.made.other ? "" : this.spec.known ?? "");
    const page = this.spec.page_size ?? PAGE;
    this.drawn = 0;
    const focused = this.items.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    this.items.replaceChildren();
    const chosen = this.upTo(this.selected);
    this.append(chosen < FAR ? Math.max(page, chosen + 1) : page);
    if (chosen >= this.drawn) this.pin(chosen);
    this.note(this.order.length ? "" : this.texts.results_none);
    if (focused) this.buttonOf(focused)?.focus({ preventScroll: true });
  }

  upTo(id) {
    return id === null || id === undefined ? -1 : this.order.findIndex((index) => this.idOf(index) === id);
  }

  idOf(index) {
    return String(this.features[index].properties.id);
  }

  append(count) {
    const next = this.order.slice(this.drawn, this.drawn + count);
    this.items.append(...next.map((index) => this.item(index)));
    this.drawn += next.length;
    const left = this.order.length - this.drawn;
    this.more.hidden = left <= 0;
    this.more.textContent = fill(this.texts.list_more, { n: left });
  }

  /** Show one item of far down above the first. */
  pin(place) {
    const item = this.item(this.order[place]);
    item.classList.add("plein-pinned");
    this.items.prepend(item);
  }

  showMore() {
    const first = this.drawn;
    this.append(this.spec.page_size ?? PAGE);
    const pinned = this.items.querySelector(".plein-pinned") ? 1 : 0;
    this.items.children[first + pinned]?.querySelector("button").focus();
  }

  item(index) {
    const { properties } = this.features[index];
    const id = this.idOf(index);
    const name = properties.name || this.texts.unnamed;
    const words = element(
      "span",
      { class: "plein-item-words" },
      element("span", { class: "plein-item-name", title: name.slice(0, 300) }, isolated(name)),
      properties.sub ? element("span", { class: "plein-item-sub" }, isolated(properties.sub)) : null,
      properties.old ? element("span", { class: "plein-item-sub plein-item-old", text: properties.old }) : null,
    );
    const press = { click: () => this.choose(id) };
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "plein-item", "data-id": id, "aria-current": id === this.selected ? "true" : null, on: press },
        drawSign(properties, this.colours, 32),
        words,
        this.chip(index),
      ),
    );
  }

  chip(index) {
    if (this.spec.known === undefined || this.spec.known === null) return null;
    const state = !this.known(index) ? "unknown_hours" : this.open(index) ? "open" : "closed";
    return element("span", { class: `plein-chip plein-${state}`, text: this.texts[state] });
  }

  choose(id) {
    this.mark(id);
    const chosen = { layer: this.layer, id };
    document.dispatchEvent(new CustomEvent("plein:choose", { detail: { ...chosen, from: this } }));
    this.options.onSelect?.(chosen);
  }

  hear({ layer, id, from }) {
    if (from !== this) this.mark(layer === this.layer ? id : null);
  }

  /** Mark the chosen item and bring it into sight, opening the list as far as it stands. */
  mark(id) {
    const wanted = id === null || id === undefined ? null : String(id);
    if (wanted !== this.selected) this.buttonOf(this.selected)?.removeAttribute("aria-current");
    this.selected = wanted;
    if (wanted === null || !this.features) return;
    const place = this.upTo(wanted);
    this.items.querySelector(".plein-pinned:not(:focus-within)")?.remove();
    if (place >= this.drawn + FAR) this.pin(place);
    else if (place >= this.drawn) this.append(place + 1 - this.drawn);
    const button = this.buttonOf(wanted);
    button?.setAttribute("aria-current", "true");
    if (button && button !== document.activeElement) reveal(button);
  }

  buttonOf(id) {
    return id === null ? null : this.items.querySelector(`[data-id="${CSS.escape(id ?? "")}"]`);
  }

  step(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const buttons = [...this.items.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : at + (moves[event.key] ?? NaN);
    if (at < 0 || !buttons[to]) return;
    event.preventDefault();
    buttons[to].focus();
  }

  note(text) {
    this.said.textContent = text;
    this.said.hidden = !text;
  }

  destroy() {
    document.removeEventListener("plein:choose", this.heard);
    this.box.remove();
    mounted.delete(this.target);
  }
}

/** Scroll the list, never the page, until the item is in sight. */
function reveal(button) {
  const box = button.closest(".plein-items");
  const [seen, item] = [box.getBoundingClientRect(), button.getBoundingClientRect()];
  if (item.top < seen.top) box.scrollTop -= seen.top - item.top + 8;
  else if (item.bottom > seen.bottom) box.scrollTop += item.bottom - seen.bottom + 8;
}
