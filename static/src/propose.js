/** The form on which anybody proposes a change. What is typed stays in this tab until it is sent. */

import { element, fill, isolated } from "./dom.js";
import { Likely } from "./likely.js";
import { paintVariables, palette } from "./palette.js";
import { writeOn } from "./propose-away.js";
import { PlacePart } from "./propose-place.js";
import { Kept, token } from "./propose-kept.js";
import { showThanks } from "./propose-thanks.js";

const TYPES = { phone: "tel", email: "email", website: "url" };
const FIELDS = ["name", "category", "place", "phone", "email", "website", "hours", "languages"];
const MORE = ["phone", "email", "website", "hours", "languages"];
const NOTES = { closed: "note_closed", wrong: "note_wrong" };
const mounted = new WeakMap();
let made_so_far = 0;

/**
 * Show the form in an element, or bring the one already there to other words.
 * @param {HTMLElement} target
 * @param {object} spec a description of the map, and `form` (ui/proposing/form.py)
 * @returns {{update(spec: object): void, destroy(): void}}
 */
export function mountPropose(target, spec) {
  const there = mounted.get(target);
  if (there) {
    there.update(spec);
    return there.handle;
  }
  const made = new ProposeForm(target);
  mounted.set(target, made);
  made.update(spec);
  return made.handle;
}

class ProposeForm {
  constructor(target) {
    this.target = target;
    this.id = `plein-propose-${(made_so_far += 1)}`;
    this.handle = { update: (spec) => this.update(spec), destroy: () => this.destroy() };
    // Not a <form>: the field for a place is one, and they do not stand in one another.
    this.box = element("div", {
      class: "plein-propose", role: "form",
      on: { input: (event) => this.typed(event), change: (event) => this.typed(event) },
    });
    target.replaceChildren(this.box);
    this.endAway = writeOn(() => !this.sent && this.tell(this.texts.offline));
  }

  update(spec) {
    const said = JSON.stringify(spec.form);
    this.map = { ...spec, form: undefined };
    if (said === this.said) return;
    const first = this.said === undefined;
    this.said = said;
    Object.assign(this, { form: spec.form, texts: spec.form.texts, lang: spec.lang });
    paintVariables(this.box, palette(spec.palette));
    this.box.lang = spec.lang;
    this.box.setAttribute("aria-label", this.form.target ? this.texts.title_target : this.texts.title_add);
    if (this.sent) return;
    const about = this.form.target?.id ?? "";
    if (first || about !== this.about) {
      this.about = about;
      this.kept = new Kept(about || "new");
      this.values = { kind: this.form.kind, place: this.form.start, who: this.form.who, token: token(), changed: [], ...this.kept.read() };
      if (this.form.start) this.values.place = this.form.start;
    }
    this.build();
  }

  /** Draw what is asked for the kind that is chosen, with what was written. */
  build() {
    this.place?.destroy();
    this.place = null;
    this.likely?.stop();
    const { target } = this.form;
    const { kind } = this.values;
    const parts = [
      element("h1", { class: "plein-propose-title", tabindex: -1, text: target ? this.texts.title_target : this.texts.title_add }),
      target && element("p", { class: "plein-propose-about" }, isolated(target.present.name)),
      element("p", { class: "plein-propose-hint", text: this.texts.lead }),
      target && this.kinds(),
      ...(kind === "add" ? this.addition() : kind === "correct" ? this.correction() : kind === "moved" ? [this.where(this.texts.place_new, true)] : []),
      ...(kind === "duplicate" ? this.twin() : []),
      this.text("note", { label: this.texts[NOTES[kind]] ?? this.texts.note, lines: 3, required: kind === "wrong" }),
      this.whoAsks(),
      this.trapped(),
      (this.wrong = element("p", { class: "plein-propose-wrong", role: "alert" })),
      (this.button = element("button", { type: "button", class: "plein-propose-send", text: this.texts.send, on: { click: () => this.submit() } })),
      element("p", { class: "plein-propose-hint", text: this.texts.kept }),
    ];
    this.box.replaceChildren(...parts.filter(Boolean));
    this.box.classList.toggle("plein-propose-mapped", Boolean(this.place));
    this.place?.start();
    if (this.values.name || kind === "duplicate") this.likely?.ask();
  }

  kinds() {
    const chosen = (kind) => () => { this.values.kind = kind; this.keep(); this.build(); this.box.querySelector(`input[value="${kind}"]`)?.focus(); };
    const options = this.form.kinds.map(([kind, label]) => element("label", { class: "plein-propose-choice" },
      element("input", { type: "radio", name: `${this.id}-kind`, value: kind, checked: kind === this.values.kind, on: { change: chosen(kind) } }),
      element("span", { text: label })));
    return element("fieldset", { class: "plein-propose-kinds" }, element("legend", { text: this.texts.title_target, class: "plein-heard" }), ...options);
  }

