/** Proposals that wait: one is opened, several are ticked. */

import { element, isolated } from "./dom.js";

const mounted = new WeakMap();

/**
 * List proposals in an element, or bring the list already there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec {lang, texts: {label, tick}, page, items, selected, ticked: string[], ticking}; an item is
 *   {id, kind, name, sub, tags: string[]}; `page` differs where other ones are listed
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void, onTake?: (ids: string[]) => void}} [options]
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountQueue(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    there.options = options;
    there.update(spec);
    return there.handle;
  }
  const made = new Queue(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class Queue {
  constructor(target, options) {
    this.target = target;
    this.options = options;
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.ticked = new Set();
    this.rows = element("ul", { class: "plein-queue", role: "list" });
    target.replaceChildren(this.rows);
  }

  update(spec) {
    const told = JSON.stringify([spec.items, spec.texts, spec.ticking]);
    this.spec = spec;
    this.rows.lang = spec.lang ?? "";
    this.rows.setAttribute("aria-label", spec.texts.label);
    if (told !== this.told) this.draw();
    this.told = told;
    this.tick(new Set(spec.ticked));
    this.mark(spec.selected ?? null);
    this.target.dataset.page = spec.page ?? ""; // what is listed is on the screen
  }

  /** Who was in the list stays there, at the same proposal or where it stood. */
  draw() {
    const old = [...this.rows.children];
    const place = old.findIndex((row) => row.contains(document.activeElement));
    const held = old[place]?.dataset.id;
    this.rows.replaceChildren(...this.spec.items.map((item) => this.row(item)));
    if (place < 0) return;
    const rows = [...this.rows.children];
    const row = rows.find(({ dataset }) => dataset.id === held) ?? rows[Math.min(place, rows.length - 1)];
    row?.querySelector("button").focus({ preventScroll: true });
  }

  row(item) {
    const { texts, ticking } = this.spec;
    const box = ticking && element("label", { class: "plein-queue-tick" },
      element("input", { type: "checkbox", "aria-label": `${texts.tick}: ${item.name}`, on: { change: ({ target }) => this.put(item.id, target.checked) } }));
    const tags = item.tags.map((text) => element("span", { class: "plein-queue-tag", text }));
    return element("li", { "data-id": item.id }, box,
      element("button", { type: "button", on: { click: () => this.choose(item.id) } },
        element("span", { class: "plein-queue-kind", text: item.kind }),
        element("span", { class: "plein-queue-name" }, isolated(item.name)),
        element("span", { class: "plein-queue-sub" }, element("span", { text: item.sub }), ...tags)));
  }

  put(id, on) {
    if (on) this.ticked.add(id);
    else this.ticked.delete(id);
    this.options.onTake?.([...this.ticked]);
  }

  choose(id) {
    this.mark(id);
    this.options.onSelect?.({ layer: "queue", id });
  }

  tick(ids) {
    this.ticked = ids;
    for (const row of this.rows.children) {
      const box = row.querySelector("input");
      if (box) box.checked = ids.has(row.dataset.id);
    }
  }

  mark(id) {
    for (const row of this.rows.children) {
      const button = row.querySelector("button");
      if (row.dataset.id === id) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  destroy() {
    mounted.delete(this.target);
    this.rows.remove();
  }
}
