/** Records to be checked, as a list: still right by one press, several at once. */

import { element, fill, isolated, link } from "./dom.js";

const PAGE = 40;
const mounted = new WeakMap();

/**
 * List records in an element, or bring the list already there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec {lang, texts: {label, more, right, right_many, correct, other, pick, none}, items, selected}; an item
 *   is {id, version, state, name, sub, lines: string[], links: {text, href}[], record}, its name in `own` language
 * @param {{onTool?: (name: string, told: object) => void}} [options] told {confirm: {id: version}} or {open: id}
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountDue(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    there.options = options;
    there.update(spec);
    return there.handle;
  }
  const made = new DueList(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class DueList {
  constructor(target, options) {
    this.target = target;
    this.options = options;
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.items = element("ul", { class: "plein-due-items", role: "list" });
    this.none = element("p", { class: "plein-list-note" });
    this.more = element("button", { type: "button", class: "plein-more", on: { click: () => this.showMore() } });
    this.many = element("button", { type: "button", class: "plein-due-many", on: { click: () => this.confirm(this.chosen()) } });
    this.box = element("div", { class: "plein-due" }, this.none, this.items, this.more, this.many);
    this.ticked = new Set();
    target.replaceChildren(this.box);
  }

  update(spec) {
    const told = JSON.stringify([spec.items, spec.texts, spec.lang]);
    const other = told !== this.told;
    this.told = told;
    this.spec = spec;
    if (other) this.fill();
    for (const row of this.items.children) {
      row.classList.toggle("plein-due-open", row.dataset.id === spec.selected);
    }
  }

  fill() {
    const { items, texts, lang } = this.spec;
    const focused = this.items.contains(document.activeElement) ? this.placeOf(document.activeElement) : -1;
    const there = new Set(items.map(({ id }) => id));
    this.ticked = new Set([...this.ticked].filter((id) => there.has(id)));
    this.box.lang = lang ?? "";
    this.items.setAttribute("aria-label", texts.label);
    this.none.textContent = texts.none;
    this.none.hidden = items.length > 0;
    this.items.replaceChildren();
    this.append(Math.max(PAGE, this.drawn ?? 0));
    this.count();
    // What was pressed is gone from the list: the next one takes its place under the keyboard.
    if (focused >= 0) this.items.children[Math.min(focused, items.length - 1)]?.querySelector("button").focus({ preventScroll: true });
  }

  placeOf(node) {
    return [...this.items.children].findIndex((row) => row.contains(node));
  }

  append(count) {
    const first = this.items.children.length;
    this.drawn = Math.min(count, this.spec.items.length);
    this.items.append(...this.spec.items.slice(first, this.drawn).map((item) => this.row(item)));
    const left = this.spec.items.length - this.drawn;
    this.more.hidden = left === 0;
    this.more.textContent = fill(this.spec.texts.more, { n: left });
  }

  showMore() {
    const first = this.items.children.length;
    this.append(this.drawn + PAGE);
    this.items.children[first]?.querySelector("button").focus();
  }

  row(item) {
    const { texts, selected } = this.spec;
    const tick = element("input", {
      type: "checkbox", checked: this.ticked.has(item.id), "aria-label": fill(texts.pick, { name: item.name }),
      on: { change: ({ target }) => this.tick(item.id, target.checked) },
    });
    const about = `plein-due-${item.id}`;
    const press = (text, kind, act) =>
      element("button", { type: "button", class: `plein-due-act ${kind}`, "aria-describedby": about, text, on: { click: act } });
    return element("li", { "data-id": item.id, class: item.id === selected ? "plein-due-open" : null },
      element("label", { class: "plein-due-tick" }, tick),
      element("div", { class: "plein-due-words" },
        element("p", { class: "plein-due-name", id: about }, isolated(item.name)),
        item.sub && element("p", { class: "plein-due-sub" }, isolated(item.sub)),
        element("p", { class: `plein-due-since plein-due-${item.state}`, text: item.since }),
        item.links.length > 0 && element("p", { class: "plein-due-links" }, ...item.links.map((one) => link(one.text, one.href)))),
      element("div", { class: "plein-due-acts" },
        press(texts.right, "plein-due-right", () => this.confirm([item])),
        item.record && element("a", { class: "plein-due-act", href: item.record, target: "_self", "aria-describedby": about, text: texts.correct }),
        press(texts.other, "plein-due-other", () => this.options.onTool?.("due", { open: item.id }))));
  }

  tick(id, on) {
    if (on) this.ticked.add(id);
    else this.ticked.delete(id);
    this.count();
  }

  chosen() {
    return this.spec.items.filter(({ id }) => this.ticked.has(id));
  }

  count() {
    const n = this.chosen().length;
    this.many.hidden = n === 0;
    this.many.textContent = fill(this.spec.texts.right_many, { n });
  }

  confirm(items) {
    if (items.length === 0) return;
    this.options.onTool?.("due", { confirm: Object.fromEntries(items.map(({ id, version }) => [id, version])) });
  }

  destroy() {
    this.box.remove();
    mounted.delete(this.target);
  }
}
