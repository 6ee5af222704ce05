/** A phone at a workshop: add a place, correct one, see what became of it and what others added. */

import { element, isolated } from "./dom.js";
import { Feed, Held, Outbox, drawn, filled, post, sweep } from "./workshop-outbox.js";

const FEED_MS = 4000;
const MINE_MS = 6000;
const FOUND = 6;
const told = JSON.parse(document.getElementById("told").textContent);
const { texts } = told;
const at = (id) => document.getElementById(id);
const key = (name) => `plein:workshop:${told.id}:${name}`;
const here = `workshop/${told.token}`;
const ask = `?lang=${told.language}`;
const ADD = ["name", "category", "where", "line", "phone", "hours"];

sweep(told.id, told.ends);
const me = new Held(key("me"));
const draft = new Held(key("draft"));
const who = { phone: drawn(), table: told.tables[0], nickname: "", ...me.read({}) };
let pin = null;
let chosen = null;
let open = true;
const outcomes = new Map();

const outbox = new Outbox(key("out"), `${here}/send`, showMine);

function sayState() {
  const n = outbox.waiting.length;
  const parts = [outbox.away || feed.away ? texts.disconnected : open ? texts.connected : texts.closed];
  if (outbox.slowed) parts[0] = outbox.slowed;
  if (outbox.ended) parts[0] = texts.ended;
  if (n) parts.push(filled(texts.left, { n }));
  const text = parts.join(" · ");
  if (at("state").textContent !== text) at("state").textContent = text;
  at("state").classList.toggle("ws-away", outbox.away || feed.away || Boolean(outbox.ended));
}

// Who, and at which table.
me.write(who);
at("nickname").value = who.nickname;
if (told.tables.includes(who.table)) at("table").value = who.table;
for (const [id, name] of [["nickname", "nickname"], ["table", "table"]]) {
  at(id).addEventListener("input", () => {
    who[name] = at(id).value.trim();
    me.write(who);
  });
}
who.table = at("table").value;
const sender = () => ({ lang: told.language, table: who.table, nickname: who.nickname, phone_mark: who.phone });

// What is being typed stays through a reload.
const typed = draft.read({});
for (const name of ADD) at(`add-${name}`).value = typed[name] ?? "";
pin = typed.pin ?? null;
at("add").addEventListener("input", keepDraft);
function keepDraft() {
  draft.write({ ...Object.fromEntries(ADD.map((name) => [name, at(`add-${name}`).value])), pin });
}

function wrong(form, text, field) {
  at(`${form}-wrong`).textContent = text;
  if (text && field) at(field).focus();
}

at("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const values = Object.fromEntries(ADD.map((name) => [name, at(`add-${name}`).value.trim()]));
  const missing = ["name", "category"].filter((name) => !values[name]);
  if (!values.where && !pin) missing.push("where");
  for (const name of ["name", "category", "where"]) at(`add-${name}`).toggleAttribute("aria-invalid", false);
  for (const name of missing) at(`add-${name}`).setAttribute("aria-invalid", "true");
  if (missing.length) {
    wrong("add", filled(texts.missing, { fields: missing.map((name) => texts[name]).join(", ") }), `add-${missing[0]}`);
    return;
  }
  wrong("add", "");
  const place = pin ? { lat: pin.lat, lon: pin.lon, label: values.where } : undefined;
  outbox.add({ ...sender(), kind: "add", ...values, ...(place ? { place } : {}) }, values.name);
  at("add").reset();
  pin = null;
  showPin();
  keepDraft();
  at("add-name").focus();
  say(outbox.away ? texts.kept : texts.sent);
});

function say(text) {
  at("state").textContent = text;
}

// The map comes when it is asked for: it weighs more than all the rest.
let map = null;
at("map-button").addEventListener("click", async () => {
  const shown = at("map-box").hidden;
  at("map-box").hidden = !shown;
  at("map-button").setAttribute("aria-expanded", String(shown));
  at("map-button").textContent = shown ? texts.hide_map : texts.press_map;
  if (!shown) return;
  try {
    await script("assets/plein.js", document.querySelector('script[src*="workshop-phone"]').src.split("?")[1]);
    showPin();
  } catch {
    at("map-told").textContent = texts.disconnected;
  }
});

function script(address, version) {
  if (window.Plein) return Promise.resolve();
  return new Promise((done, failed) => {
    document.head.append(element("script", { src: `${address}?${version}`, on: { load: done, error: failed } }));
  });
}

function showPin() {
  if (window.Plein && !at("map-box").hidden) {
    map = window.Plein.mountMap(at("map"), { ...told.map, pin }, {
      onPoint: (point) => {
        pin = point;
        at("map-told").textContent = texts.pressed;
        keepDraft();
      },
    });
  }
  at("map-told").textContent = pin ? texts.pressed : "";
}

// Correct something that is there.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
at("which").addEventListener("input", () => {
  const wanted = plain(at("which").value.trim());
  const found = wanted.length < 2 ? [] : told.known.filter(({ name }) => plain(name).includes(wanted)).slice(0, FOUND);
  at("which-found").replaceChildren(...found.map((one) => element("li", {},
    element("button", { type: "button", on: { click: () => choose(one) } },
      isolated(one.name || texts.unnamed), one.where && element("span", { class: "ws-soft", text: ` ${one.where}` })))));
});

