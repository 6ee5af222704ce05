/** While the server is away Streamlit lays a sheet of its own over the page; writing goes on under it. */

const SHEET = '[data-testid="stDialog"], [role="dialog"]';
const COMMAND = "streamlit run"; // what that sheet alone tells, in whatever version

/**
 * Take the sheet away whenever it comes, and tell the page.
 * @param {() => void} told
 * @returns {() => void} ends it
 */
export function writeOn(told) {
  const look = () => {
    for (const sheet of document.querySelectorAll(SHEET)) {
      if (!sheet.textContent.includes(COMMAND)) continue;
      const close = sheet.querySelector('button[aria-label="Close"]') ?? sheet.querySelector("button");
      close?.click();
      told();
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => watch.disconnect();
}
