/** "Something is missing here": a way from any spot of the map to the form that says so. */

import L from "leaflet";
import { element } from "./dom.js";
import { drawIcon, LINES } from "./icons.js";

const DECIMALS = 5; // a metre
const CLOSE = 15; // zoomed out farther than this, the middle of the map is no spot anybody means

export class Missing {
  /** @param {string} address the form, relative to the page */
  constructor(map, address, { texts, lang }) {
    Object.assign(this, { map, address });
    this.icon = drawIcon(LINES.plus, 18);
    this.way = element("a", { class: "plein-missing leaflet-control" });
    L.DomEvent.disableClickPropagation(this.way);
    Object.assign(L.control({ position: "topleft" }), { onAdd: () => this.way }).addTo(map);
    this.say(texts, lang);
    // Where one looks stays out of the address until one goes: the middle of the map at that moment.
    const here = () => { this.way.href = this.to(map.getZoom() >= CLOSE ? map.getCenter() : null); };
    for (const moment of ["pointerdown", "focus", "contextmenu"]) this.way.addEventListener(moment, here);
    map.on("contextmenu", ({ latlng }) => this.offer(latlng));
    here();
  }

  say(texts, lang) {
    this.texts = texts;
    this.lang = lang;
    this.way.replaceChildren(this.icon, element("span", { text: texts.missing }));
  }

  to(spot) {
    const { lat, lng } = spot?.wrap() ?? {};
    const query = new URLSearchParams({ kind: "add", ...(spot ? { lat: lat.toFixed(DECIMALS), lon: lng.toFixed(DECIMALS) } : {}), lang: this.lang });
    return new URL(`${this.address}?${query}`, document.baseURI).href;
  }

  /** Pressed long, or with the other button: for that very spot. */
  offer(latlng) {
    const way = element("a", { class: "plein-card-link", href: this.to(latlng), text: this.texts.missing });
    const popup = L.popup({ className: "plein-popup", closeButton: true }).setLatLng(latlng).setContent(element("p", {}, way));
    popup.openOn(this.map);
    popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", this.texts.close);
  }
}
