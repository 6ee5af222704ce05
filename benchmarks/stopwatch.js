// Runs in every frame before the page's own scripts. Times are those of performance.now(), counted
// from when the outermost page was asked for.
(() => {
  const sinceTop = (moment) => moment + performance.timeOrigin - window.top.performance.timeOrigin;
  const now = () => sinceTop(performance.now());

  // The moment after the next frame was drawn: what is in the page then is seen.
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(now());
    channel.port2.postMessage(null);
  }));

  // Resolves once a condition holds and the frame that shows it is drawn.
  function when(holds) {
    return new Promise((done) => {
      const look = () => {
        if (!holds()) return false;
        observer.disconnect();
        painted().then(done);
        return true;
      };
      const observer = new MutationObserver(look);
      if (look()) return;
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  }

  const texts = (selector) => [...document.querySelectorAll(selector)].map((found) => found.textContent.trim());
  const same = (one, other) => one.length === other.length && one.every((text, index) => text === other[index]);

  // A click, or the letter that completes the word, starts the watch; it stops when the texts at
  // a selector are what is expected or, where nothing is, others than before.
  window.stopwatch = {
    when,
    texts,
    ready(kind, value, selector, expected) {
      const top = window.top.stopwatch;
      const start = (event) => {
        if (kind === "input" && event.target.value !== value) return;
        document.removeEventListener(kind, start, true);
        const before = top.texts(selector);
        const found = () => top.texts(selector);
        top.started = sinceTop(event.timeStamp);
        top.ended = top.when(() => (expected ? same(found(), expected) : found().length && !same(found(), before)));
      };
      document.addEventListener(kind, start, true);
    },
    async read(patience_ms, selector) {
      const late = new Promise((_, failed) => setTimeout(
        () => failed(new Error(`no answer, but ${JSON.stringify(texts(selector))}`)), patience_ms));
      return (await Promise.race([this.ended, late])) - this.started;
    },
  };

  // The first time there is something at all: the list, and the map with outlines and signs. The
  // outermost page looks at each frame: the document of one inside may be another a moment later.
  window.firsts = {};
  const documents = () => [document, ...Array.from(window.frames, (frame) => frame.document)];
  function first(name, selectors) {
    const there = documents().some((each) => selectors.every((selector) => each.querySelector(selector)));
    if (there) painted().then((moment) => { window.firsts[name] = moment; });
    else requestAnimationFrame(() => first(name, selectors));
  }
  window.watchFirsts = (wanted) => {
    if (window === window.top) Object.entries(wanted).forEach(([name, selectors]) => first(name, selectors));
  };
})();
