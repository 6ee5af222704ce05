/** Where it is: one field with suggestions, and the map to press; both say the same. */

import { element, fill, isolated } from "./dom.js";
import { mountMap } from "./map.js";
import { mountPlaceField } from "./place-field.js";

const STREET_DEG = 0.02; // some 2 km: a pin moved within it is still in the street that was written

export class PlacePart {
  /** @param {object} page the form: `values`, `texts`, `lang`, `form`, `map`, `placed(place, where)` */
  constructor(page, label) {
    this.page = page;
    this.label = label;
    this.host = element("div", { class: "plein-propose-where", on: { input: (event) => { this.written = event.target.value; } } });
    this.chosen = element("p", { class: "plein-propose-chosen", role: "status" });
    this.choices = element("div", { class: "plein-propose-choices" });
    this.ground = element("div", { class: "plein-propose-map" });
    this.box = element("div", { class: "plein-propose-place" }, this.host, this.choices, this.chosen, this.ground);
  }

  /** Draw, once the form stands in the page: a map needs its size. */
  start() {
    const { texts, lang, values, form, map } = this.page;
    const words = { label: this.label, hint: texts.on_map, placeholder: texts.field_placeholder };
    this.spec = { lang, texts: { ...texts, ...words }, suggest: "near/suggest", value: values.where || values.place?.label || "" };
    this.field = mountPlaceField(this.host, this.spec, { onPlace: (told) => this.told(told) });
    const start = values.place ?? form.target?.at;
    const view = start && { ...start, zoom: 17 };
    this.drawn = mountMap(this.ground, { ...map, pin: values.place ?? null, ...(view ? { view } : {}) }, { onPoint: (point) => this.pressed(point), embed: true });
    this.say();
  }

  /** What is written and was not chosen still counts: the relay reads it. */
  take() {
    const written = this.host.querySelector("input")?.value.trim() ?? "";
    const { values } = this.page;
    if (written && written !== (values.place?.label ?? "")) this.page.placed(values.place?.label ? null : values.place, written);
  }

  async told({ kind, text, lon, lat, label, error }) {
    this.choices.replaceChildren();
    if (error) return;
    if (kind !== "text") return this.put({ lon, lat, label: kind === "street" ? numbered(label, this.written) : label ?? "" });
    const { lang, texts } = this.page;
    const asked = (this.asked = {});
    try {
      const response = await fetch(new URL("propose/place", document.baseURI), {
        method: "POST", body: JSON.stringify({ text, lang }), credentials: "same-origin", headers: { "Content-Type": "application/json" },
      });
      if (!response.ok) throw new Error(String(response.status));
      const { place, choices, sentence } = await response.json();
      if (this.asked !== asked) return;
      if (place) this.put(place);
      else this.page.placed(null, text);
      this.chosen.textContent = sentence || this.chosen.textContent;
      this.choices.replaceChildren(...choices.map((one) => element("button", {
        type: "button", class: "plein-propose-change", on: { click: () => { this.choices.replaceChildren(); this.put(one); } },
      }, isolated(one.label))));
    } catch {
      if (this.asked === asked) this.chosen.textContent = texts.suggestions_failed;
    }
  }

  /** A pin put beside what was written makes it more exact; one put elsewhere is another place. */
  pressed({ lon, lat }) {
    const before = this.page.values.place;
    const close = before?.label && Math.abs(before.lon - lon) < STREET_DEG && Math.abs(before.lat - lat) < STREET_DEG;
    this.put({ lon, lat, label: close ? before.label : "" });
  }

  put(place) {
    this.page.placed(place);
    const { map } = this.page;
    this.drawn.update({ ...map, pin: { lon: place.lon, lat: place.lat } });
    this.field.update((this.spec = { ...this.spec, value: place.label ?? "" }));
    this.say();
  }

  say() {
    const { texts, values: { place } } = this.page;
    this.chosen.textContent = place ? fill(texts.spot, { place: place.label || texts.pressed }) : "";
  }

  destroy() {
    this.asked = null;
    this.field?.destroy();
    this.drawn?.destroy();
  }
}

/** The street that was chosen with the number that was written, where no list of houses is known. */
function numbered(label, written = "") {
  const number = /\d/.test(label) ? null : /\d+\s?[a-z]?\b/i.exec(written);
  return number ? `${label} ${number[0]}` : label;
}
