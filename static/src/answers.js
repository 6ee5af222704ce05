/** What was found near a person: one place below the other, with what one does about each. */

import { calm, element, fill, isolated } from "./dom.js";
import { paintVariables, palette } from "./palette.js";
import { drawIcon, LINES } from "./icons.js";
import { drawSign } from "./signs-drawn.js";

const LAYER = "actors"; // the layer of the map the places belong to
const PAGE = 20;
const TAKE_MAX = 10;
const FIRST_WORD_MS = 60; // a live region is heard only if it was there before its words
const CALL = /^tel:\+?[\d().\- ]+$/;
const GEO = /^geo:-?\d/;
const STATES = { open: LINES.open, closed: LINES.shut, unknown: LINES.unknown };
const LOW = 0.55; // of the screen: answers that begin below are as good as not there
const mounted = new WeakMap();
let made_so_far = 0;

/**
 * List answers in an element, or bring the list already there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec {lang, texts, summary, items, selected, taken, take_max, page_size, palette}, see
 *   docs/decisions/0004-map-in-the-browser.md
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void, onTake?: (id: string) => void}} [options]
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountAnswers(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    Object.assign(there.options, options);
    there.update(spec);
    return there.handle;
  }
  const made = new Answers(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class Answers {
  constructor(target, options) {
    this.target = target;
    this.options = { ...options };
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.key = `plein-answers-${(made_so_far += 1)}`;
    this.selected = null;
    this.pressed = new Map();
    this.summary = element("p", { class: "plein-answers-summary", "aria-live": "polite" });
    this.full = element("p", { class: "plein-answers-full", id: `${this.key}-full`, hidden: true });
    this.none = element("p", { class: "plein-answers-none", hidden: true });
    this.items = element("ol", { class: "plein-answers-items", role: "list", on: { keydown: (event) => this.step(event) } });
    this.more = element("button", { type: "button", class: "plein-more", on: { click: () => this.showMore() } });
    this.said = element("p", { class: "plein-heard", role: "status" });
    this.box = element("div", { class: "plein-answers" }, this.summary, this.full, this.none, this.items, this.more, this.said);
    this.heard = ({ detail }) => detail.from !== this && this.mark(detail.layer === LAYER ? detail.id : null, true);
    target.replaceChildren(this.box);
    document.addEventListener("plein:choose", this.heard);
  }

  update(spec) {
    const before = this.spec;
    this.spec = spec;
    this.texts = spec.texts ?? {};
    this.box.lang = spec.lang ?? "";
    this.tell(spec.summary ?? "", !before);
    const looks = JSON.stringify([spec.items, spec.texts, spec.lang, spec.palette, spec.page_size]);
    const other = looks !== this.looks;
    this.looks = looks;
    if (other) this.fill(before);
    this.takeFrom(spec, before);
    if (!before || other || spec.selected !== before.selected) this.mark(spec.selected ?? null, false);
    this.bring(spec.bring);
  }

  /** Another question was asked: on a phone its answers begin below what is seen. */
  bring(question) {
    if (!question || question === this.brought) return;
    this.brought = question;
    requestAnimationFrame(() => {
      const { top } = this.box.getBoundingClientRect();
      if (top < 0 || top > window.innerHeight * LOW) this.box.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "start" });
    });
  }

  tell(summary, first) {
    const say = () => {
      if (this.spec && this.summary.textContent !== (this.spec.summary ?? "")) this.summary.textContent = this.spec.summary ?? "";
    };
    this.summary.hidden = !summary;
    if (first) setTimeout(say, FIRST_WORD_MS);
    else say();
  }

  fill(before) {
    const { items = [], palette: given, page_size: page = PAGE } = this.spec;
    this.colours = palette(given);
    paintVariables(this.box, this.colours);
    const ids = (spec) => (spec?.items ?? []).map(({ id }) => id).join("\n");
    const kept = ids(before) === ids(this.spec) ? this.drawn : 0;
    const held = this.held();
    this.drawn = 0;
    this.items.replaceChildren();
    this.append(Math.max(page, kept ?? 0, held ? items.findIndex(({ id }) => String(id) === held.id) + 1 : 0));
    this.none.textContent = items.length ? "" : this.texts.results_none ?? "";
    this.none.hidden = !this.none.textContent;
    this.full.textContent = this.texts.take_full ?? "";
    if (held) this.rowOf(held.id)?.querySelector(held.control)?.focus({ preventScroll: true });
  }

  /** What of the list has the focus, to give it back to what takes its place. */
  held() {
    const row = this.items.contains(document.activeElement) && document.activeElement.closest("li");
    return row && { id: row.dataset.id, control: `.${document.activeElement.classList[0]}` };
  }

  append(count) {
    const { items = [] } = this.spec;
    const next = items.slice(this.drawn, this.drawn + count);
    this.items.append(...next.map((item, at) => this.row(item, `${this.key}-${this.drawn + at}`)));
    this.drawn += next.length;
    const left = items.length - this.drawn;
    this.more.hidden = left <= 0;
    this.more.textContent = fill(this.texts.more, { n: left });
  }

  showMore() {
    const first = this.drawn;
    this.append(this.spec.page_size ?? PAGE);
    this.paintTaken();
    this.items.children[first]?.querySelector(".plein-answer-name").focus();
  }

  row(item, name) {
    return element("li", { class: "plein-answer", "data-id": item.id },
      this.head(item, name),
      element("div", { class: "plein-answer-body" },
        this.state(item.state),
        ...(item.facts ?? []).map((fact) => element("p", { class: "plein-answer-fact" }, isolated(fact))),
        item.address ? element("p", { class: "plein-answer-address" }, isolated(item.address)) : null,
        this.actions(item, name)));
  }

  /** The whole head is the button: large under a thumb, and read as one sentence. */
  head(item, name) {
    const words = element("span", { class: "plein-answer-words" },
      element("span", { class: "plein-answer-title", id: name, title: String(item.name).slice(0, 300) }, isolated(item.name)),
      element("span", { class: "plein-answer-category" }, drawSign({ group: item.group, icon: item.icon }, this.colours, 22), isolated(item.category ?? "")));
    const foot = item.estimated ? this.texts.estimated : this.texts.on_foot;
    const walk = item.walk ? element("span", { class: "plein-answer-walk" },
      element("span", { class: "plein-answer-minutes", text: item.walk }),
      foot ? element("span", { class: "plein-answer-foot", text: foot }) : null) : null;
    const number = element("span", { class: "plein-answer-number" },
      element("span", { class: "plein-heard", text: `${item.n}.` }), drawSign({ group: item.group, n: item.n }, this.colours, 44));
    return element("button", {
      type: "button", class: "plein-answer-name", on: { click: () => this.choose(String(item.id)) },
    }, number, words, walk);
  }

  state(state) {
    if (!state?.text) return null;
    const kind = Object.hasOwn(STATES, state.kind) ? state.kind : "unknown";
    return element("p", { class: `plein-answer-state plein-${kind}` }, drawIcon(STATES[kind], 22), isolated(state.text));
  }

  actions({ id, phone, geo }, name) {
    const call = phone && CALL.test(phone.href) ? element("a", { class: "plein-answer-call", href: phone.href },
      drawIcon(LINES.phone), this.callWords(phone.text)) : null;
    const map = geo && GEO.test(geo) ? element("a", { class: "plein-answer-geo", href: geo, "aria-describedby": name },
      drawIcon(LINES.pin), element("span", { text: this.texts.open_map })) : null;
    const take = element("button", {
      type: "button", class: "plein-answer-take", "aria-describedby": name, on: { click: () => this.take(String(id)) },
    });
    const toMap = this.texts.to_map ? element("button", {
      type: "button", class: "plein-answer-to-map", "aria-describedby": name, on: { click: showMap },
    }, drawIcon(LINES.area), element("span", { text: this.texts.to_map })) : null;
    return element("div", { class: "plein-answer-actions" }, call, map, take, toMap);
  }

  /** The number stands where the sentence has it, else after it. */
  callWords(number) {
    const [before, after = ""] = (/\{number\}/.test(this.texts.call) ? this.texts.call : `${this.texts.call ?? ""} {number}`).split("{number}");
    return element("span", {}, before, element("bdi", { dir: "ltr", text: number }), after);
  }

  choose(id) {
    this.mark(id, false);
    const chosen = { layer: LAYER, id };
    document.dispatchEvent(new CustomEvent("plein:choose", { detail: { ...chosen, from: this } }));
    this.options.onSelect?.(chosen);
  }

  /** Mark what is chosen; chosen elsewhere, it comes into sight where that takes nothing else away. */
  mark(id, elsewhere) {
    const wanted = id === null || id === undefined ? null : String(id);
    const at = (this.spec?.items ?? []).findIndex((item) => String(item.id) === wanted);
    if (at >= this.drawn) {
      this.append(at + 1 - this.drawn);
      this.paintTaken();
    }
    this.rowOf(this.selected)?.querySelector(".plein-answer-name").removeAttribute("aria-current");
    this.selected = wanted;
    const row = this.rowOf(wanted);
    row?.querySelector(".plein-answer-name").setAttribute("aria-current", "true");
    if (row && elsewhere && isBesideMap(row)) row.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  /** What the page says is taken, and what was pressed here since: one answer may be older than that. */
  takeFrom({ taken = [] }, before) {
    const told = new Set(taken.map(String));
    const same = before && JSON.stringify(before.taken) === JSON.stringify(taken);
    for (const [id, pressed] of this.pressed) {
      if (told.has(id) === pressed.on) this.pressed.delete(id);
      else if (!same && (pressed.doubts += 1) > 1) this.pressed.delete(id);
    }
    this.told = told;
    this.paintTaken();
  }

  isTaken(id) {
    return this.pressed.get(id)?.on ?? this.told.has(id);
  }

  take(id) {
    const on = !this.isTaken(id);
    if (on && this.isFull) {
      this.said.textContent = "";
      this.said.textContent = this.texts.take_full ?? "";
      return;
    }
    this.pressed.set(id, { on, doubts: 0 });
    this.paintTaken();
    this.options.onTake?.(id);
  }

  paintTaken() {
    const all = new Set([...(this.told ?? []), ...this.pressed.keys()]);
    this.isFull = [...all].filter((id) => this.isTaken(id)).length >= (this.spec.take_max ?? TAKE_MAX);
    this.full.hidden = !this.isFull || !this.full.textContent;
    if (!this.isFull) this.said.textContent = "";
    for (const row of this.items.children) this.paintTake(row);
  }

  paintTake(row) {
    const button = row.querySelector(".plein-answer-take");
    const on = this.isTaken(row.dataset.id);
    const barred = this.isFull && !on;
    const name = row.querySelector(".plein-answer-title").id;
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-describedby", barred ? `${name} ${this.full.id}` : name);
    if (barred) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    button.replaceChildren(drawIcon(on ? LINES.check : LINES.plus), element("span", { text: on ? this.texts.taken : this.texts.take }));
  }

  rowOf(id) {
    return id === null ? null : this.items.querySelector(`:scope > [data-id="${CSS.escape(id)}"]`);
  }

  step(event) {
    const names = [...this.items.querySelectorAll(".plein-answer-name")];
    const at = names.indexOf(document.activeElement);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: names.length - 1 };
    const to = names[moves[event.key]];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  }

  destroy() {
    document.removeEventListener("plein:choose", this.heard);
    this.spec = null;
    this.box.remove();
    mounted.delete(this.target);
  }
}

/** Whether map and list stand side by side, so that scrolling the one leaves the other in sight. */
function isBesideMap(row) {
  const map = document.querySelector(".plein-map")?.getBoundingClientRect();
  const { left, right } = row.getBoundingClientRect();
  return !map || map.right <= left || map.left >= right;
}

function showMap() {
  const map = document.querySelector(".plein-map");
  map?.scrollIntoView({ behavior: calm() ? "auto" : "smooth", block: "center" });
  map?.focus({ preventScroll: true });
}
