/** What stands on the map beside the map: buttons, attribution, messages, one shared tip. */

import L from "leaflet";
import { element, fill, link } from "./dom.js";
import { drawIcon, LINES } from "./icons.js";

function button(className, label, lines, press) {
  return element(
    "button",
    { type: "button", class: `plein-button ${className}`, "aria-label": label, title: label, on: { click: press } },
    drawIcon(lines),
  );
}

/** Zoom and locate, in the words of the page. */
export class Buttons {
  constructor(map) {
    this.map = map;
    this.box = element("div", { class: "plein-buttons leaflet-control" });
    L.DomEvent.disableClickPropagation(this.box);
    this.control = Object.assign(L.control({ position: "topright" }), { onAdd: () => this.box });
    this.control.addTo(map);
    map.on("zoomend", () => this.limit());
  }

  say(texts, colours) {
    Object.assign(this, { texts, colours });
    this.box.replaceChildren(
      (this.closer = button("plein-zoom-in", texts.zoom_in, LINES.plus, () => this.map.zoomIn())),
      (this.farther = button("plein-zoom-out", texts.zoom_out, LINES.minus, () => this.map.zoomOut())),
      button("plein-locate", texts.locate, LINES.locate, () => this.locate()),
    );
    this.limit();
  }

  limit() {
    this.closer?.toggleAttribute("disabled", this.map.getZoom() >= this.map.getMaxZoom());
    this.farther?.toggleAttribute("disabled", this.map.getZoom() <= this.map.getMinZoom());
  }

  /** Ask the device where it is, on press only; the answer is drawn and goes nowhere else. */
  locate() {
    const failed = () => this.note(this.texts.locate_denied);
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => this.mark(coords), failed, {
      enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000,
    });
  }

  mark({ latitude, longitude, accuracy }) {
    this.here?.remove();
    const blue = this.colours.base.position;
    const where = [latitude, longitude];
    this.here = L.layerGroup([
      L.circle(where, { radius: accuracy, color: blue, weight: 1, fillOpacity: 0.12, interactive: false }),
      L.circleMarker(where, { radius: 7, color: "#fff", weight: 3, fillColor: blue, fillOpacity: 1, interactive: false }),
    ]).addTo(this.map);
    this.map.setView(where, Math.max(this.map.getZoom(), 15));
  }

  note(text) {
    this.said?.remove();
    this.said = element("p", { class: "plein-note", role: "status", text });
    this.map.getContainer().append(this.said);
    setTimeout(() => this.said?.remove(), 6_000);
  }
}

/** Who made what is seen: texts and addresses, never HTML. */
export class Attribution {
  constructor(map) {
    this.box = element("div", { class: "plein-attribution leaflet-control" });
    L.DomEvent.disableClickPropagation(this.box);
    Object.assign(L.control({ position: "bottomright" }), { onAdd: () => this.box }).addTo(map);
  }

  /** @param {({text: string, url?: string}|string)[]} sources */
  say(sources, schematic) {
    const parts = sources.flatMap((source, index) => {
      const { text, url } = typeof source === "string" ? { text: source } : source;
      return [index ? document.createTextNode(" · ") : null, (url && link(text, url)) || element("span", { text })];
    });
    const warned = schematic ? element("strong", { class: "plein-schematic", text: schematic }) : null;
    this.box.replaceChildren(...[warned, ...parts].filter(Boolean));
  }
}

/** Sentences about what could not be shown, each with a way to try again. */
export class Messages {
  constructor(map) {
    this.box = element("div", { class: "plein-messages", role: "status" });
    L.DomEvent.disableClickPropagation(this.box);
    map.getContainer().append(this.box);
    this.said = new Map();
  }

  failed(layer, texts, retry) {
    this.clear(layer.id);
    const again = element("button", { type: "button", class: "plein-text-button", text: texts.retry, on: { click: retry } });
    const words = fill(texts.load_failed, { layer: layer.title ?? layer.id });
    const line = element("p", { class: "plein-message" }, element("span", { text: words }), again);
    this.said.set(layer.id, line);
    this.box.append(line);
  }

  clear(id) {
    this.said.get(id)?.remove();
    this.said.delete(id);
  }
}

/** The one small sheet that names what a pointer or the keyboard is on. */
export class Tip {
  constructor(map) {
    this.map = map;
    this.tooltip = L.tooltip({ direction: "top", className: "plein-tip", opacity: 1, interactive: false });
  }

  show(latlng, content, lift_px = 6) {
    this.tooltip.options.offset = L.point(0, -lift_px);
    this.tooltip.setContent(element("div", {}, content)).setLatLng(latlng).addTo(this.map);
  }

  move(latlng) {
    if (this.map.hasLayer(this.tooltip)) this.tooltip.setLatLng(latlng);
  }

  hide() {
    this.tooltip.remove();
  }
}
