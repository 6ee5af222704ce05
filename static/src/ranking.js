/** Areas in the order of their rank: what each lacks, how much, and how sure its rank is. */

import { calm, element, fill, isolated, svg } from "./dom.js";

const PAGE = 10;
const TRACK = { width: 120, height: 12 };
const mounted = new WeakMap();

/**
 * List ranked areas in an element, or bring the list already there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec {lang, texts: {label, more}, layer, items, most, selected}; an item is {id, rank, name, sub,
 *   lines: string[], score: 0 to 1, low, high, sure}; `most` is the last rank its track shows, 0 without tracks
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void}} [options]
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountRanking(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    there.options = options;
    there.update(spec);
    return there.handle;
  }
  const made = new Ranking(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class Ranking {
  constructor(target, options) {
    this.target = target;
    this.options = options;
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.items = element("ol", { class: "plein-ranks", role: "list" });
    this.more = element("button", { type: "button", class: "plein-more", on: { click: () => this.show(this.drawn + PAGE, true) } });
    this.box = element("div", { class: "plein-ranking" }, this.items, this.more);
    this.heard = ({ detail }) => detail.from !== this && this.mark(detail.layer === this.spec.layer ? detail.id : null, true);
    target.replaceChildren(this.box);
    document.addEventListener("plein:choose", this.heard);
  }

  update(spec) {
    const told = JSON.stringify([spec.items, spec.most, spec.texts]);
    const other = told !== this.told;
    this.told = told;
    this.spec = spec;
    this.box.lang = spec.lang ?? "";
    this.items.setAttribute("aria-label", spec.texts?.label ?? "");
    if (other) {
      this.items.replaceChildren();
      this.show(PAGE, false);
    }
    this.mark(spec.selected ?? null, false);
  }

  /** Draw rows up to a number; who asked for more goes on reading where they were. */
  show(count, asked) {
    const first = this.items.children.length;
    this.drawn = Math.min(count, this.spec.items.length);
    this.items.append(...this.spec.items.slice(first, this.drawn).map((item) => this.row(item)));
    const left = this.spec.items.length - this.drawn;
    this.more.hidden = left === 0;
    this.more.textContent = fill(this.spec.texts?.more, { n: left });
    if (asked) {
      this.mark(this.selected, false);
      this.items.children[first]?.querySelector("button").focus();
    }
  }

  row(item) {
    const { most } = this.spec;
    return element("li", { "data-id": item.id },
      element("button", { type: "button", class: "plein-rank", on: { click: () => this.choose(item.id) } },
        element("span", { class: "plein-rank-number", text: String(item.rank) }),
        element("span", { class: "plein-rank-words" },
          element("span", { class: "plein-rank-name" }, isolated(item.name)),
          item.sub && element("span", { class: "plein-rank-sub" }, isolated(item.sub)),
          ...item.lines.map((line) => element("span", { class: "plein-rank-line", text: line }))),
        element("span", { class: "plein-rank-sure" },
          bar(item.score),
          most > 1 && track(item, most),
          item.sure && element("span", { class: "plein-rank-line", text: item.sure }))));
  }

  choose(id) {
    this.mark(id, false);
    const chosen = { layer: this.spec.layer, id };
    document.dispatchEvent(new CustomEvent("plein:choose", { detail: { ...chosen, from: this } }));
    this.options.onSelect?.(chosen);
  }

  /** Mark what is chosen; chosen on the map, it comes into sight beside it. */
  mark(id, elsewhere) {
    this.selected = id;
    const place = this.spec.items.findIndex((item) => item.id === id);
    if (place >= this.drawn) this.show(place + 1, false);
    for (const row of this.items.children) {
      const on = row.dataset.id === id;
      const button = row.firstElementChild;
      if (on) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      if (on && elsewhere && besideMap(row)) row.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    }
  }

  destroy() {
    document.removeEventListener("plein:choose", this.heard);
    this.box.remove();
    mounted.delete(this.target);
  }
}

/** The score, from nothing to one. */
function bar(score) {
  const { width, height } = TRACK;
  return svg("svg", { class: "plein-rank-bar", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    svg("rect", { class: "plein-rank-ground", width, height, rx: 3 }),
    svg("rect", { class: "plein-rank-score", width: Math.max(2, width * score), height, rx: 3 }));
}

/** The ranks it has in nine draws of ten, the rank itself as a mark. */
function track({ rank, low, high }, most) {
  const { width, height } = TRACK;
  const at = (place) => 5 + ((Math.min(place, most) - 1) / (most - 1)) * (width - 10);
  const y = height / 2;
  return svg("svg", { class: "plein-rank-track", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    svg("line", { class: "plein-rank-axis", x1: 0, x2: width, y1: y, y2: y }),
    svg("line", { class: "plein-rank-span", x1: at(low) - 2, x2: at(high) + 2, y1: y, y2: y }),
    svg("circle", { class: "plein-rank-mark", cx: at(rank), cy: y, r: 4 }));
}

function besideMap(row) {
  const map = document.querySelector(".plein-map")?.getBoundingClientRect();
  const { left, right } = row.getBoundingClientRect();
  return !map || map.right <= left || map.left >= right;
}
