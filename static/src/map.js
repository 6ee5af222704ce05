/** One Leaflet map that stays while a page tells it, again and again, what to show. */

import L from "leaflet";
import { Areas } from "./areas.js";
import { basemapLayer } from "./basemap.js";
import { Attribution, Buttons, Messages, Tip } from "./controls.js";
import { bitsOf, fetchFeatures } from "./data.js";
import { calm, element, isolated } from "./dom.js";
import { Dots } from "./dots.js";
import { SignKeys } from "./keyboard.js";
import { Labels } from "./labels.js";
import { Legend } from "./legend.js";
import { link } from "./linked.js";
import { Missing } from "./missing.js";
import { Near } from "./near.js";
import { paintVariables, palette } from "./palette.js";
import { Pin } from "./pin.js";
import { keepPlace, readLayers, readPlace } from "./place-in-url.js";
import { openCard } from "./popup.js";
import { Routes } from "./routes.js";
import { fitClose, shadedLayers } from "./shades.js";
import { Signs } from "./signs.js";
import { TEXTS } from "./texts.js";
import { tools } from "./tools.js";

const BRUSSELS = [[50.763, 4.243], [50.914, 4.482]];
const AROUND = 5; // an address may name a view this many times the territory away from it
const LONGEST_LABEL = 200;
const mounted = new WeakMap();

