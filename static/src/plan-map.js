/** The map of a local map: its border, its ground, a sign a house, and a card of what is chosen. */

import L from "leaflet";
import { calm, element, fill } from "./dom.js";
import { drawGround, StreetNames } from "./plan-ground.js";
import { PlanSigns } from "./plan-signs.js";
import { drawIcon, LINES } from "./icons.js";

const WORLD = [[-85, -180], [-85, 180], [85, 180], [85, -180]];
const NEAREST = 18;
const CLOSE = 17;
const ROOM = 14; // px between what is chosen and its card
const WHOLE = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4";

export class PlanMap {
  constructor(box, spec, words, list) {
    this.box = box;
    this.words = words;
    this.list = list;
    this.chosen = null;
    const still = calm();
    const title = box.closest(".plan").querySelector("h1").textContent;
    this.target = element("div", { class: "plan-leaflet", role: "region", "aria-label": fill(words.map, { title }), "aria-description": words.map_help });
    box.append(this.target);
    this.map = L.map(this.target, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.5, maxZoom: 19, wheelPxPerZoomLevel: 110,
      fadeAnimation: !still, zoomAnimation: !still, markerZoomAnimation: !still, inertia: !still,
      maxBoundsViscosity: 0.6,
    });
    this.whole = L.latLngBounds(spec.rings.length ? spec.rings.flat() : spec.houses.map(({ at }) => at));
    if (!spec.rings.length) this.whole = this.whole.pad(0.2);
    for (const { at } of spec.houses) this.whole.extend(at);
    this.fit();
    this.map.setMaxBounds(this.whole.pad(0.8));
    for (const [name, level] of [["ground", 210], ["names", 450], ["leaders", 590]]) this.map.createPane(name).style.zIndex = level;
    this.border(spec.rings);
    this.signs = new PlanSigns(this.map, spec.houses, list, (house, opener) => this.open(house, opener));
    this.buttons();
    if (spec.credit) this.box.append(element("p", { class: "plan-credit", text: spec.credit }));
    this.target.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.card) this.close();
    });
    this.followSize();
  }

  border(rings) {
    if (!rings.length) return;
    const style = getComputedStyle(this.box);
    const colour = style.getPropertyValue("--plan-accent").trim();
    const dim = style.getPropertyValue("--plein-outside").trim();
    const still = { interactive: false, smoothFactor: 0.5 };
    L.polygon([WORLD, ...rings], { ...still, stroke: false, fillColor: dim, fillOpacity: 0.62 }).addTo(this.map);
    L.polygon(rings, { ...still, fill: false, color: colour, weight: 7, opacity: 0.22 }).addTo(this.map);
    L.polygon(rings, { ...still, fill: false, color: colour, weight: 2.5, opacity: 1 }).addTo(this.map);
  }

  /** Lay the ground under all that is there. */
  lay(ground) {
    const language = this.box.closest(".plan").lang;
    drawGround(this.map, ground, getComputedStyle(this.box));
    this.names = new StreetNames(this.map, ground, language === "nl" ? 1 : 0, () => this.signs.boxes());
    this.signs.onPlaced = () => this.names.place();
  }

  fit() {
    this.fitting = true;
    this.moved = false;
    this.map.invalidateSize({ animate: false, pan: false });
    this.map.setMinZoom(0);
    this.map.fitBounds(this.whole, { padding: [22, 22], maxZoom: NEAREST, animate: false });
    this.map.setMinZoom(this.map.getZoom() - 0.5);
    this.fitting = false;
  }

  followSize() {
    this.sizes = new ResizeObserver(() => {
      if (this.printing || !this.target.clientWidth) return; // on paper, or the words of another language are read
      if (!this.moved) this.fit();
      else this.map.invalidateSize({ pan: false });
    });
    this.sizes.observe(this.target);
    this.map.on("dragstart zoomstart", () => { this.moved ||= !this.fitting; });
    window.addEventListener("beforeprint", () => this.print(true));
    window.addEventListener("afterprint", () => this.print(false));
  }

  /** On paper the whole map is shown, on as much of the sheet as the style gives it. */
  print(on) {
    this.printing = on;
    this.box.classList.toggle("plan-on-paper", on);
    this.fit();
  }

  buttons() {
    const button = (label, d, press) => element("button", { type: "button", "aria-label": label, title: label, on: { click: press } }, drawIcon(d));
    this.box.append(element("div", { class: "plan-zoom" },
      button(this.words.zoom_in, LINES.plus, () => this.map.zoomIn(1)),
      button(this.words.zoom_out, LINES.minus, () => this.map.zoomOut(1)),
      button(this.words.whole, WHOLE, () => this.fit())));
  }

  filter(shown) {
    this.signs.filter(shown);
    if (this.card && !this.chosen.numbers.some((n) => shown.has(n))) this.close({ focus: false });
  }

  /** Open what a number of the list stands for. */
  choose(number, opener) {
    const house = this.signs.houseOf(number);
    if (!house) return;
    this.open(house, opener, number);
    if (this.target.getBoundingClientRect().top < 0 || this.target.getBoundingClientRect().bottom > window.innerHeight) {
      this.box.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    }
    this.map.setView(house.at, Math.max(this.map.getZoom(), CLOSE), { animate: false });
    this.uncover();
  }

  /** Move the map so that its card does not hide what it is about. */
  uncover() {
    const [card, sign] = [this.card, this.chosen.house.node].map((node) => node.getBoundingClientRect());
    const under = sign.bottom + ROOM - card.top;
    const beside = sign.right < card.left || sign.left > card.right;
    if (under > 0 && !beside) this.map.panBy([0, under], { animate: !calm() });
  }

  open(house, opener, number) {
    this.close({ focus: false });
    const numbers = number ? [number] : house.numbers.filter((n) => this.list.shown.has(n));
    this.chosen = { house, numbers, opener };
    this.signs.mark(house);
    this.list.mark(numbers);
    const entries = numbers.map((n) => this.copy(n));
    const name = entries.map((entry) => entry.querySelector(".plan-name").textContent).join(", ");
    const close = element("button", { type: "button", class: "plan-card-close", "aria-label": this.words.close, title: this.words.close, on: { click: () => this.close() } }, drawIcon(LINES.close));
    const toList = element("button", { type: "button", class: "plan-text-button", text: this.words.to_list, on: { click: () => this.toList() } });
    this.card = element("div", { class: "plan-card", role: "dialog", "aria-label": name, tabindex: "-1" }, ...entries, toList, close);
    this.card.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    this.box.append(this.card);
    if (window.matchMedia("(min-width: 901px)").matches && !number) this.list.reveal(numbers[0]);
    this.uncover();
    this.card.focus({ preventScroll: true });
  }

  copy(number) {
    const entry = this.list.byNumber.get(number).cloneNode(true);
    const words = entry.querySelector(".plan-entry-words");
    const sign = entry.querySelector("svg");
    return element("div", { class: "plan-entry" }, element("span", { class: "plan-number" }, sign), words);
  }

  toList() {
    const [number] = this.chosen.numbers;
    this.close({ focus: false, keep: true });
    this.list.focus(number);
  }

  close({ focus = true, keep = false } = {}) {
    if (!this.card) return;
    const { opener } = this.chosen;
    this.card.remove();
    this.card = null;
    this.signs.mark(null);
    if (!keep) this.list.mark([]);
    if (focus) (opener?.isConnected ? opener : this.target).focus({ preventScroll: true });
  }
}
