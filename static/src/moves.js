/** Services put, moved and closed on the map: by pointer, by finger, by keyboard. */

import L from "leaflet";
import { bits, fetchFeatures } from "./data.js";
import { element, fill, isolated } from "./dom.js";
import { SignKeys } from "./keyboard.js";
import { serviceSign } from "./service-signs.js";

const STEP_PX = 4;
const FAR_PX = 40; // with Shift
const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const NEAR_ZOOM = 14;
const FINE = "(hover: hover) and (pointer: fine)";
const CHANGED = 2_000; // what changed lies above what did not

/**
 * The services of a page that asks what if. Its part of the spec:
 * {shown, others: [{key, name, lat, lon}], steps: [{key, act, name, lat, lon, was?: [lat, lon]}], effect}
 * `shown` are the actors, as bits, at their first place; `others` stand elsewhere; `effect` says
 * what all of it brings, for a small screen on which the page's own words are out of sight. Told are
 * {act: "put" | "move" | "close" | "restore" | "undo" | "redo", key, lat, lon}.
 */
export class Moves {
  /** @param {{pane(id: string, z: number): string, tell(told: object): void}} page */
  constructor(map, page) {
    Object.assign(this, { map, page });
    this.markers = new Map();
    this.lines = L.layerGroup();
    this.clicked = (event) => this.click(event);
    this.pressed = (event) => this.press(event);
    this.zoomed = () => this.size();
  }

  /** @param {object|null} asked what the page shows of it; null: nothing any more */
  async show(asked, context, layers) {
    Object.assign(this, { asked, context });
    if (!asked) return this.clear();
    this.begin();
    this.name();
    const address = layers.get("actors")?.layer.address;
    try {
      const made = address ? await fetchFeatures(address) : { features: [] };
      if (this.asked === asked) this.draw(made);
    } catch (error) {
      console.warn("plein:", error); // the layer itself says so, and how to try again
    }
    return undefined;
  }

  begin() {
    if (this.pane) return;
    this.pane = this.page.pane("moves", 630);
    const pane = this.map.getPane(this.pane);
    pane.classList.add("plein-services");
    this.keys = new SignKeys(this.map, pane);
    this.lines.addTo(this.map);
    this.map.getContainer().addEventListener("click", this.clicked, true);
    this.map.getContainer().addEventListener("keydown", this.pressed);
    this.map.on("zoomend", this.zoomed);
    this.button = element("button", { type: "button", class: "plein-put", on: { click: (event) => this.offer(event) } });
    const box = element("div", { class: "plein-put-box leaflet-control" }, this.button,
      (this.said = element("p", { class: "plein-put-said", role: "status" })),
      (this.effect = element("p", { class: "plein-put-effect" })));
    L.DomEvent.disableClickPropagation(box);
    this.control = Object.assign(L.control({ position: "topleft" }), { onAdd: () => box }).addTo(this.map);
    this.size();
  }

  name() {
    const { texts } = this.context;
    this.button.textContent = this.placing ? texts.moves_cancel : texts.moves_put;
    this.button.setAttribute("aria-pressed", String(Boolean(this.placing)));
    this.effect.textContent = this.placing ? "" : this.asked.effect ?? "";
  }

  size() {
    this.map.getPane(this.pane)?.classList.toggle("plein-services-near", this.map.getZoom() >= NEAR_ZOOM);
  }

  /** Bring the signs to what stands and what is changed, touching only what differs. */
  draw({ features, other }) {
    this.ghost?.remove();
    this.ghost = null;
    const wanted = this.wanted(other ? [] : features);
    for (const [key, marker] of this.markers) {
      if (!wanted.has(key)) {
        marker.remove();
        this.markers.delete(key);
      }
    }
    for (const [key, service] of wanted) this.put(key, service);
    this.lines.clearLayers();
    for (const { was, lat, lon } of this.asked.steps) if (was) this.trace(was, [lat, lon]);
    this.keys.renew();
  }