  addition() {
    this.likely = new Likely(this, {});
    const more = element("details", { class: "plein-propose-more", open: MORE.some((name) => this.values[name]?.length) },
      element("summary", { text: this.texts.more }), ...MORE.map((name) => this.field(name, false)));
    return [this.field("name", true), this.likely.box, this.field("category", true), this.field("place", true), more];
  }

  /** Each fact as it is now, and a button that opens it alone. */
  correction() {
    return FIELDS.map((name) => {
      const open = this.values.changed.includes(name);
      const heading = element("span", { class: "plein-propose-label", id: `${this.id}-now-${name}`, text: name === "place" ? this.texts.place : this.texts[name] });
      const now = element("p", { class: "plein-propose-now" }, isolated(fill(this.texts.now, { value: this.present(name) || this.texts.not_known })));
      const button = element("button", {
        type: "button", class: "plein-propose-change", id: `${this.id}-change-${name}`, "aria-expanded": String(open),
        "aria-describedby": `${this.id}-now-${name}`, text: open ? this.texts.keep : this.texts.change, on: { click: () => this.change(name, !open) },
      });
      return element("div", { class: "plein-propose-fact" }, element("div", { class: "plein-propose-facts" }, element("div", {}, heading, now), button), open && this.field(name, name === "name" || name === "category"));
    });
  }

  change(name, open) {
    const others = this.values.changed.filter((one) => one !== name);
    this.values.changed = open ? [...others, name] : others;
    if (open && name !== "place") this.values[name] ??= this.form.target.present[name];
    if (!open) delete this.values[name];
    this.keep();
    this.build();
    this.box.querySelector(open && name !== "place" && name !== "languages" ? `#${this.id}-${name}` : `#${this.id}-change-${name}`)?.focus();
  }

  /** What the public knows of it now, in words. */
  present(name) {
    const value = this.form.target.present[name];
    if (name === "category") return this.form.groups.flatMap(({ options }) => options).find(([key]) => key === value)?.[1];
    if (name !== "languages") return value;
    const names = new Map(this.form.languages);
    return value.map((code) => names.get(code) ?? code).join(", ");
  }

  twin() {
    this.likely = new Likely(this, { choose: (one) => { this.values.other = one; this.keep(); this.build(); } });
    const { other } = this.values;
    const chosen = other && element("p", { class: "plein-propose-chosen" }, isolated(fill(this.texts.twin_chosen, { name: other.name })));
    return [this.text("twin", { label: this.texts.twin, hint: this.texts.twin_hint, required: !other }), chosen, this.likely.box];
  }

  field(name, required) {
    if (name === "category") return this.select(required);
    if (name === "place") return this.where(this.texts.place, required);
    if (name === "languages") return this.languages();
    const hint = name === "hours" ? this.texts.hours_hint : "";
    return this.text(name, { label: this.texts[name], hint, required, type: TYPES[name], lines: name === "hours" ? 2 : 0 });
  }

  where(label, required) {
    this.place = new PlacePart(this, `${label} (${required ? this.texts.required : this.texts.optional})`);
    return this.place.box;
  }

  text(name, { label, hint, required = false, type = "text", lines = 0 }) {
    const id = `${this.id}-${name}`;
    const input = element(lines ? "textarea" : "input", {
      id, name, rows: lines || null, type: lines ? null : type, maxlength: this.form.limits[name] ?? this.form.limits.text, dir: "auto",
      autocomplete: name === "who" ? "nickname" : "off", "aria-required": required ? "true" : null, "aria-describedby": hint ? `${id}-hint` : null, class: "plein-propose-input",
    });
    input.value = this.values[name] ?? "";
    return element("div", { class: "plein-propose-field" }, this.label(id, label, required, name),
      hint && element("p", { class: "plein-propose-hint", id: `${id}-hint`, text: hint }), input);
  }

  label(id, text, required) {
    return element("label", { class: "plein-propose-label", for: id }, element("span", { text }),
      required && element("span", { class: "plein-propose-required", text: ` (${this.texts.required})` }));
  }

  select(required) {
    const id = `${this.id}-category`;
    const option = ([value, label]) => element("option", { value, text: label, selected: value === this.values.category });
    const groups = this.form.groups.map(({ label, options }) => element("optgroup", { label }, ...options.map(option)));
    const input = element("select", { id, name: "category", class: "plein-propose-input", "aria-required": String(required) }, option(["", this.texts.choose]), ...groups);
    return element("div", { class: "plein-propose-field" }, this.label(id, this.texts.category, required), input);
  }

