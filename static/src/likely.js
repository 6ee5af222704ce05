/** What is on the map already and may be the same, while a person writes. */

import { element, isolated } from "./dom.js";
import { Suggesting } from "./suggesting.js";

const WAIT_MS = 250; // between two letters of who writes quickly

export class Likely {
  /**
   * @param {object} page the form: `values`, `texts`, `lang`, `about`
   * @param {{choose?: (one: {id: string, name: string}) => void}} options without it each leads to its correction
   */
  constructor(page, { choose }) {
    this.page = page;
    this.choose = choose;
    this.box = element("div", { class: "plein-propose-likely", role: "status" });
    this.suggesting = new Suggesting((told) => this.show(told.suggestions ?? []));
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { values, lang, about, form } = this.page;
      const { phone, email, place } = values;
      const name = this.choose ? values.twin || form.target.present.name : values.name;
      const nearby = this.choose && !values.twin ? form.target.at : this.choose ? null : place;
      this.suggesting.ask("propose/alike", { lang, name, phone, email, place: nearby, id: about });
    }, WAIT_MS);
  }

  show(found) {
    const { texts } = this.page;
    const said = JSON.stringify(found);
    if (said === this.said) return;
    this.said = said;
    const heading = element("p", { class: "plein-propose-label", text: texts.alike });
    const items = found.map((one) => element("li", {},
      element("span", { class: "plein-propose-words" }, isolated(one.name, "plein-place-name"), one.sub ? isolated(one.sub, "plein-propose-hint") : null,
        one.why ? element("span", { class: "plein-propose-hint", text: one.why }) : null),
      this.way(one)));
    this.box.replaceChildren(...(found.length ? [heading, element("ul", {}, ...items)] : []));
  }

  way(one) {
    const { texts, lang } = this.page;
    if (this.choose) return element("button", { type: "button", class: "plein-propose-change", text: texts.alike_same, on: { click: () => this.choose({ id: one.id, name: one.name }) } });
    const query = new URLSearchParams({ kind: "correct", id: one.id, lang });
    return element("a", { class: "plein-propose-change", href: new URL(`propose?${query}`, document.baseURI).href, text: texts.alike_correct });
  }

  stop() {
    clearTimeout(this.timer);
    this.suggesting.stop();
  }
}
