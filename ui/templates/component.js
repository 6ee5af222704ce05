/** What runs in the page for our Streamlit components: the parts of our bundle, the button that copies. */

const handles = new WeakMap();
const last = new WeakMap();

/**
 * What ends a component. Streamlit calls it also for a run that the next one overtook while the script was
 * still awaited: what the next one draws in the same element must stay.
 */
function ending(element, end) {
  const run = {};
  last.set(element, run);
  return () => { if (last.get(element) === run) end(); };
}

/** Fetch our bundle once, however many pieces of the page draw with it; and once what more one of them needs. */
function bundle(address, more) {
  window.__plein ??= fetched(address, () => { window.__plein = undefined; });
  if (!more) return window.__plein;
  window.__plein_more ??= window.__plein.then(() => fetched(more, () => { window.__plein_more = undefined; }));
  return window.__plein_more;
}

function fetched(address, failing) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.Plein);
    script.onerror = () => { failing(); failed(new Error(address)); };
    document.head.append(script);
  });
}

/** Fetch a description once; one that failed is asked for again the next time. */
const descriptions = new Map();
const NOTHING = Promise.resolve({ description: {}, other: false });
function described(address) {
  if (!address) return NOTHING; // the field and the answers are told all their words
  if (!descriptions.has(address)) {
    const answer = read(address);
    answer.catch(() => descriptions.delete(address));
    descriptions.set(address, answer);
  }
  return descriptions.get(address);
}

async function read(address) {
  const response = await fetch(address, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  const description = await response.json();
  const other = !address.endsWith(`/${description.version}.json`);
  return { description, other };
}

/** The list answers first: a map of signs, which takes longer, follows the frame that shows it. */
function afterFrame(work) {
  let done = false;
  const once = () => { if (!done) work(); done = true; };
  requestAnimationFrame(() => setTimeout(once, 0));
  setTimeout(once, 200); // no frames are drawn of a page out of sight
}

/** What the page hears of each tool of the map, and of the list of what is due. */
const TOLD = { edit: "edited", moves: "moved", due: "answered" };

/** Draw a part of our bundle (`data.mount`), or bring what is drawn to what a rerun tells. */
export function draw({ parentElement, data, setTriggerValue }) {
  const state = handles.get(parentElement) ?? {};
  handles.set(parentElement, state);
  state.data = data;
  state.place = (point) => setTriggerValue("placed", point);
  state.pick = (picked) => setTriggerValue("picked", `${picked.layer}:${picked.id}`);
  state.locate = (place) => setTriggerValue("located", place);
  state.take = (id) => setTriggerValue("taken", id);
  state.tool = (name, told) => setTriggerValue(TOLD[name], told);
  const options = {
    onSelect: (picked) => state.pick(picked),
    onPoint: (point) => state.place(point),
    onPlace: (place) => state.locate(place),
    onTake: (id) => state.take(id),
    onTool: (name, told) => state.tool(name, told),
  };
  const host = parentElement.querySelector(".plein-host");
  Promise.all([bundle(data.bundle, data.more), described(data.description)]).then(([Plein, { description, other }]) => {
    if (state.data !== data || state.ended) return;
    const spec = { ...description, ...data.spec };
    if (other) delete spec.shown; // bits of another version would be the wrong ones
    const update = () => { if (state.data === data && !state.ended) state.mounted.update(spec); };
    if (!state.mounted) state.mounted = (Plein[data.mount] ?? Plein.more[data.mount])(host, spec, options);
    else if (data.mount === "mountMap" && !data.spec.shades) afterFrame(update);
    else update();
  }).catch((error) => {
    console.warn("plein:", error);
    if (state.data === data && !state.mounted) host.textContent = data.failed;
  });
  return ending(parentElement, () => {
    state.ended = true;
    state.mounted?.destroy();
    handles.delete(parentElement);
  });
}

/** Copy the address of the present view; where the browser forbids it, show it selected. */
export function share({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const told = parentElement.querySelector("[role=status]");
  const field = parentElement.querySelector("input");
  button.textContent = data.label;
  button.hidden = false;
  field.setAttribute("aria-label", data.label);
  button.onclick = async () => {
    const link = data.link ?? window.location.href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      field.hidden = false;
      field.value = link;
      field.select();
    }
    told.textContent = data.done;
  };
  const card = parentElement.closest(".st-key-card");
  if (shown.get(parentElement) !== data.chosen) bring(card);
  shown.set(parentElement, data.chosen);
  return ending(parentElement, () => requestAnimationFrame(() => leadBack(data.chosen)));
}

const shown = new WeakMap();
const LOW = 0.6; // of the screen: a card that begins below is as good as not there

/** Chosen far down the list, a card opens far above what a person sees. */
function bring(card) {
  const { top } = card?.getBoundingClientRect() ?? { top: 0 };
  if (top < 0 || top > window.innerHeight * LOW) card?.scrollIntoView({ block: "start" });
}

/** Closed, a card leaves a person where they chose it, unless they went elsewhere since. */
function leadBack(chosen) {
  if (document.activeElement !== document.body) return;
  const id = CSS.escape(chosen.slice(chosen.indexOf(":") + 1));
  document.querySelector(`.plein-item[data-id="${id}"]`)?.focus();
}

/**
 * A group of buttons leads focus that comes from outside to the button it had last, which scrolls
 * the page away under the finger that presses another one: let the pressed one have it, unscrolled.
 */
document.addEventListener("pointerdown", ({ target }) => {
  const button = target.closest?.('[data-testid="stButtonGroup"] button');
  const page = button?.closest('[data-testid="stMain"]');
  if (!page || button === document.activeElement) return;
  const top = page.scrollTop;
  button.focus({ preventScroll: true }); // led to the other one
  button.focus({ preventScroll: true });
  page.scrollTop = top;
}, true);
