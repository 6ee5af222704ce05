/** What a shaded map shows, told again as a table and as charts; fed with a few bytes an area. */

import { AreasCharts } from "./areas-charts.js";
import { AreasTable } from "./areas-table.js";
import { fetchFeatures, fetchKept } from "./data.js";
import { element, fill } from "./dom.js";
import { paintVariables, palette } from "./palette.js";
import { classesOf, isKnown, valuesOf, wordsFor } from "./shades.js";

const LESS_THAN_ONE = 1;
const SMALL = 0.1;
const SLACK = 0.005; // minutes are rounded up, but not for this: as in ui/coverage/scales.py
const mounted = new WeakMap();

/**
 * Show areas in an element, or bring what is there to a new description.
 * @param {HTMLElement} target
 * @param {object} spec {lang, texts, title, level, measure, layer, names, towns, rows, kind, more_is_better, colours, labels,
 *   selected, people, now: {values, step, shades, day}, then}; `names`, `towns` and `people` are
 *   addresses, whose areas come in the order of the values; `rows` stand in their place
 * @param {{onSelect?: (chosen: {layer: string, id: string}) => void}} [options]
 */
export function mountAreas(target, spec, options = {}) {
  const there = mounted.get(target);
  if (there) {
    Object.assign(there.options, options);
    there.update(spec);
    return there.handle;
  }
  const made = new AreasPanel(target, options);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class AreasPanel {
  constructor(target, options) {
    this.target = target;
    this.options = { ...options };
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    this.table = new AreasTable({ choose: (id) => this.choose(id) });
    this.charts = new AreasCharts();
    this.said = element("p", { class: "plein-told-said", role: "status" });
    this.box = element("div", { class: "plein-told" }, element("div", { class: "plein-told-list" }, this.said, this.table.box), this.charts.box);
    this.heard = ({ detail }) => detail.layer === this.spec?.layer && detail.from !== this && this.table.mark(detail.id, true);
    document.addEventListener("plein:choose", this.heard);
    paintVariables(this.box, palette());
    target.replaceChildren(this.box);
  }

  async update(spec) {
    this.spec = spec;
    this.box.lang = spec.lang;
    try {
      const [areas, towns, people] = await Promise.all([
        spec.names && fetchFeatures(spec.names), spec.towns && fetchFeatures(spec.towns), spec.people && fetchKept(spec.people),
      ]);
      const same = !people || spec.people.endsWith(`/${people.version}.json`);
      if (this.spec === spec && !areas?.other) this.show(spec, areas, towns, same ? people?.people : null);
    } catch (error) {
      console.warn("plein:", error);
      if (this.spec === spec) this.said.textContent = spec.texts.areas_failed;
    }
  }

  show(spec, areas, towns, people) {
    const { lang, texts, kind, colours } = spec;
    const rows = spec.rows ?? rowsOf(areas, towns, lang);
    const told = teller(spec);
    const now = { ...sideOf(spec.now, spec), people };
    const then = spec.then && sideOf(spec.then, spec);
    const context = {
      texts, lang, collator: new Intl.Collator(lang, { numeric: true }),
      number: new Intl.NumberFormat(lang), percent: new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 }),
    };
    this.table.show({ rows, title: spec.title, colours, columns: columns(rows, now, then, told, spec, context), first: { column: "value", down: !spec.more_is_better } }, context);
    const parts = towns ? rows.map(({ part }) => part) : null;
    this.charts.show({ rows, parts, kind, colours, values: now.values, bytes: now.bytes, people: now.people, tell: told, label: now.label }, context);
    this.said.textContent = fill(texts.areas_rows, { n: context.number.format(rows.length) });
    this.box.dataset.shown = spec.title; // told once everything is drawn
    this.table.mark(spec.selected, spec.selected !== this.brought);
    this.brought = spec.selected;
  }

  choose(id) {
    const chosen = { layer: this.spec.layer, id };
    this.table.mark(id);
    this.brought = id;
    document.dispatchEvent(new CustomEvent("plein:choose", { detail: { ...chosen, from: this } }));
    this.options.onSelect?.(chosen);
  }

  destroy() {
    document.removeEventListener("plein:choose", this.heard);
    this.box.remove();
    mounted.delete(this.target);
  }
}

function rowsOf(areas, towns, lang) {
  const named = ({ properties: own }) => String(own[`name_${lang}`] ?? own.name_fr ?? own.id);
  const town = new Map((towns?.features ?? []).map((each) => [String(each.properties.id), named(each)]));
  return areas.features.map((each) => ({
    id: String(each.properties.id), name: named(each).trim() || String(each.properties.id), part: town.get(String(each.properties.municipality)) ?? "",
  }));
}

function sideOf({ values, step, shades, day }, { labels, texts }) {
  const bytes = classesOf(shades);
  const found = valuesOf(values, step);
  const label = (byte) => (isKnown(byte) ? labels[byte] : wordsFor(byte, texts)) ?? "";
  return { day, bytes, values: found, label };
}

/** How a value is written: in the reader's form, no more exactly than it means something. */
function teller({ lang, kind, texts }) {
  const [whole, tenth, hundredth, fine] = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  const percent = new Intl.NumberFormat(lang, { style: "percent", maximumFractionDigits: 0 });
  if (kind === "share") return (value) => percent.format(value);
  if (kind === "minutes") return (value) => (value === Infinity ? texts.areas_beyond : fill(texts.areas_minutes, { n: whole.format(Math.max(0, Math.ceil(value - SLACK))) }));
  if (kind === "whole") return (value) => whole.format(value);
  return (value) => (value < SMALL ? fine : value < LESS_THAN_ONE ? hundredth : tenth).format(value);
}

function columns(rows, now, then, told, spec, { texts, lang }) {
  const value = (side, id, title) => ({
    id, title, up: !spec.more_is_better ? false : true,
    value: (at) => (isKnown(side.bytes[at]) ? side.values[at] : null),
    tell: (at) => (isKnown(side.bytes[at]) ? told(side.values[at]) : texts.areas_unknown),
    byte: (at) => side.bytes[at],
  });
  const name = { id: "name", title: spec.level, up: true, value: (at) => rows[at].name, tell: () => "" };
  if (!then) return [name, value(now, "value", spec.measure), ...peopleColumn(now, texts, lang)];
  const change = (at) => changeOf(now.values[at], then.values[at]);
  const signed = new Intl.NumberFormat(lang, { signDisplay: "exceptZero", maximumFractionDigits: spec.kind === "minutes" ? 1 : 2, style: spec.kind === "share" ? "percent" : "decimal" });
  const difference = {
    id: "change", title: texts.areas_change, up: spec.more_is_better, value: change,
    tell: (at) => tellChange(change(at), signed, texts),
  };
  return [name, value(then, "then", then.day), value(now, "value", now.day), difference];
}

function peopleColumn(side, texts, lang) {
  if (!side.people) return [];
  const number = new Intl.NumberFormat(lang);
  const tell = (at) => (side.people[at] === null ? texts.areas_unknown : number.format(side.people[at]));
  return [{ id: "people", title: texts.areas_people, value: (at) => side.people[at], tell }];
}

/** How much more; null where one of both is not known. */
function changeOf(now, then) {
  if (now === undefined || then === undefined || Number.isNaN(now) || Number.isNaN(then)) return null;
  return now === then ? 0 : now - then;
}

function tellChange(change, signed, texts) {
  if (change === null) return texts.areas_unknown;
  if (change === Infinity) return texts.areas_gone;
  if (change === -Infinity) return texts.areas_come;
  return change === 0 ? "=" : signed.format(change);
}