function choose(one) {
  chosen = one;
  at("which-found").replaceChildren();
  at("which").value = "";
  at("correct-fields").hidden = one === null;
  if (!one) return;
  at("which-chosen").textContent = one.name;
  for (const name of ["name", "phone", "hours"]) at(`correct-${name}`).value = one[name];
  at("correct-note").value = "";
  at("change").value = "correct";
  at("correct-facts").hidden = false;
  at("change").focus();
}
at("change").addEventListener("input", () => {
  at("correct-facts").hidden = at("change").value !== "correct";
});

at("correct").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!chosen) return;
  const kind = at("change").value;
  const form = { ...sender(), kind, id: chosen.id, note: at("correct-note").value.trim() };
  if (kind === "correct") {
    const values = Object.fromEntries(["name", "phone", "hours"].map((name) => [name, at(`correct-${name}`).value.trim()]));
    const changed = Object.keys(values).filter((name) => values[name] !== chosen[name]);
    if (!changed.length) {
      wrong("correct", filled(texts.missing, { fields: [texts.name, texts.phone, texts.hours].join(" / ") }), "correct-name");
      return;
    }
    Object.assign(form, values, { changed });
  } else if (kind === "wrong" && !form.note) {
    wrong("correct", filled(texts.missing, { fields: texts.note }), "correct-note");
    return;
  }
  wrong("correct", "");
  outbox.add(form, chosen.name);
  choose(null);
  at("which").focus();
  say(outbox.away ? texts.kept : texts.sent);
});

// What became of mine.
function showMine() {
  sayState();
  const items = [...outbox.entries].reverse().map((entry) => mineItem(entry));
  const before = document.activeElement?.closest?.("#mine");
  if (before) return; // somebody writes an answer there
  at("mine").replaceChildren(...(items.length ? items : [element("li", { class: "ws-soft", text: texts.none_mine })]));
}

function mineItem(entry) {
  const outcome = outcomes.get(entry.token);
  const state = entry.state === "sent" ? outcome?.told ?? texts.proposed : entry.state === "waiting" ? texts.waiting : filled(texts.refused, { why: entry.told?.error ?? "" });
  const box = element("li", { class: `ws-is-${outcome?.state ?? entry.state}` }, isolated(entry.label || texts.unnamed, "ws-name"), element("span", { class: "ws-tag", text: state }));
  if (outcome?.said) box.append(element("p", { text: outcome.by ? `${outcome.by}: ${outcome.said}` : outcome.said, dir: "auto" }));
  if (outcome?.state === "asked") box.append(answerForm(entry));
  if (entry.state === "wrong") {
    box.append(element("button", { type: "button", class: "ws-second", text: texts.again, on: { click: () => takeBack(entry) } }));
  } else if (["open", "asked"].includes(outcome?.state)) {
    box.append(element("button", { type: "button", class: "ws-second", text: texts.withdraw, on: { click: () => reply(entry, { withdraw: true }) } }));
  }
  return box;
}

function answerForm(entry) {
  const id = `answer-${entry.token}`;
  const field = element("input", { id, maxlength: 500, autocomplete: "off" });
  const form = element("form", {}, element("label", { for: id, text: texts.answer }), field, element("button", { type: "submit", class: "ws-first", text: texts.answer_send }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) reply(entry, { text: field.value.trim() });
  });
  return form;
}

async function reply(entry, what) {
  try {
    const { status, told: found } = await post(`${here}/reply`, { lang: told.language, link: entry.token, ...what });
    if (status < 300) outcomes.set(entry.token, found);
    document.activeElement?.blur();
    showMine();
    if (status >= 300) say(found.error ?? "");
  } catch {
    say(texts.disconnected);
  }
}

/** What was not taken goes back into the form, to be put right. */
function takeBack(entry) {
  const { form } = entry;
  outbox.remove(entry.token);
  document.activeElement?.blur();
  if (form.kind === "add") {
    for (const name of ADD) at(`add-${name}`).value = form[name] ?? "";
    pin = form.place ?? null;
    showPin();
    keepDraft();
    at("add-name").focus();
  } else {
    choose(told.known.find(({ id }) => id === form.id) ?? null);
    for (const name of ["name", "phone", "hours"]) at(`correct-${name}`).value = form[name] ?? at(`correct-${name}`).value;
    at("change").value = form.kind;
    at("correct-note").value = form.note ?? "";
  }
  showMine();
}

async function askMine() {
  const links = outbox.entries.filter(({ state }) => state === "sent").map(({ token }) => token).slice(-100);
  if (links.length && document.visibilityState === "visible") {
    try {
      const { status, told: found } = await post(`${here}/mine`, { lang: told.language, links });
      if (status < 300) {
        const before = JSON.stringify([...outcomes]);
        for (const one of found.mine) if (one.state !== "unknown") outcomes.set(one.link, one);
        if (before !== JSON.stringify([...outcomes])) showMine();
      }
    } catch {
      // Asked again in a moment.
    }
  }
  setTimeout(askMine, MINE_MS);
}

// What others added.
const feed = new Feed(`${here}/feed${ask}`, FEED_MS, (found) => {
  if (found) {
    open = found.open;
    const items = [...found.items].reverse().map((one) => element("li", { class: `ws-is-${one.state}` },
      isolated(one.name || texts.unnamed, "ws-name"),
      element("span", { class: "ws-soft", text: ` ${one.told || one.what} · ${filled(texts.by_table, { table: one.table })}${one.who ? ` · ${one.who}` : ""}` }),
      element("span", { class: "ws-tag", text: one.state === "accepted" ? texts.accepted : texts.proposed })));
    at("others").replaceChildren(...(items.length ? items : [element("li", { class: "ws-soft", text: texts.none_others })]));
    outbox.flush();
  }
  sayState();
});
showMine();
outbox.flush();
feed.start();
askMine();
