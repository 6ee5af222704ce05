/** Neighbourhoods being edited, as this browser shows them: what the page told, and what was done since. */

import { bits } from "./data.js";

const AGAIN_MS = 4_000; // a press the page did not answer is told once more: it may have been lost

/**
 * One draft for the map and the list beside it. What a person does shows at once and is told with all
 * that the page has not yet heard (`seen`), so that nothing is lost or done twice.
 */
export class Draft {
  constructor() {
    this.views = new Set();
    this.pending = [];
    this.homes = new Uint16Array();
    this.asked = { areas: [], chosen: null, lived: [] };
    this.codes = [];
    this.chosen = null;
    this.lived = [];
    this.apart = this.beside = bits("");
  }

  join(view) {
    this.views.add(view);
  }

  leave(view) {
    this.views.delete(view);
  }

  /**
   * @param {object} asked {key, seen, areas: [{id, name, colour}], homes, chosen, apart?, beside?, lived?}: `homes`
   *   is base64, two bytes a sector: 0 for none, else a place in `areas` counted from 1
   * @param {(told: object) => void} tell
   */
  update(asked, tell) {
    if (asked.key !== this.key) Object.assign(this, { key: asked.key, pending: [], n: asked.seen });
    this.n = Math.max(this.n, asked.seen);
    this.pending = this.pending.filter(({ n }) => n > asked.seen);
    Object.assign(this, { asked, tell, chosen: asked.chosen ?? null, lived: asked.lived ?? [] });
    this.homes = words(asked.homes);
    this.apart = bits(asked.apart ?? "");
    this.beside = bits(asked.beside ?? "");
    for (const edit of this.pending) this.apply(edit);
    if (!this.pending.length) clearTimeout(this.waiting);
    this.renew();
  }

  renew() {
    for (const view of this.views) view.renew();
  }

  area(index) {
    return this.asked.areas[this.homes[index] - 1] ?? null;
  }

  placeOf(id) {
    return this.asked.areas.findIndex((area) => area.id === id) + 1;
  }

  isIn(index) {
    return this.chosen !== null && this.area(index)?.id === this.chosen;
  }

  /** Put sectors (places in their order) into the chosen neighbourhood, or take them out of it. */
  put(indexes, into = true) {
    const what = indexes.filter((index) => this.isIn(index) !== into);
    if (!this.chosen || !what.length) return;
    this.do({ act: into ? "put" : "out", area: this.chosen, codes: what.map((index) => this.codes[index]) });
  }

  toggle(index) {
    this.put([index], !this.isIn(index));
  }

  choose(id) {
    if (id && id !== this.chosen) this.do({ act: "choose", area: id });
  }

  /** @param {[number, number][]} ring longitude and latitude; empty: none */
  draw(ring) {
    if (this.chosen) this.do({ act: "lived", area: this.chosen, ring });
  }

  undo() {
    this.do({ act: "undo" });
  }

  redo() {
    this.do({ act: "redo" });
  }

  do(edit) {
    this.n += 1;
    const told = { n: this.n, ...edit };
    this.pending.push(told);
    this.apply(told);
    this.renew();
    this.send();
  }

  send() {
    clearTimeout(this.waiting);
    if (!this.pending.length) return;
    this.tell?.({ key: this.key, edits: this.pending });
    this.waiting = setTimeout(() => this.send(), AGAIN_MS);
  }

  apply({ act, area, codes, ring }) {
    if (act === "choose") Object.assign(this, { chosen: area, lived: [] });
    if (act === "lived" && area === this.chosen) this.lived = ring;
    if (act !== "put" && act !== "out") return;
    const place = this.placeOf(area);
    if (!place) return;
    const wanted = new Set(codes);
    this.codes.forEach((code, index) => {
      if (wanted.has(code) && (act === "put" || this.homes[index] === place)) this.homes[index] = act === "put" ? place : 0;
    });
  }
}

export const draft = new Draft();

function words(text) {
  const bytes = atob(text ?? "");
  return Uint16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8));
}