  languages() {
    const chosen = new Set(this.values.languages ?? []);
    const box = ([code, label]) => element("label", { class: "plein-propose-choice" },
      element("input", { type: "checkbox", name: "languages", value: code, checked: chosen.has(code) }), element("span", { text: label }));
    return element("fieldset", { class: "plein-propose-languages" }, element("legend", { class: "plein-propose-label", text: this.texts.languages }), ...this.form.languages.map(box));
  }

  whoAsks() {
    const thank = element("label", { class: "plein-propose-choice" },
      element("input", { type: "checkbox", name: "thank", checked: this.values.thank === true }), element("span", { text: this.texts.thank }));
    const who = this.text("who", { label: `${this.texts.who} (${this.texts.if_wished})` });
    who.append(thank);
    return who;
  }

  /** No person sees it; what fills every field of a page does. */
  trapped() {
    return element("div", { class: "plein-propose-trap", "aria-hidden": "true" },
      element("label", { for: `${this.id}-trap`, text: this.texts.trap }), (this.trap = element("input", { id: `${this.id}-trap`, name: "trap", type: "text", tabindex: -1, autocomplete: "off" })));
  }

  typed({ target }) {
    const { name, type } = target;
    if (!name || name === "trap" || name.endsWith("-kind")) return;
    if (name === "languages") this.values.languages = [...this.box.querySelectorAll("[name=languages]:checked")].map(({ value }) => value);
    else this.values[name] = type === "checkbox" ? target.checked : target.value;
    target.removeAttribute("aria-invalid");
    this.keep();
    if (["name", "twin", "phone", "email"].includes(name)) this.likely?.ask();
  }

  placed(place, where = "") {
    this.values.place = place;
    this.values.where = where;
    this.keep();
    if (this.values.kind === "add") this.likely?.ask();
  }

  keep() {
    this.kept.write(this.values);
  }

  /** The fields that are still needed, by the name a person reads. */
  missing() {
    const { kind, changed, note, place, where, other } = this.values;
    const asked = kind === "add" ? ["name", "category", "place"] : kind === "moved" ? ["place"] : kind === "correct" ? changed.filter((name) => ["name", "category", "place"].includes(name)) : [];
    const empty = asked.filter((name) => (name === "place" ? !place && !(kind === "add" && where) : !this.values[name]?.trim()));
    if (kind === "wrong" && !note?.trim()) empty.push("note");
    if (kind === "duplicate" && !other) empty.push("twin");
    return empty;
  }

  submit() {
    this.place?.take();
    const missing = this.missing();
    const { kind, changed } = this.values;
    if (kind === "correct" && !changed.length) return this.tell(this.texts.nothing);
    if (missing.length) {
      const words = { note: this.texts.note_wrong, place: kind === "moved" ? this.texts.place_new : this.texts.place };
      this.tell(fill(this.texts.missing, { fields: missing.map((name) => words[name] ?? this.texts[name]).join(", ") }));
      for (const name of missing) this.box.querySelector(`#${this.id}-${name}`)?.setAttribute("aria-invalid", "true");
      (this.box.querySelector(`#${this.id}-${missing[0]}`) ?? this.place?.box.querySelector("input"))?.focus();
      return undefined;
    }
    return this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    this.tell("");
    this.button.setAttribute("aria-disabled", "true");
    this.button.textContent = this.texts.sending;
    const told = { ...this.values, other: this.values.other?.id, id: this.about, lang: this.lang, trap: this.trap.value };
    try {
      const response = await fetch(new URL("propose/send", document.baseURI), {
        method: "POST", body: JSON.stringify(told), credentials: "same-origin", headers: { "Content-Type": "application/json" },
      });
      const answer = await response.json();
      if (response.ok) return this.thank(answer);
      this.tell(answer.error);
    } catch {
      this.tell(this.texts.offline);
    } finally {
      this.sending = false;
      this.button.removeAttribute("aria-disabled");
      this.button.textContent = this.texts.send;
    }
  }

  thank(answer) {
    this.sent = true;
    this.kept.clear();
    this.place?.destroy();
    this.place = null;
    this.likely?.stop();
    this.box.classList.remove("plein-propose-mapped");
    showThanks(this.box, answer, this.texts);
  }

  tell(text) {
    this.wrong.textContent = text;
  }

  destroy() {
    this.place?.destroy();
    this.likely?.stop();
    this.endAway();
    this.box.remove();
    mounted.delete(this.target);
  }
}
