/** Sectors put in and out of neighbourhoods, one by one or by a lasso; the lived boundary drawn beside them. */

import L from "leaflet";
import { arcs } from "./arcs.js";
import { Tip } from "./controls.js";
import { bits, fetchFeatures } from "./data.js";
import { calm, element, fill, isolated } from "./dom.js";
import { draft } from "./draft.js";
import { contains, labelPoint } from "./label-point.js";
import { Lasso, within } from "./lasso.js";
import { Lived } from "./lived.js";

const MODES = ["sector", "lasso", "lived", "choose"];
const FILL = { none: 0.04, other: 0.42, chosen: 0.78 };
const SOON_ZOOM = 15.5;
const NAMES_ZOOM = 13; // farther away names would hide each other

const Name = L.Icon.extend({
  createIcon() {
    return element("div", { class: "leaflet-marker-icon plein-edit-name" }, isolated(this.options.text));
  },
  createShadow: () => null,
});

/**
 * Its part of the spec is what `Draft.update` reads, and {colours, marked?, read?, fit?}: `marked` are sectors to
 * be outlined, as bits; of a map that is only to `read` nothing is changed. Told are {key, edits: [{n, act, …}]}
 * with act "put" | "out" | "choose" | "lived" | "undo" | "redo".
 */
export class Editing {
  /** @param {{pane(id: string, z: number): string, tell(told: object): void}} page */
  constructor(map, page) {
    Object.assign(this, { map, page, mode: "sector", looks: [], caught: [] });
    this.pressed = (event) => this.press(event);
  }

  /** @param {object|null} asked what the page shows of it; null: nothing any more */
  async show(asked, context, layers) {
    Object.assign(this, { asked, context });
    if (!asked) return this.clear();
    this.begin();
    const address = layers.get("sectors")?.layer.address;
    try {
      const made = await fetchFeatures(address);
      if (this.asked !== asked || made.other) return undefined;
      if (this.features !== made.features) this.draw(made.features);
    } catch (error) {
      console.warn("plein:", error);
      return undefined;
    }
    this.marked = bits(asked.marked ?? "");
    draft.update(asked, (told) => this.page.tell(told));
    this.fit();
    return undefined;
  }

  begin() {
    if (this.pane) return;
    this.pane = this.page.pane("edit", 402);
    this.lines = this.page.pane("edit-lines", 404);
    this.map.getPane(this.lines).style.pointerEvents = "none";
    this.above = this.page.pane("edit-lived", 620);
    this.renderer = L.svg({ pane: this.pane, padding: 0.3 });
    this.tip = new Tip(this.map);
    this.lasso = new Lasso(this.map, (ring) => this.catch(ring));
    this.lived = new Lived(this.map, { pane: this.above, drawn: (ring) => draft.draw(ring), changed: () => this.bar() });
    this.tools = element("div", { class: "plein-edit-tools", role: "group" });
    this.more = element("div", { class: "plein-edit-more" });
    this.said = element("p", { class: "plein-heard", role: "status" });
    const box = element("div", { class: "plein-edit-box leaflet-control" }, this.tools, this.more, this.said);
    L.DomEvent.disableClickPropagation(box);
    this.control = Object.assign(L.control({ position: "topleft" }), { onAdd: () => box }).addTo(this.map);
    this.map.getContainer().addEventListener("keydown", this.pressed);
    this.names = L.layerGroup().addTo(this.map);
    this.zoomed = () => this.size();
    this.map.on("zoomend", this.zoomed);
    draft.join(this);
  }

  draw(features) {
    this.features = features;
    this.group?.remove();
    this.middles = null;
    this.looks = [];
    this.paths = [];
    draft.codes = features.map(({ id, properties }) => String(properties.id ?? id));
    this.arcs = arcs(features);
    this.group = L.geoJSON({ type: "FeatureCollection", features }, {
      pane: this.pane, renderer: this.renderer, smoothFactor: 0.6, bubblingMouseEvents: false,
      onEachFeature: (_, path) => { path.place = this.paths.length; this.paths.push(path); },
    }).addTo(this.map);
    this.group.on({
      click: ({ propagatedFrom }) => this.click(propagatedFrom.place),
      mouseover: ({ propagatedFrom, latlng }) => this.tip.show(latlng, this.told(propagatedFrom.place)),
      mousemove: ({ latlng }) => this.tip.move(latlng),
      mouseout: () => this.tip.hide(),
    });
  }

  /** The draft is another one now: colours, outlines, words. */
  renew() {
    if (!this.paths) return;
    this.paths.forEach((path, place) => this.paint(path, place));
    this.outline();
    this.lived.show(draft.lived, this.context.colours.base.ink);
    this.name();
    this.bar();
  }

