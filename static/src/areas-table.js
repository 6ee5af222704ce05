/** Areas as a table: sorted by a press, chosen by a press, all in the words of the reader. */

import { element, isolated } from "./dom.js";
import { swatch } from "./swatch.js";

const AT_ONCE = 24; // rows: more than are in sight
const REST_MS = 250; // the others wait until the map is drawn too
const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e6, End: 1e6 };

/** One table; `show` brings it to other rows, keeping the order a person asked for. */
export class AreasTable {
  /** @param {{choose(id: string): void}} page */
  constructor(page) {
    this.page = page;
    this.sort = null; // {column, down} once a person sorted
    this.made = new Map();
    this.head = element("tr");
    this.body = element("tbody", { on: { keydown: (event) => this.step(event), click: (event) => this.pressed(event) } });
    this.table = element("table", { class: "plein-told-table" }, element("thead", {}, this.head), this.body);
    this.box = element("div", { class: "plein-told-scroll" }, this.table);
  }

  /**
   * @param {object} view
   * @param {{id: string, name: string, part: string}[]} view.rows
   * @param {{id: string, title: string, value(row: number): any, tell(row: number): string, up?: boolean}[]} view.columns
   *   `value` is what it is sorted by, null where not known; `up` sorts the lowest first at first
   */
  show(view, { texts, lang }) {
    Object.assign(this, { view, texts });
    this.collator = new Intl.Collator(lang, { numeric: true });
    this.table.setAttribute("aria-label", view.title);
    this.heads();
    const wanted = new Set(view.rows.map(({ id }) => id));
    for (const id of this.made.keys()) if (!wanted.has(id)) this.made.delete(id);
    this.order();
    this.mark(this.selected);
  }

  heads() {
    const { columns } = this.view;
    const { column, down } = this.sorted();
    const said = JSON.stringify([columns.map(({ id, title }) => [id, title]), column.id, down]);
    if (said === this.said) return;
    this.said = said;
    const focused = this.head.contains(document.activeElement) ? document.activeElement.dataset.column : null;
    this.head.replaceChildren(...columns.map((each) => {
      const on = each.id === column.id;
      const arrow = element("span", { class: "plein-told-arrow", "aria-hidden": "true", text: on ? (down ? "▼" : "▲") : "" });
      const button = element("button", { type: "button", "data-column": each.id, on: { click: () => this.sortBy(each) } },
        element("span", { text: each.title }), arrow);
      return element("th", { scope: "col", "aria-sort": on ? (down ? "descending" : "ascending") : "none" }, button);
    }));
    if (focused) this.head.querySelector(`[data-column="${focused}"]`)?.focus({ preventScroll: true });
  }

  sorted() {
    const { columns, first } = this.view;
    const column = columns.find(({ id }) => id === this.sort?.column);
    return column ? { column, down: this.sort.down } : { column: columns.find(({ id }) => id === first.column), down: first.down };
  }

  sortBy({ id, up }) {
    const { column, down } = this.sorted();
    this.sort = { column: id, down: column.id === id ? !down : !up };
    this.heads();
    this.order();
    this.box.scrollTop = 0;
  }

  tell(row, at) {
    let made = this.made.get(row.id);
    const { columns } = this.view;
    if (made?.cells.length !== columns.length || made.name !== row.name || made.part !== row.part) {
      made = this.row(row);
      this.made.set(row.id, made);
    }
    made.at = at;
    columns.forEach(({ tell, byte }, place) => {
      if (!place) return;
      const text = tell(at);
      if (made.texts[place] !== text) made.cells[place].lastChild.data = made.texts[place] = text;
      if (byte) swatch(made.cells[place].firstChild, byte(at), this.view.colours);
    });
  }

  row({ id, name, part }) {
    const button = element("button", { type: "button", tabindex: -1, "data-id": id }, isolated(name), part ? isolated(part, "plein-told-part") : null);
    const head = element("th", { scope: "row" }, button);
    const rest = this.view.columns.slice(1).map(({ byte }) =>
      element("td", {}, byte ? element("span", { class: "plein-told-swatch", "aria-hidden": "true" }) : null, document.createTextNode("")));
    return { id, name, part, button, texts: [], cells: [head, ...rest], line: element("tr", {}, head, ...rest) };
  }

  order() {
    const { column, down } = this.sorted();
    const { rows } = this.view;
    const value = rows.map((_, at) => column.value(at));
    const way = down ? -1 : 1;
    const compare = (one, other) => {
      const [a, b] = [value[one], value[other]];
      if (a === null || b === null) return (a === null) - (b === null);
      return (typeof a === "string" ? this.collator.compare(a, b) : a === b ? 0 : a - b) * way;
    };
    const order = [...rows.keys()].sort((one, other) => compare(one, other) || this.collator.compare(rows[one].name, rows[other].name));
    this.lay(order.slice(0, AT_ONCE), false);
    clearTimeout(this.waiting);
    if (order.length > AT_ONCE) this.waiting = setTimeout(() => this.lay(order, true), REST_MS);
  }

  /** Bring rows to their texts and their order: those in sight at once, the others after that is drawn. */
  lay(order, more) {
    const focused = this.body.contains(document.activeElement) ? document.activeElement : null;
    order.forEach((at) => this.tell(this.view.rows[at], at));
    this.lines = order.map((at) => this.made.get(this.view.rows[at].id));
    const there = this.body.children;
    const same = there.length === this.lines.length && this.lines.every(({ line }, place) => line === there[place]);
    if (more && !same) this.body.append(...this.lines.slice(AT_ONCE).map(({ line }) => line));
    else if (!same) this.body.replaceChildren(...this.lines.map(({ line }) => line));
    if (focused && this.body.contains(focused)) focused.focus({ preventScroll: true });
    this.reach();
    if (this.bringing && this.made.has(this.bringing)) this.mark(this.bringing, true);
  }

  /** One row is reached by Tab, the others by the arrow keys. */
  reach(to = this.made.get(this.selected) ?? this.lines[0]) {
    if (this.reached) this.reached.button.tabIndex = -1;
    this.reached = to;
    if (to) to.button.tabIndex = 0;
  }

  step(event) {
    const by = STEPS[event.key];
    const at = this.lines.findIndex(({ button }) => button === event.target);
    if (!by || at < 0) return;
    event.preventDefault();
    const to = this.lines[Math.max(0, Math.min(this.lines.length - 1, at + by))];
    this.reach(to);
    to.button.focus();
  }

  pressed({ target }) {
    const button = target.closest("tr")?.querySelector("button[data-id]");
    if (button) this.page.choose(button.dataset.id);
  }

  mark(id, bring = false) {
    this.made.get(this.selected)?.line.removeAttribute("aria-current");
    this.selected = id;
    const made = this.made.get(id);
    made?.line.setAttribute("aria-current", "true");
    this.reach();
    this.bringing = bring && !made?.line.isConnected ? id : null;
    if (!made?.line.isConnected || !bring) return;
    const { offsetTop: top, offsetHeight: height } = made.line;
    const { scrollTop, clientHeight } = this.box;
    const head = this.head.offsetHeight;
    if (top < scrollTop + head || top + height > scrollTop + clientHeight) this.box.scrollTop = top - clientHeight / 2;
  }
}
