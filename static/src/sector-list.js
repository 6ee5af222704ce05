/** The sectors of the chosen neighbourhood and those beside it, as boxes to tick: the map without a mouse. */

import { fetchFeatures } from "./data.js";
import { element, fill, isolated } from "./dom.js";
import { draft } from "./draft.js";

const FOUND_MAX = 20;
const mounted = new WeakMap();

/**
 * Show the list in an element, or bring the one already there to a new description; it shows the draft of the map.
 * @param {HTMLElement} target
 * @param {{lang: string, texts: object, layers: object[]}} spec
 * @param {{onTool?: (name: string, told: object) => void}} [options]
 */
export function mountSectors(target, spec, options = {}) {
  const made = mounted.get(target) ?? new SectorList(target);
  mounted.set(target, made);
  made.options = options;
  made.update(spec);
  return made.handle;
}

class SectorList {
  constructor(target) {
    this.target = target;
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.search = element("input", { type: "search", class: "plein-sector-search", autocomplete: "off", on: { input: () => this.renew() } });
    this.groups = element("div", { class: "plein-sector-groups" });
    this.box = element("div", { class: "plein-sectors" }, this.search, this.groups);
    target.replaceChildren(this.box);
    draft.join(this);
  }

  async update(spec) {
    Object.assign(this, { texts: spec.texts, lang: spec.lang });
    this.box.lang = spec.lang;
    this.search.setAttribute("aria-label", this.texts.edit_search);
    this.search.placeholder = this.texts.edit_search;
    const address = spec.layers?.find(({ id }) => id === "sectors")?.address;
    try {
      const { features } = await fetchFeatures(address);
      if (features !== this.features) this.read(features);
    } catch (error) {
      console.warn("plein:", error); // the map says so, and how to try again
    }
    this.renew();
  }

  read(features) {
    this.features = features;
    const { lang } = this;
    this.rows = features.map(({ id, properties }, place) => {
      const code = String(properties.id ?? id);
      const name = String(properties[`name_${lang}`] ?? properties.name_fr ?? "");
      return { place, code, name, sought: plain(`${name} ${properties.name_fr} ${properties.name_nl} ${code}`) };
    }).sort((one, other) => one.name.localeCompare(other.name, lang));
  }

  renew() {
    if (!this.rows || !this.texts) return;
    const chosen = draft.asked.areas.find(({ id }) => id === draft.chosen);
    const words = plain(this.search.value).split(/\s+/).filter(Boolean);
    const sought = (row) => words.every((word) => row.sought.includes(word));
    const inside = this.rows.filter(({ place }) => draft.isIn(place));
    const beside = this.rows.filter(({ place }) => draft.beside(place) && !draft.isIn(place));
    const others = words.length ? this.rows.filter((row) => !draft.isIn(row.place) && !draft.beside(row.place) && sought(row)) : [];
    this.search.disabled = !chosen;
    const focused = this.groups.contains(document.activeElement) ? document.activeElement.value : null;
    this.groups.replaceChildren(...(chosen ? [
      this.group(fill(this.texts.edit_inside, { n: inside.length }), inside.filter(sought)),
      this.group(this.texts.edit_beside, beside.filter(sought)),
      this.group(this.texts.edit_elsewhere, others.slice(0, FOUND_MAX)),
    ] : []).filter(Boolean));
    if (focused) this.groups.querySelector(`input[value="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  group(title, rows) {
    if (!rows.length) return null;
    return element("fieldset", { class: "plein-sector-group" },
      element("legend", { text: title }), ...rows.map((row) => this.row(row)));
  }

  row({ place, code, name }) {
    const area = draft.area(place);
    const mine = draft.isIn(place);
    const box = element("input", { type: "checkbox", value: code, on: {
      change: () => draft.toggle(place),
      keydown: (event) => { if (event.key === "Enter") { event.preventDefault(); draft.toggle(place); } },
    } });
    box.checked = mine;
    const apart = mine && draft.apart(place);
    return element("label", { class: apart ? "plein-sector plein-apart" : "plein-sector" }, box,
      element("span", { class: "plein-sector-words" }, isolated(name, "plein-sector-name"),
        element("span", { class: "plein-sector-code", text: code }),
        !mine && area ? isolated(area.name, "plein-sector-home") : null,
        apart ? element("span", { class: "plein-sector-apart", text: this.texts.edit_apart }) : null));
  }

  destroy() {
    draft.leave(this);
    this.box.remove();
    mounted.delete(this.target);
  }
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
