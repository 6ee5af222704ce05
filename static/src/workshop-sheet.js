/** The lines of a table's sheet, typed in fast: Tab goes on, Enter sends a line and opens the next. */

import { element } from "./dom.js";
import { GIVEN_UP, Held, LATER, TOO_MUCH, drawn, filled, merge, post, sweep } from "./workshop-outbox.js";

const LINES = 12;
const MORE = 6;
const AGAIN_MS = 2500;
/** Lines are named as on the paper: A to Z, then numbers. */
const named = (n) => (n < 26 ? String.fromCharCode(65 + n) : String(n + 1));
const FIELDS = ["name", "category", "where", "phone", "line"];
const told = JSON.parse(document.getElementById("told").textContent);
const { texts } = told;
const at = (id) => document.getElementById(id);
const labels = new Map(told.groups.flatMap(({ options }) => options).map(([id, label]) => [label.toLowerCase(), id]));

sweep(told.id, told.ends);
/** The lines of every table, kept in this browser until all are sent, whichever is on the page. */
const kept = new Map(told.tables.map((table) => [table, read(table)]));
let rows = [];
let busy = false;
let away = false;
let ended = false;
let slowed = "";

const wanted = new URLSearchParams(location.search).get("table");
if (told.tables.includes(wanted)) at("table").value = wanted;
at("table").addEventListener("change", begin);

function read(table) {
  const held = new Held(`plein:workshop:${told.id}:sheet:${table}`);
  return { held, rows: stored(held) };
}

function stored(held) {
  return (held.read({ rows: [] }).rows ?? []).filter((row) => row && typeof row === "object");
}

/** What another tab typed in for a table; of lines without a word each tab has its own. */
function theirs({ held, rows: mine }) {
  const known = new Set(mine.map(({ token }) => token));
  return stored(held).filter((row) => known.has(row.token) || !isEmpty(row));
}

window.addEventListener("storage", ({ key }) => {
  for (const [table, one] of kept) {
    if (one.held.key !== key) continue;
    const typing = document.hasFocus() && one.rows.find((row) => row.box?.contains(document.activeElement));
    merge(one.rows, theirs(one).filter(({ token }) => token !== typing?.token), true);
    if (table === at("table").value) one.rows.forEach((row, n) => (row.box ? show(row) : at("lines").append(drawRow(row, n))));
    say();
    setTimeout(flush, AGAIN_MS); // should that tab close
  }
});

/** Show the lines of the table that is chosen. */
function begin() {
  rows = kept.get(at("table").value).rows;
  at("lines").replaceChildren();
  grow(Math.max(0, LINES - rows.length));
  rows.forEach((row, n) => at("lines").append(drawRow(row, n)));
  say();
  flush();
}

function grow(by) {
  for (let n = 0; n < by; n += 1) rows.push({ token: drawn(), values: {}, state: "empty", why: "" });
  keep();
}

function drawRow(row, n) {
  const inputs = FIELDS.map((name) => element("input", {
    "aria-label": `${named(n)}. ${texts[name]}`, autocomplete: "off", maxlength: 200, "data-field": name,
    list: name === "category" ? "categories" : null, type: name === "phone" ? "tel" : "text",
  }));
  row.inputs = inputs;
  inputs.forEach((input, i) => {
    input.addEventListener("input", () => {
      row.values[FIELDS[i]] = input.value;
      if (row.state === "wrong") row.state = "empty";
      keep();
    });
    input.addEventListener("keydown", (event) => pressed(event, row, n, i));
  });
  row.told = element("td", { class: "ws-line-told", role: "status" });
  const box = element("tr", {}, element("th", { scope: "row", text: named(n) }), ...inputs.map((input) => element("td", {}, input)), row.told);
  row.box = box;
  show(row);
  return box;
}

function keep(table = at("table").value) {
  const one = kept.get(table);
  const every = one.rows.map(({ token, values, state, why }) => ({ token, values, state, why }));
  merge(every, theirs(one), false);
  one.held.write({ rows: every });
}