  paint(path, place) {
    const area = draft.area(place);
    const chosen = area !== null && area.id === draft.chosen;
    const caught = this.caught.includes(place);
    const apart = draft.apart(place) || this.marked(place);
    const look = `${area?.colour} ${chosen} ${caught} ${apart}`;
    if (this.looks[place] === look) return;
    this.looks[place] = look;
    const { base } = this.context.colours;
    path.setStyle({
      stroke: true, color: caught ? base.focus : base.boundary, weight: caught ? 3 : 0.8, opacity: caught ? 1 : 0.6, dashArray: null, lineJoin: "round",
      fill: true, fillColor: area ? this.asked.colours[area.colour] : base.paper,
      fillOpacity: area === null ? FILL.none : chosen ? FILL.chosen : FILL.other,
    });
    if (caught) path.bringToFront();
  }

  /** Where neighbourhoods meet, the chosen one strong; pieces apart and what is marked in the signal colour. */
  outline() {
    const { base } = this.context.colours;
    const home = (place) => (place < 0 ? 0 : draft.homes[place]);
    const chosen = draft.placeOf(draft.chosen);
    const strong = (place) => place >= 0 && (draft.apart(place) || this.marked(place));
    const said = JSON.stringify([[...draft.homes], chosen, this.asked.apart, this.asked.marked, base]);
    if (said === this.outlined) return;
    this.outlined = said;
    const pick = (wanted) => this.arcs.filter(wanted).map(({ line }) => line);
    const drawn = (lines, color, weight, more = {}) => L.polyline(lines, { pane: this.lines, color, weight, interactive: false, smoothFactor: 0.6, ...more });
    this.borders?.remove();
    this.borders = L.layerGroup([
      drawn(pick(({ a, b }) => home(a) !== home(b)), base["ink-soft"], 1.6),
      drawn(pick(({ a, b }) => chosen && home(a) !== home(b) && (home(a) === chosen || home(b) === chosen)), base.ink, 3.4),
      drawn(pick(({ a, b }) => strong(a) !== strong(b)), base.signal, 4, { dashArray: "9 5" }),
    ]).addTo(this.map);
  }

  /** Write the name of each neighbourhood on the sector nearest to its middle. */
  name() {
    const said = JSON.stringify([[...draft.homes], this.asked.areas]);
    if (said === this.named) return;
    this.named = said;
    this.middles ??= this.features.map(labelPoint);
    const sums = new Map();
    draft.homes.forEach((home, place) => {
      if (!home) return;
      const sum = sums.get(home) ?? { places: [], lat: 0, lon: 0 };
      const [lat, lon] = this.middles[place];
      sums.set(home, { places: [...sum.places, place], lat: sum.lat + lat, lon: sum.lon + lon });
    });
    this.names.clearLayers();
    for (const [home, { places, lat, lon }] of sums) {
      const away = (place) => Math.hypot(this.middles[place][0] - lat / places.length, this.middles[place][1] - lon / places.length);
      const at = this.middles[places.reduce((best, place) => (away(place) < away(best) ? place : best))];
      const icon = new Name({ text: this.asked.areas[home - 1]?.name ?? "" });
      L.marker(at, { icon, pane: this.above, interactive: false, keyboard: false }).addTo(this.names);
    }
    this.size();
  }

  size() {
    this.map.getPane(this.above).classList.toggle("plein-edit-far", this.map.getZoom() < NAMES_ZOOM);
  }

  told(place) {
    const { properties } = this.features[place];
    const { lang, texts } = this.context;
    const name = properties[`name_${lang}`] ?? properties.name_fr ?? "";
    return element("div", { class: "plein-tip-lines" }, isolated(name, "plein-tip-name"),
      isolated(draft.area(place)?.name ?? texts.edit_none, "plein-tip-sub"));
  }

  click(place) {
    const area = draft.area(place);
    if (this.mode === "choose" || this.asked.read || !draft.chosen) draft.choose(area?.id);
    else draft.toggle(place);
    this.tip.hide();
    this.tell(place);
  }

  tell(place) {
    const { lang, texts } = this.context;
    const { properties } = this.features[place];
    const sector = properties[`name_${lang}`] ?? properties.name_fr ?? "";
    this.said.textContent = fill(texts.edit_now, { sector, area: draft.area(place)?.name ?? texts.edit_none });
  }

  catch(ring) {
    this.middles ??= this.features.map(labelPoint);
    this.caught = this.middles.flatMap((middle, place) => (within(middle, ring) ? [place] : []));
    if (!this.caught.length) { // a ring within one sector means that one
      const place = this.features.findIndex((feature) => contains(feature, ring[0].lat, ring[0].lng));
      this.caught = place < 0 ? [] : [place];
    }
    this.renew();
    this.more.querySelector("button")?.focus({ preventScroll: true });
  }