  wanted(features) {
    const shown = bits(this.asked.shown);
    const found = new Map();
    features.forEach(({ properties, geometry }, index) => {
      if (!geometry || !shown(index)) return;
      const [lon, lat] = geometry.coordinates;
      found.set(String(properties.id), { state: "open", name: properties.name, lat, lon });
    });
    for (const { key, name, lat, lon } of this.asked.others ?? []) found.set(key, { state: "open", name, lat, lon });
    for (const { key, act, name, lat, lon } of this.asked.steps) found.set(key, { state: act, name, lat, lon });
    return found;
  }

  put(key, service) {
    const said = JSON.stringify([service, this.context.lang]);
    let marker = this.markers.get(key);
    if (marker?.said === said) return;
    const focused = marker?._icon && marker._icon === document.activeElement;
    const icon = serviceSign({ ...service, label: this.label(service), colour: this.context.colours.base.ink });
    if (!marker) {
      const draggable = window.matchMedia(FINE).matches && service.state !== "close";
      marker = L.marker([service.lat, service.lon], { icon, draggable, keyboard: false, pane: this.pane, autoPan: true, riseOnHover: true });
      marker.key = key;
      marker.on("click", () => this.open(marker));
      marker.on("dragstart", () => this.map.closePopup());
      marker.on("dragend", () => this.tell("move", marker));
      marker.addTo(this.map);
      this.markers.set(key, marker);
    } else {
      marker.setLatLng([service.lat, service.lon]).setIcon(icon);
      if (service.state === "close") marker.dragging?.disable();
      else if (window.matchMedia(FINE).matches) marker.dragging?.enable();
    }
    Object.assign(marker, { service, said });
    marker.setZIndexOffset(service.state === "open" ? 0 : CHANGED);
    if (focused) marker._icon.focus({ preventScroll: true });
  }

  label({ state, name }) {
    const { texts } = this.context;
    return [name || texts.unnamed, texts[`moves_is_${state}`]].filter(Boolean).join(", ");
  }

  /** From where a service stood to where it would. */
  trace(was, now) {
    const { ink } = this.context.colours.base;
    L.polyline([was, now], { pane: this.pane, color: ink, weight: 2, dashArray: "2 6", interactive: false }).addTo(this.lines);
    L.circleMarker(was, { pane: this.pane, radius: 4, color: ink, weight: 1.5, fill: false, interactive: false }).addTo(this.lines);
  }