/** The first line that waits, of any table. */
function next() {
  for (const [table, { rows: mine }] of kept) {
    const row = mine.find(({ state }) => state === "waiting");
    if (row) return { table, row };
  }
  return null;
}

function pressed(event, row, n, i) {
  if (event.key === "Enter") {
    event.preventDefault();
    if (!ready(row)) return;
    if (n === rows.length - 1) more();
    rows[n + 1].inputs[0].focus();
    flush();
  } else if (event.key === "ArrowDown" && rows[n + 1] && !row.inputs[i].list) rows[n + 1].inputs[i].focus();
  else if (event.key === "ArrowUp" && rows[n - 1] && !row.inputs[i].list) rows[n - 1].inputs[i].focus();
}

const values = (row) => Object.fromEntries(FIELDS.map((name) => [name, (row.values[name] ?? "").trim()]));
const isEmpty = (row) => Object.values(values(row)).every((value) => !value);

/** Put a line in the queue, or say what is wrong with it. */
function ready(row) {
  if (row.state === "sent" || row.state === "waiting") return true;
  if (isEmpty(row)) return true;
  const given = values(row);
  const missing = ["name", "category", "where"].filter((name) => !given[name]);
  row.why = missing.length ? filled(texts.missing, { fields: missing.map((name) => texts[name]).join(", ") })
    : labels.has(given.category.toLowerCase()) ? "" : texts.category_unknown;
  row.state = row.why ? "wrong" : "waiting";
  keep();
  show(row);
  if (row.why) row.inputs[FIELDS.indexOf(missing[0] ?? "category")].focus();
  return !row.why;
}

function show(row) {
  if (!row.box) return; // of a table that was not opened yet
  row.box.className = `ws-is-${row.state}`;
  row.told.textContent = { sent: row.why || texts.done, waiting: "…", wrong: row.why }[row.state] ?? "";
  row.inputs.forEach((input, i) => {
    const typed = row.values[FIELDS[i]] ?? "";
    if (input.value !== typed) input.value = typed;
    input.readOnly = row.state === "sent" || row.state === "waiting";
    input.setAttribute("aria-invalid", String(row.state === "wrong"));
  });
}

async function flush() {
  if (busy || ended) return;
  busy = true;
  try {
    for (let one = next(); one; one = next()) {
      const { table, row } = one;
      const given = values(row);
      const form = { ...given, category: labels.get(given.category.toLowerCase()), kind: "add", table, lang: told.language, token: row.token };
      slowed = "";
      const { status, told: found } = await post(`workshop/${told.token}/send`, form);
      if (status === GIVEN_UP) {
        ended = true;
        break;
      }
      if (status === TOO_MUCH) slowed = found.error || "";
      if (LATER.has(status)) throw new Error(String(status));
      row.state = status < 300 ? "sent" : "wrong";
      row.why = status < 300 ? (found.placed ? "" : texts.unplaced) : found.error ?? "";
      away = false;
      keep(table);
      show(row);
    }
  } catch {
    away = !slowed;
    setTimeout(flush, AGAIN_MS);
  } finally {
    busy = false;
    say();
  }
}

function say() {
  const every = [...kept.values()].flatMap(({ rows: mine }) => mine);
  const n = every.filter(({ state }) => state === "waiting").length;
  const sent = rows.filter(({ state }) => state === "sent").length;
  at("state").textContent = [ended ? texts.ended : slowed || (away ? texts.disconnected : texts.connected), n ? filled(texts.left, { n }) : "", sent ? `${sent} ${texts.done}` : ""].filter(Boolean).join(" · ");
  at("state").classList.toggle("ws-away", away || ended);
}

function more() {
  const from = rows.length;
  grow(MORE);
  keep();
  rows.slice(from).forEach((row, n) => at("lines").append(drawRow(row, from + n)));
}
at("more").addEventListener("click", () => {
  const from = rows.length;
  more();
  rows[from].inputs[0].focus();
});
at("all").addEventListener("click", () => {
  const faults = rows.filter((row) => !ready(row));
  faults[0]?.inputs[0].focus();
  flush();
});
begin();