/**
 * Show a map in an element, or bring the map already there to a new description.
 * @param {HTMLElement} target an element with a height
 * @param {object} spec see docs/decisions/0004-map-in-the-browser.md
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void, embed?: boolean}} [options]
 *   without onSelect, or embedded, a chosen place opens its card on the map
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountMap(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    Object.assign(there.options, options);
    there.update(spec);
    return there.handle;
  }
  const made = new LivingMap(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class LivingMap {
  constructor(target, options) {
    this.target = target;
    this.options = { ...options };
    this.layers = new Map();
    this.selected = null;
    this.toggled = new Map();
    this.tools = {};
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy(), leaflet: null };
    this.heard = (event) => this.hear(event.detail);
  }

  start(spec) {
    this.box = element("div", { class: "plein-map", role: "region" });
    this.target.replaceChildren(this.box);
    const still = calm();
    this.map = this.handle.leaflet = L.map(this.box, {
      zoomControl: false, attributionControl: false, minZoom: 9, maxZoom: 19, zoomSnap: 0.5, wheelPxPerZoomLevel: 110,
      fadeAnimation: !still, zoomAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    this.setFirstView(spec);
    this.buttons = new Buttons(this.map);
    this.attribution = new Attribution(this.map);
    this.messages = new Messages(this.map);
    this.tip = new Tip(this.map);
    const signs = this.map.getPane("markerPane");
    this.labels = new Labels(this.map, this.pane("labels", 590), signs);
    this.pane("base", 210);
    this.keys = new SignKeys(this.map, signs);
    this.listen(signs);
    this.pin = new Pin(this.map, (point) => this.options.onPoint?.(point));
    this.map.on("zoomend", () => this.layers.forEach(({ drawn }) => drawn?.zoomed?.()));
    this.legend = new Legend(this.map, (id, on) => this.toggle(id, on));
    if (!this.options.embed && !spec.apart) { // one of several small maps says nothing in the address
      this.toggled = readLayers();
      this.place = keepPlace(this.map, () => this.toggled);
    }
    this.sizes = new ResizeObserver(() => this.map.invalidateSize({ pan: false, debounceMoveend: true }));
    this.sizes.observe(this.box);
    if (spec.link) this.unlink = link(this.map, spec.link);
    document.addEventListener("plein:choose", this.heard);
  }

  setFirstView({ bounds, view, shades, apart }) {
    const home = L.latLngBounds(bounds ?? BRUSSELS);
    const sent = this.options.embed || apart ? null : readPlace();
    const named = sent && home.pad(AROUND).contains([sent.lat, sent.lon]) ? sent : view;
    this.sent = Boolean(named);
    if (named) this.map.setView([named.lat, named.lon], named.zoom, { animate: false });
    else if (shades) fitClose(this.map, home);
    else this.map.fitBounds(home, { animate: false, padding: [12, 12] });
  }

  pane(name, z) {
    const pane = this.map.getPane(`plein-${name}`) ?? this.map.createPane(`plein-${name}`);
    pane.style.zIndex = z;
    pane.classList.toggle("plein-areas", z >= 350 && z < 400);
    return `plein-${name}`;
  }

  listen(signs) {
    const markerOf = (event) => {
      const icon = event.target.closest?.(".plein-sign");
      const drawn = [this.near, ...[...this.layers.values()].map((layer) => layer.drawn)];
      return icon && drawn.flatMap((one) => one?.markers ?? []).find((m) => m._icon === icon);
    };
    const tell = (event) => {
      const marker = markerOf(event);
      if (marker) this.nameSign(marker);
    };
    signs.addEventListener("mouseover", tell);
    signs.addEventListener("focusin", tell);
    for (const kind of ["mouseout", "focusout"]) signs.addEventListener(kind, () => this.tip.hide());
  }

  nameSign({ feature: { properties }, _icon: icon, _latlng: latlng }) {
    const name = isolated(properties.name || this.context.texts.unnamed, "plein-tip-name");
    const sub = properties.sub ? isolated(properties.sub, "plein-tip-sub") : null;
    this.tip.show(latlng, element("div", { class: "plein-tip-lines" }, name, sub), icon.offsetHeight / 2 + 4);
  }

  /** Apply a description, touching only what differs from the one before. */
  update(spec) {
    const first = !this.map;
    if (first) this.start(spec);
    this.setContext(spec);
    this.spec = spec;
    this.credit(spec);
    this.setLayers(groundLayers(spec));
    for (const [id, entry] of this.layers) entry.drawn?.shade?.(spec.shades?.layer === id ? spec.shades : null);
    for (const [id, entry] of this.layers) this.showOnly(entry, spec.shown?.[id]);
    this.showNear(spec.near ?? null);
    if (spec.ways) this.routes ??= new Routes(this.map, { pane: (name, z) => this.pane(name, z) });
    this.routes?.show(spec.ways ?? null, this.context, first ? (this.sent ? "never" : "always") : "needed");
    this.showTools(spec);
    if (spec.missing) this.missing ??= new Missing(this.map, spec.missing, this.context);
    this.missing?.say(this.context.texts, this.context.lang);
    this.select(spec.selected ?? null, spec.focus === true && !spec.ways && !(first && this.sent));
    this.place?.write();
    this.settled();
  }

  /** What a page lets a person change on the map: each tool is made once it is asked for. */
  showTools(spec) {
    for (const [name, Tool] of Object.entries(tools)) {
      if (spec[name]) this.tools[name] ??= new Tool(this.map, { pane: (id, z) => this.pane(id, z), tell: (told) => this.options.onTool?.(name, told) });
      this.tools[name]?.show(spec[name] ?? null, this.context, this.layers);
    }
  }

  /** What is near a person, and the pin: theirs, or the one a page asks for. */
  showNear(near) {
    const { texts, colours } = this.context;
    this.box.classList.toggle("plein-near", near !== null);
    this.place?.hide(near !== null); // such a view tells where they are
    if (near) this.near ??= new Near(this.map, { pane: (name, z) => this.pane(name, z), choose: (chosen) => this.choose(chosen) });
    this.near?.show(near, this.context);
    if (!near) this.pin.show(this.spec.pin, texts.pin, colours);
    else this.pin.show(near.origin ?? null, originLabel(near, texts), colours, false);
  }

  /** After signs came, went or moved: what depends on where they stand. */
  settled() {
    this.keys.renew();
    this.labels.renew();
  }

  setContext(spec) {
    const said = JSON.stringify([spec.lang, spec.texts, spec.palette]);
    if (said === this.said) return;
    this.said = said;
    const texts = { ...TEXTS, ...spec.texts };
    const lang = spec.lang || "fr";
    this.context = { lang, texts, colours: palette(spec.palette) };
    paintVariables(this.box, this.context.colours);
    this.box.setAttribute("aria-label", texts.map_label);
    this.box.lang = lang;
    if (!this.options.embed) Object.assign(document.documentElement, { lang, dir: direction(lang) });
    this.buttons.say(texts, this.context.colours);
  }

  /** Name the sources of the page and of every layer in sight, each once. */
  credit({ attribution, layers }) {
    const all = [attribution ?? this.context.texts.attribution ?? [],
      ...(layers ?? []).filter((layer) => this.isOn(layer)).map((layer) => layer.attribution ?? [])].flat();
    const said = JSON.stringify([all, this.context.texts.schematic]);
    if (said === this.credited) return;
    this.credited = said;
    const once = new Map(all.map((source) => [source.text ?? source, source]));
    this.attribution.say([...once.values()], this.context.texts.schematic);
  }

  setLayers(layers) {
    const wanted = new Set(layers.map(({ id }) => id));
    for (const [id, entry] of this.layers) if (!wanted.has(id)) this.drop(id, entry);
    layers.forEach((layer, order) => this.setLayer(layer, order));
    this.legend.say(layers, (layer) => this.isOn(layer), this.context);
  }

  isOn({ id, visible }) {
    return this.toggled.get(id) ?? visible !== false;
  }

  /** A person puts a layer on or off: until the page itself asks otherwise. */
  toggle(id, on) {
    const asked = this.spec.layers.find((layer) => layer.id === id)?.visible !== false;
    if (on === asked) this.toggled.delete(id);
    else this.toggled.set(id, on);
    this.setLayers(groundLayers(this.spec));
    this.credit(this.spec);
    this.place?.changed();
  }

  setLayer(layer, order) {
    const entry = this.layers.get(layer.id) ?? { drawn: null, looks: null, source: null };
    this.layers.set(layer.id, entry);
    if (layer.kind === "areas") {
      const pane = this.map.getPane(this.pane(layer.id, 350 + order));
      pane.classList.toggle("plein-choosable", layer.style?.interactive === true);
    }
    const source = layer.address ?? layer.data ?? null;
    const looks = JSON.stringify([layer.kind, layer.style, this.context.lang, this.said]);
    const same = source === entry.source && looks === entry.looks;
    if (entry.layer && entry.layer.visible !== layer.visible) this.toggled.delete(layer.id);
    const visible = this.isOn(layer);
    entry.layer = layer;
    if (same && visible === entry.visible) return;
    Object.assign(entry, { layer, source, looks, visible });
    if (!visible) this.hide(entry);
    else if (!same || !entry.drawn) this.load(entry);
  }

  hide(entry) {
    entry.drawn?.remove();
    entry.drawn = null;
    entry.ticket = null;
    this.messages.clear(entry.layer.id);
  }

  drop(id, entry) {
    this.hide(entry);
    this.layers.delete(id);
  }

  /** Read a layer's data and draw it; what was drawn stays until the new is there. */
  async load(entry) {
    const { layer } = entry;
    const ticket = (entry.ticket = {});
    this.messages.clear(layer.id);
    try {
      const made = await this.read(layer);
      if (entry.ticket !== ticket) return;
      this.draw(entry, made);
    } catch (error) {
      if (entry.ticket !== ticket) return;
      console.warn("plein:", error);
      this.messages.failed(layer, this.context.texts, () => this.load(entry));
    }
  }

  async read(layer) {
    if (layer.kind === "basemap") return layer.address ? basemapLayer(layer.address, this.context, "plein-base") : null;
    if (layer.kind === "raster") {
      const { url, attribution: _ } = layer;
      return L.tileLayer(url ?? layer.address, { attribution: "", pane: "plein-base", maxZoom: 19 });
    }
    return layer.data ?? fetchFeatures(layer.address);
  }

  draw(entry, made) {
    const { layer } = entry;
    if (layer.kind === "basemap" || layer.kind === "raster") {
      entry.drawn?.remove();
      entry.drawn = made?.addTo(this.map) ?? null;
      return;
    }
    entry.drawn ??= this.makeDrawn(layer);
    entry.made = made;
    entry.drawn.shown = bitsOf(this.spec.shown?.[layer.id], made);
    entry.shown = this.spec.shown?.[layer.id];
    entry.drawn.shade?.(this.spec.shades?.layer === layer.id ? this.spec.shades : null);
    entry.drawn.select(this.selectedOf(layer.id));
    entry.drawn.draw(made.features, layer, this.context);
    entry.drawn.select(this.selectedOf(layer.id));
    if (this.pending === layer.id) this.focus();
    this.settled();
  }

  makeDrawn(layer) {
    const page = {
      choose: (id, latlng) => (latlng && this.pin.asked ? this.pin.put(latlng, true) : this.choose({ layer: layer.id, id })),
      see: (latlng) => this.see(latlng),
      fit: (bounds) => this.map.fitBounds(bounds, { padding: [40, 40], maxZoom: 16, animate: !calm() }),
      settled: () => this.settled(),
      tip: this.tip,
      labels: this.labels,
    };
    if (this.spec.dots === layer.id) return new Dots(this.map, this.pane("dots", 580));
    return layer.kind === "signs"
      ? new Signs(this.map, "markerPane", page)
      : new Areas(this.map, `plein-${layer.id}`, page);
  }

  showOnly(entry, shown) {
    if (entry.shown === shown || !entry.drawn?.show) return;
    entry.shown = shown;
    entry.drawn.show(bitsOf(shown, entry.made));
  }

  /** A person chose something on this map: show it at once, then tell the page. */
  choose(chosen) {
    this.select(chosen, false);
    document.dispatchEvent(new CustomEvent("plein:choose", { detail: { ...chosen, from: this } }));
    const layer = this.near?.has(chosen) ? null : this.layers.get(chosen.layer);
    const marker = layer?.drawn?.byId?.get(chosen.id);
    if (layer?.layer.kind === "signs" && (this.options.embed || !this.options.onSelect)) {
      const closed = () => this.selected?.id === chosen.id && this.select(null, false);
      openCard(this.map, marker.getLatLng(), marker.feature.properties, this.context.texts, closed);
    }
    this.options.onSelect?.(chosen);
  }

  /** Something was chosen elsewhere on the page, in the list for one. */
  hear({ layer, id, from }) {
    const moves = !this.spec.link || from?.spec?.link !== this.spec.link; // else the view is there already
    if (from !== this && (this.layers.has(layer) || this.near?.has({ layer, id }))) this.select({ layer, id }, moves);
  }

  select(chosen, focus) {
    const key = (one) => (one ? `${one.layer} ${one.id}` : "");
    const other = key(chosen) !== key(this.selected);
    this.selected = chosen;
    const isNear = this.near?.select(chosen) ?? false;
    const layer = isNear ? null : this.spec?.layers?.find(({ id }) => id === chosen?.layer);
    if (other && layer && !this.isOn(layer)) this.toggle(layer.id, true);
    for (const [id, { drawn }] of this.layers) drawn?.select?.(this.selectedOf(id));
    if (other && focus && chosen) this.focus();
  }

  /** What is chosen of a layer; what has a sign of its own near the person needs no other. */
  selectedOf(layer) {
    const chosen = this.selected;
    return chosen?.layer === layer && !this.near?.has(chosen) ? String(chosen.id) : null;
  }

  /** Move to what is chosen, or do so as soon as its layer is drawn. */
  focus() {
    if (this.near?.focus()) return;
    const { layer, id } = this.selected;
    const drawn = this.layers.get(layer)?.drawn;
    this.pending = drawn ? null : layer;
    drawn?.focus?.(String(id));
  }

  see(latlng) {
    const zoom = Math.max(this.map.getZoom(), 16);
    this.map.setView(latlng, zoom, { animate: !calm(), duration: 0.35 });
  }

  destroy() {
    for (const entry of this.layers.values()) entry.ticket = null; // what is still on its way comes too late
    document.removeEventListener("plein:choose", this.heard);
    this.sizes?.disconnect();
    this.unlink?.();
    this.place?.end();
    this.keys?.destroy();
    this.labels?.destroy();
    for (const tool of Object.values(this.tools)) tool.destroy();
    this.map?.remove();
    this.box?.remove();
    mounted.delete(this.target);
  }
}

function originLabel({ origin, texts = {} }, { pin }) {
  return [origin?.label?.slice(0, LONGEST_LABEL), texts.origin ?? pin].filter(Boolean).join(" · ");
}

/** A map on which neighbourhoods are edited draws them itself, and shows no place that hides them. */
function groundLayers(spec) {
  const layers = shadedLayers(spec);
  if (!spec.edit) return layers;
  return layers
    .filter(({ id, kind }) => kind !== "signs" && id !== "neighbourhoods")
    .map((layer) => (layer.kind === "areas" ? { ...layer, style: { ...layer.style, fill: null, interactive: false } } : layer));
}

function direction(lang) {
  return /^(ar|fa|he|ur|ps|ckb)\b/.test(lang) ? "rtl" : "ltr";
}
