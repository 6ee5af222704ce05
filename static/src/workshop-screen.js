/** The big screen: the map of the neighbourhood, on which proposals arrive; and the way in. */

import L from "leaflet";
import { calm, element, isolated } from "./dom.js";
import { Feed, filled, post } from "./workshop-outbox.js";

const FEED_MS = 1000;
const LISTED = 6;
const told = JSON.parse(document.getElementById("told").textContent);
const { texts, colours } = told;
const at = (id) => document.getElementById(id);
const here = `workshop/${told.token}`;
const signs = new Map();
let first = true;

const handle = window.Plein.mountMap(at("map"), told.map, {});
const map = handle.leaflet;
map.getContainer().setAttribute("aria-label", texts.map);

const feed = new Feed(`${here}/feed?lang=${told.language}`, FEED_MS, (found) => {
  at("state").textContent = feed.away ? texts.away : found && !found.open ? texts.closed : feed.away === false && !found ? "" : "";
  at("state").classList.toggle("ws-away", feed.away);
  if (found) show(found);
});

function show(found) {
  at("count").textContent = found.came === 1 ? texts.count_one : filled(texts.count_many, { n: found.came });
  at("tables").replaceChildren(...found.tables.map(([name, n]) => element("li", {}, isolated(filled(texts.table, { table: name })), element("b", { text: n }))));
  drawSigns(found.items);
  settle();
  const latest = found.items.slice(-LISTED).reverse().map((one) => element("li", { class: `ws-is-${one.state}`, "data-id": one.id },
    mark(one), element("div", {}, isolated(one.name || texts.unnamed, "ws-name"),
      element("span", { class: "ws-by", text: [one.told || one.what, by(one)].join(" · ") }))));
  at("latest").replaceChildren(...(latest.length ? latest : [element("li", { class: "ws-soft", text: texts.nothing })]));
  first = false;
}

const by = (one) => (one.state === "accepted" ? texts.accepted : filled(texts.proposed_by, { table: one.table }) + (one.who ? ` (${one.who})` : ""));

function mark(one) {
  const dot = element("span", { class: "ws-dot", "aria-hidden": "true" });
  dot.style.setProperty("--ws-colour", colours[one.group] ?? colours.other);
  return dot;
}

/** One marker a proposal: dashed until it is accepted; one that comes pulses once. */
function drawSigns(items) {
  const wanted = new Map(items.filter(({ at: point }) => point).map((one) => [one.id, one]));
  for (const [id, { marker }] of signs) {
    if (!wanted.has(id)) {
      marker.remove();
      signs.delete(id);
    }
  }
  for (const [id, one] of wanted) {
    const there = signs.get(id);
    const said = JSON.stringify([one.at, one.name, one.state, one.table]);
    if (there?.said === said) continue;
    there?.marker.remove();
    const box = element("div", { class: `ws-sign ws-is-${one.state}${first || there || calm() ? "" : " ws-new"}`, "data-id": id },
      mark(one), element("div", { class: "ws-label" }, isolated(one.name || texts.unnamed), element("small", { text: by(one) })));
    const icon = L.divIcon({ className: "ws-icon", html: box, iconSize: [0, 0] });
    const marker = L.marker(one.at, { icon, keyboard: false, interactive: false, zIndexOffset: 5000 + one.n }).addTo(map);
    signs.set(id, { marker, said, n: one.n });
    if (!first && !there && !map.getBounds().contains(one.at)) map.fitBounds(map.getBounds().extend(one.at), { animate: !calm() });
  }
}

const SIDES = ["", "ws-left", "ws-above", "ws-below"];

/** Labels never cover each other nor a sign: the latest choose first, one without room waits bare. */
function settle() {
  const taken = [...signs.values()].map(({ marker }) => marker.getElement().querySelector(".ws-dot").getBoundingClientRect());
  const frame = map.getContainer().getBoundingClientRect();
  const crossing = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const { marker } of [...signs.values()].sort((a, b) => b.n - a.n)) {
    const box = marker.getElement().querySelector(".ws-sign");
    const label = box.querySelector(".ws-label");
    const own = box.querySelector(".ws-dot").getBoundingClientRect();
    box.classList.remove(...SIDES.filter(Boolean), "ws-bare");
    const side = SIDES.find((name) => {
      box.classList.remove(...SIDES.filter(Boolean));
      if (name) box.classList.add(name);
      const room = label.getBoundingClientRect();
      const inside = room.left >= frame.left && room.right <= frame.right && room.top >= frame.top && room.bottom <= frame.bottom;
      return inside && !taken.some((one) => crossing(one, room) && !(one.left === own.left && one.top === own.top));
    });
    box.classList.toggle("ws-bare", side === undefined);
    if (side !== undefined) taken.push(label.getBoundingClientRect());
  }
}
map.on("moveend zoomend", settle);
map.on("resize", () => {
  const points = [...signs.values()].map(({ marker }) => marker.getLatLng());
  map.fitBounds(points.reduce((all, point) => all.extend(point), L.latLngBounds(told.map.bounds)), { animate: false });
  settle();
});

/** The part of the address behind # stays here: it opens the workshop for phones. */
async function join() {
  const phone = location.hash.slice(1);
  if (!phone) return;
  try {
    const { status, told: found } = await post(`${here}/qr`, { phone, base: location.href.split("/workshop/")[0] });
    if (status >= 300) return;
    at("qr").src = `data:image/svg+xml,${encodeURIComponent(found.svg)}`;
    at("qr").alt = found.address;
    at("address").textContent = found.address.replace(/^https?:\/\//, "");
    at("join").hidden = false;
  } catch {
    setTimeout(join, FEED_MS);
  }
}

at("full").addEventListener("click", () => document.documentElement.requestFullscreen?.());
document.addEventListener("fullscreenchange", () => {
  at("full").hidden = Boolean(document.fullscreenElement);
});
join();
feed.start();
