/** The legend of the map, which is also where its layers are put on and off. */

import L from "leaflet";
import { element, isolated, svg } from "./dom.js";
import { colour } from "./palette.js";
import { drawIcon, LINES } from "./icons.js";
import { drawSign } from "./signs-drawn.js";

const ROOM_PX = { x: 1000, y: 600 }; // a map at least this large shows its legend from the start

/** A button and the sheet it opens. */
export class Legend {
  /**
   * @param {L.Map} map
   * @param {(id: string, on: boolean) => void} toggle
   */
  constructor(map, toggle) {
    this.map = map;
    this.toggle = toggle;
    this.list = element("div", { class: "plein-legend-layers" });
    this.title = element("span");
    this.button = element(
      "button",
      { type: "button", class: "plein-legend-button", on: { click: () => this.open(!this.isOpen) } },
      drawIcon(LINES.legend, 18), this.title,
    );
    this.box = element(
      "section",
      { class: "plein-legend leaflet-control", on: { keydown: (event) => this.pressed(event) } },
      this.button, this.list,
    );
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    Object.assign(L.control({ position: "bottomleft" }), { onAdd: () => this.box }).addTo(map);
    const { x, y } = map.getSize();
    this.open(x >= ROOM_PX.x && y >= ROOM_PX.y);
  }

  open(open) {
    this.isOpen = open;
    this.list.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.box.classList.toggle("plein-legend-open", open);
  }

  pressed(event) {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.stopPropagation();
    this.open(false);
    this.button.focus();
  }

  /**
   * Say what the map shows; layers without a title stay out.
   * @param {object[]} layers lowest first, as in the spec
   * @param {(layer: object) => boolean} isOn
   */
  say(layers, isOn, { texts, colours, lang }) {
    const titled = layers.filter(({ title }) => title).reverse();
    const said = JSON.stringify([titled.map((layer) => [layer.id, layer.title, layer.legend, isOn(layer)]), texts, lang]);
    if (said === this.said) return;
    this.said = said;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.value : null;
    this.box.hidden = titled.length === 0;
    this.title.textContent = texts.legend;
    this.box.setAttribute("aria-label", texts.legend);
    this.list.replaceChildren(...titled.map((layer) => this.layer(layer, isOn(layer), colours)));
    if (focused) this.list.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  layer(layer, on, colours) {
    const check = element("input", {
      type: "checkbox", value: layer.id, checked: on,
      on: { change: ({ target }) => this.toggle(layer.id, target.checked) },
    });
    const entries = on ? (layer.legend ?? []).map((entry) => line(entry, layer, colours)) : [];
    return element(
      "div",
      { class: "plein-legend-layer" },
      element("label", { class: "plein-legend-title" }, check, isolated(layer.title)),
      entries.length ? element("ul", {}, ...entries) : null,
    );
  }
}

function line(entry, layer, colours) {
  return element("li", {}, symbol(entry, layer, colours), isolated(entry.label));
}

function symbol({ symbol: kind, group, color }, { style = {} }, colours) {
  if (kind === "sign") return drawSign({ group, icon: "none" }, colours, 20);
  if (kind === "faded") return drawSign({ group, icon: "none", old: true }, colours, 20);
  if (kind === "ring") return drawSign({ group, icon: "none", precision: "area" }, colours, 20);
  const stroke = color || colour(colours, style.stroke ?? "boundary");
  const shape = kind === "area"
    ? svg("rect", { x: 2, y: 4, width: 18, height: 14, rx: 2, stroke, "stroke-width": 2,
                    fill: colour(colours, style.fill ?? "tint"), "fill-opacity": style.fillOpacity ?? 0.16 })
    : svg("path", { d: "M1 11h20", stroke, "stroke-width": Math.max(1, style.weight ?? 1.5), "stroke-dasharray": style.dash, fill: "none" });
  return svg("svg", { width: 20, height: 20, viewBox: "0 0 22 22", "aria-hidden": "true", focusable: "false" }, shape);
}
