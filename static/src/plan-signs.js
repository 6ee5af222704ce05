/** The signs of a local map: one a house with all its numbers, pushed apart where they would cover each other. */

import L from "leaflet";
import { element, svg } from "./dom.js";

const LARGE = 30;
const SMALL = 25; // a finger's least is 24
const DOT = 13;
const CROWDED = 0.3; // of the ground the signs stand on; from there they are small
const FULL = 0.5; // from there even small ones would stand anywhere but at their doors: dots, until one zooms in
const LEAST_ROOM = 160; // px: signs in a line spread beside it
const ROW = 4; // numbers beside each other in a house of many
const GAP = 2;
const ROUNDS = 90;
const LEADER = 3; // px a door is beside its sign, from which a line leads to it

export class PlanSigns {
  constructor(map, houses, list, onOpen) {
    this.map = map;
    this.list = list;
    this.onOpen = onOpen;
    this.houses = [...houses].sort((a, b) => a.numbers[0] - b.numbers[0]);
    this.above = svg("svg", { class: "plan-above", width: 1, height: 1, "aria-hidden": "true" });
    map.getPane("leaders").append(this.above);
    this.pane = map.getPane("markerPane");
    this.pane.addEventListener("keydown", (event) => this.pressed(event));
    for (const house of this.houses) house.marker = L.marker(house.at, { icon: this.icon(house), keyboard: false });
    this.filter(list.shown);
    map.on("zoomend resize", () => this.place());
  }

  houseOf(number) {
    return this.houses.find((house) => house.numbers.includes(number));
  }

  icon() {
    return L.divIcon({ className: "plan-sign", iconSize: [LARGE, LARGE], html: element("span") });
  }

  filter(shown) {
    for (const house of this.houses) {
      house.shown = house.numbers.filter((n) => shown.has(n));
      if (!house.shown.length) house.marker.remove();
      else if (!this.map.hasLayer(house.marker)) {
        house.marker.addTo(this.map);
        this.wire(house);
      }
    }
    for (const house of this.present()) this.pane.append(house.node); // Tab and arrows go by number
    this.place();
    this.rove();
  }

  present() {
    return this.houses.filter((house) => house.shown.length);
  }

  wire(house) {
    const node = house.node = house.marker.getElement();
    node.setAttribute("role", "button");
    node.tabIndex = -1;
    node.house = house;
    node.addEventListener("click", () => this.onOpen(house, node));
  }

  /** Draw the signs in the size there is room for, then push them apart. */
  place() {
    const houses = this.present();
    const points = houses.map((house) => this.map.latLngToLayerPoint(house.at));
    this.size = sizeFor(points, houses);
    this.pane.classList.toggle("plan-dots", this.size === DOT);
    houses.forEach((house, n) => this.draw(house, points[n]));
    spread(houses);
    this.above.replaceChildren(...houses.flatMap((house) => this.leader(house)));
    for (const { node, box } of houses) {
      node.style.marginLeft = `${Math.round(box.x - box.home.x - box.w / 2)}px`;
      node.style.marginTop = `${Math.round(box.y - box.home.y - box.h / 2)}px`;
    }
    this.onPlaced?.();
  }

  draw(house, home) {
    const one = this.size;
    const many = house.shown.length > 1 && one !== DOT;
    const columns = Math.min(ROW, house.shown.length);
    const rows = Math.ceil(house.shown.length / ROW);
    const w = many ? columns * one + 6 : one;
    const h = many ? rows * one + 6 : one;
    house.box = { home, x: home.x, y: home.y, w, h };
    const signs = house.shown.slice(0, one === DOT ? 1 : undefined).map((n) => {
      const drawn = this.list.byNumber.get(n).querySelector("svg").cloneNode(true);
      drawn.setAttribute("width", one);
      drawn.setAttribute("height", one);
      return drawn;
    });
    const apart = signs.flatMap((drawn, n) => (n ? [document.createTextNode(" "), drawn] : [drawn]));
    const inner = many ? element("span", { class: "plan-many", style: `width:${w}px;height:${h}px` }, ...apart) : signs[0];
    house.node.replaceChildren(inner);
    house.node.style.width = `${w}px`;
    house.node.style.height = `${h}px`;
    const names = house.shown.map((n) => this.list.byNumber.get(n).querySelector(".plan-name").textContent);
    house.node.setAttribute("aria-label", `${house.shown.join(", ")}: ${names.join(", ")}`);
    house.node.title = house.shown.map((n, at) => `${n} ${names[at]}`).join("\n");
  }

