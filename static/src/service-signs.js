/** Signs of services in a what-if: as they are, and what would become of them. */

import L from "leaflet";
import { element, svg } from "./dom.js";

const GLYPHS = {
  put: "M0-4.5v9M-4.5 0h9",
  close: "M-3.6-3.6l7.2 7.2M3.6-3.6l-7.2 7.2",
  move: "M-4.5 0h8.5M.8-3.4L4.4 0L.8 3.4",
};
const SHAPES = {
  open: { tag: "circle", r: 6.5 },
  put: { tag: "path", d: "M0-12L12 0L0 12L-12 0z" },
  move: { tag: "rect", x: -9, y: -9, width: 18, height: 18, rx: 4 },
  close: { tag: "circle", r: 9 },
};

const ServiceIcon = L.Icon.extend({
  createIcon() {
    const { state, label, colour } = this.options;
    return element("div", {
      class: `leaflet-marker-icon plein-sign plein-service plein-service-${state}`,
      role: "button", tabindex: -1, "aria-label": label, title: label,
    }, drawing(state, colour));
  },
  createShadow: () => null,
});

/** @param {{state: "open"|"put"|"move"|"close", label: string, colour: string}} service */
export function serviceSign({ state, label, colour }) {
  return new ServiceIcon({ state, label, colour });
}

function drawing(state, colour) {
  const { tag, ...form } = SHAPES[state];
  const closed = state === "close";
  return svg("svg", { viewBox: "-14 -14 28 28", "aria-hidden": "true", focusable: "false" },
    svg(tag, { ...form, fill: closed ? "#fff" : colour, stroke: closed ? "#4a4a4a" : "#fff", "stroke-width": 2 }),
    GLYPHS[state] ? svg("path", { d: GLYPHS[state], fill: "none", stroke: closed ? "#4a4a4a" : "#fff", "stroke-width": 2.4, "stroke-linecap": "round", "stroke-linejoin": "round" }) : null);
}