  /** What can be done with one service, beside it. */
  open(marker) {
    const { texts } = this.context;
    const { state, name } = marker.service;
    const act = (text, does, className = "") => element("button", { type: "button", class: `plein-act ${className}`, text, on: { click: does } });
    const tell = (what) => () => { this.map.closePopup(); this.tell(what, marker); };
    const content = element("div", { class: "plein-acts" },
      element("h3", {}, isolated(name || texts.unnamed)),
      texts[`moves_is_${state}`] ? element("p", { text: texts[`moves_is_${state}`] }) : null,
      state === "close" ? act(texts.moves_reopen, tell("restore")) : null,
      state === "close" ? null : act(texts.moves_move, () => this.hold(marker)),
      state === "move" ? act(texts.moves_back, tell("restore")) : null,
      state === "close" ? null : act(state === "put" ? texts.moves_remove : texts.moves_close, tell("close")));
    const popup = L.popup({ className: "plein-popup", offset: [0, -8], minWidth: 200, maxWidth: 280 })
      .setLatLng(marker.getLatLng()).setContent(content).openOn(this.map);
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", texts.close);
    popup.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.map.closePopup();
      marker._icon?.focus({ preventScroll: true });
    });
    content.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Take a service in hand: the arrow keys move it, Enter leaves it there, Escape puts it back; a finger drags it. */
  hold(marker) {
    this.map.closePopup();
    this.release();
    const from = marker.getLatLng();
    const icon = marker._icon;
    marker.dragging?.enable();
    icon.classList.add("plein-in-hand");
    this.say(this.context.texts.moves_hold);
    const pressed = (event) => {
      const way = DIRECTIONS[event.key];
      if (way) this.shift(marker, way, event.shiftKey ? FAR_PX : STEP_PX);
      else if (event.key === "Enter") this.drop(marker, from);
      else if (event.key === "Escape") this.drop(marker.setLatLng(from), from);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    icon.addEventListener("keydown", pressed);
    this.held = { marker, end: () => { icon.removeEventListener("keydown", pressed); icon.classList.remove("plein-in-hand"); } };
    icon.tabIndex = 0;
    icon.focus({ preventScroll: true });
  }

  shift(marker, [dx, dy], step) {
    const there = this.map.latLngToLayerPoint(marker.getLatLng()).add([dx * step, dy * step]);
    marker.setLatLng(this.map.layerPointToLatLng(there));
  }

  drop(marker, from) {
    this.release();
    if (marker === this.ghost) {
      if (from.equals(marker.getLatLng()) && !this.placing) marker.remove();
      else this.tell("put", marker);
      this.placing = false;
      this.map.getContainer().classList.remove("plein-placing");
      this.name();
    } else if (!from.equals(marker.getLatLng())) this.tell("move", marker);
  }

  release() {
    this.held?.end();
    this.held = null;
    this.say("");
  }

  /** The button: the next click puts a new one; pressed by keyboard, it stands in the middle, in hand. */
  offer(event) {
    if (this.placing) return this.stop();
    this.placing = true;
    this.map.getContainer().classList.add("plein-placing");
    this.name();
    if (event.detail === 0) this.begun();
    else this.say(this.context.texts.moves_where);
    return undefined;
  }

  begun() {
    this.haunt(this.map.getCenter());
    this.hold(this.ghost);
    this.say(this.context.texts.moves_hold);
  }

  haunt(latlng) {
    this.ghost?.remove();
    const icon = serviceSign({ state: "put", label: this.context.texts.moves_new, colour: this.context.colours.base.ink });
    this.ghost = L.marker(latlng, { icon, draggable: true, keyboard: false, pane: this.pane, zIndexOffset: CHANGED }).addTo(this.map);
  }

  stop() {
    this.release();
    this.placing = false;
    this.ghost?.remove();
    this.ghost = null;
    this.map.getContainer().classList.remove("plein-placing");
    this.name();
  }

  /** Before Leaflet: a click while one is put chooses no sector. */
  click(event) {
    if (!this.placing || event.target.closest(".leaflet-control, .leaflet-popup")) return;
    event.stopPropagation();
    if (this.map.dragging?.moved()) return;
    const latlng = this.map.mouseEventToLatLng(event);
    this.stop();
    this.haunt(latlng);
    this.tell("put", this.ghost);
  }

  press(event) {
    if (event.key === "Escape" && this.placing) {
      this.stop();
      this.button.focus();
    } else if ((event.ctrlKey || event.metaKey) && ["z", "Z", "y"].includes(event.key)) {
      event.preventDefault();
      this.page.tell({ act: event.key === "z" ? "undo" : "redo" });
    }
  }

  tell(act, marker) {
    const { lat, lng } = marker.getLatLng();
    this.release();
    this.page.tell({ act, key: marker.key ?? "", lat: Number(lat.toFixed(6)), lon: Number(lng.toFixed(6)) });
  }

  say(text) {
    this.said.textContent = fill(text, {});
  }

  clear() {
    if (!this.pane) return;
    this.stop();
    this.map.closePopup();
    for (const marker of this.markers.values()) marker.remove();
    this.markers.clear();
    this.lines.remove();
    this.keys.destroy();
    this.control.remove();
    this.map.getContainer().removeEventListener("click", this.clicked, true);
    this.map.getContainer().removeEventListener("keydown", this.pressed);
    this.map.off("zoomend", this.zoomed);
    this.pane = null;
  }

  destroy() {
    this.asked = null;
    this.clear();
  }
}