  settle(into) {
    const caught = this.caught;
    this.caught = [];
    if (into === null) this.renew();
    else draft.put(caught, into);
    this.renew();
  }

  choose(mode) {
    this.mode = mode;
    this.caught = [];
    this.said.textContent = "";
    this.renew();
  }

  /** What a press does, and what the present way of pressing offers. */
  bar() {
    const { texts, colours } = this.context;
    const read = this.asked.read === true;
    const mode = read ? "choose" : this.mode;
    const can = draft.chosen !== null;
    this.map.getPane(this.pane).classList.toggle("plein-edit-through", mode === "lasso" || mode === "lived");
    if (mode === "lasso" && can) this.lasso.on(colours.base.focus); else this.lasso.off();
    if (mode === "lived" && can) this.lived.on(); else this.lived.off();
    this.tools.setAttribute("aria-label", texts.edit_tools);
    this.fill(this.tools, read ? [] : MODES.map((each) => [texts[`edit_${each}`], () => this.choose(each), { "aria-pressed": String(each === mode), id: each }]));
    this.fill(this.more, read || !can ? [] : this.offers(mode, texts));
  }

  offers(mode, texts) {
    if (mode === "lasso") {
      const inside = this.caught.filter((place) => draft.isIn(place)).length;
      const outside = this.caught.length - inside;
      return [
        outside ? [fill(texts.edit_put, { n: outside }), () => this.settle(true)] : null,
        inside ? [fill(texts.edit_out, { n: inside }), () => this.settle(false)] : null,
        this.caught.length ? [texts.edit_cancel, () => this.settle(null)] : null,
      ];
    }
    if (mode !== "lived") return [];
    const drawing = this.lived.points !== null;
    return [
      drawing ? [texts.edit_point, () => this.lived.add(this.map.getCenter())] : null,
      drawing && this.lived.points.length ? [texts.edit_back, () => this.lived.back()] : null,
      drawing && this.lived.closable ? [texts.edit_close, () => this.lived.close()] : null,
      drawing ? null : [texts.edit_anew, () => this.lived.anew()],
      draft.lived.length ? [texts.edit_remove, () => { draft.draw([]); this.lived.anew(); }] : null,
    ];
  }

  /** Bring buttons to what is wanted; the one in use keeps the focus. */
  fill(box, wanted) {
    const shown = wanted.filter(Boolean);
    const said = JSON.stringify(shown.map(([text, , more]) => [text, more]));
    shown.forEach(([, does], place) => { if (box.said === said) box.children[place].does = does; });
    if (box.said === said) return;
    box.said = said;
    const had = [...box.children].indexOf(document.activeElement);
    box.replaceChildren(...shown.map(([text, does, more]) => {
      const button = element("button", { type: "button", class: "plein-edit-button", text, ...more });
      button.does = does;
      button.addEventListener("click", (event) => {
        event.stopPropagation(); // once replaced, it is no part of the box that keeps presses from the map
        button.does();
      });
      return button;
    }));
    if (had >= 0) box.children[Math.min(had, box.children.length - 1)]?.focus({ preventScroll: true });
  }

  press(event) {
    const undoes = (event.ctrlKey || event.metaKey) && ["z", "Z", "y"].includes(event.key);
    if (undoes && this.lived.points?.length) this.lived.back();
    else if (undoes && !this.asked.read) draft[event.key === "z" && !event.shiftKey ? "undo" : "redo"]();
    else if (event.target !== this.map.getContainer()) return;
    else if (event.key === "Enter" && this.lived.closable) this.lived.close();
    else if (event.key === "Backspace" && this.lived.points?.length) this.lived.back();
    else if (event.key === "Escape" && this.caught.length) this.settle(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Move to the chosen neighbourhood when the page asks for it anew. */
  fit() {
    if (!this.asked.fit || this.asked.fit === this.fitted) return;
    this.fitted = this.asked.fit;
    const mine = this.paths.filter((_, place) => draft.isIn(place));
    if (!mine.length) return;
    const bounds = mine.reduce((all, path) => all.extend(path.getBounds()), L.latLngBounds([]));
    this.map.fitBounds(bounds.pad(0.45), { maxZoom: SOON_ZOOM, animate: !calm() });
  }

  clear() {
    if (!this.pane) return;
    draft.leave(this);
    this.lasso.off();
    this.lived.destroy();
    this.tip.hide();
    this.group?.remove();
    this.borders?.remove();
    this.names.remove();
    this.map.off("zoomend", this.zoomed);
    this.control.remove();
    this.map.getContainer().removeEventListener("keydown", this.pressed);
    Object.assign(this, { pane: null, features: null, paths: null, middles: null, outlined: null, named: null, fitted: null, caught: [] });
  }

  destroy() {
    this.asked = null;
    this.clear();
  }
}