  leader({ box }) {
    const beside = Math.max(Math.abs(box.x - box.home.x) - box.w / 2, Math.abs(box.y - box.home.y) - box.h / 2);
    if (beside < LEADER) return [];
    const [from, to] = [{ x1: box.home.x, y1: box.home.y }, { x2: box.x, y2: box.y }];
    return [
      svg("line", { class: "plan-leader", ...from, ...to }),
      svg("circle", { class: "plan-door", cx: box.home.x, cy: box.home.y, r: 3 }),
    ];
  }

  boxes() {
    return this.present().map(({ box }) => box);
  }

  mark(house) {
    for (const each of this.houses) {
      each.node?.classList.toggle("plan-chosen", each === house);
      each.marker.setZIndexOffset(each === house ? 5000 : 0);
    }
    if (house) this.rove(house);
  }

  /** Leave one sign for Tab: the one in use, else the first. */
  rove(current) {
    const present = this.present();
    const stop = present.includes(current) ? current : present.find(({ node }) => node.tabIndex === 0) ?? present[0];
    for (const { node } of present) node.tabIndex = node === stop.node ? 0 : -1;
  }

  pressed(event) {
    const house = event.target.closest?.(".plan-sign")?.house;
    if (!house) return;
    const present = this.present();
    const at = present.indexOf(house);
    const rtl = getComputedStyle(this.pane).direction === "rtl";
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 };
    const to = { Home: 0, End: present.length - 1 }[event.key] ?? at + steps[event.key];
    if (event.key === "Enter" || event.key === " ") this.onOpen(house, house.node);
    else if (present[to]) this.step(present[to]);
    else if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(house) {
    this.rove(house);
    if (!this.map.getBounds().contains(house.at)) this.map.panTo(house.at, { animate: false });
    house.node.focus({ preventScroll: true });
  }
}

/** The size there is room for: of all ground between the outermost signs, not of what one sees of it. */
function sizeFor(points, houses) {
  if (points.length < 2) return LARGE;
  const [x, y] = ["x", "y"].map((side) => Math.max(LEAST_ROOM, L.bounds(points).getSize()[side] + 2 * LARGE));
  const numbers = houses.reduce((sum, house) => sum + house.shown.length, 0);
  const share = (size) => (numbers * size * size) / (x * y);
  if (share(LARGE) <= CROWDED) return LARGE;
  return share(SMALL) <= FULL ? SMALL : DOT;
}

/** Push boxes that cover each other apart, each as little as can be; the same each time. */
export function spread(houses) {
  const boxes = houses.map(({ box }) => box);
  const widest = Math.max(0, ...boxes.map(({ w }) => w)) + GAP;
  for (let round = 0; round < ROUNDS; round += 1) {
    boxes.sort((a, b) => a.x - b.x); // stable: ties stay in the order of their numbers
    let moved = false;
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length && boxes[j].x - boxes[i].x < widest; j += 1) {
        moved = apart(boxes[i], boxes[j], i + j) || moved;
      }
    }
    if (!moved) return;
  }
}

function apart(a, b, turn) {
  const over_x = (a.w + b.w) / 2 + GAP - Math.abs(a.x - b.x);
  const over_y = (a.h + b.h) / 2 + GAP - Math.abs(a.y - b.y);
  if (over_x <= 0.5 || over_y <= 0.5) return false;
  const side = over_x < over_y ? "x" : "y";
  const over = Math.min(over_x, over_y);
  const way = Math.sign(a[side] - b[side]) || (turn % 2 ? 1 : -1);
  a[side] += (way * over) / 2;
  b[side] -= (way * over) / 2;
  return true;
}
