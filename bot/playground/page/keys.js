// Keys that work everywhere: Escape steps back, Alt with an arrow walks the channels, F6 the regions of the page.

const REGIONS = ["sidebar", "main", "thread", "gallery-drawer", "inspector-drawer", "top"];

/** Listens for the page's keys. */
export function listenToKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") app.stepBack();
    else if (event.key === "F6") nextRegion(event.shiftKey ? -1 : 1);
    else if (event.altKey && event.key === "ArrowDown") app.walk(1);
    else if (event.altKey && event.key === "ArrowUp") app.walk(-1);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });
}

function nextRegion(step) {
  const visible = REGIONS.map((id) => document.getElementById(id)).filter((one) => one && !one.hidden && one.offsetParent);
  const at = visible.findIndex((one) => one.contains(document.activeElement));
  const next = visible[(at + step + visible.length) % visible.length];
  (next.querySelector("textarea, [aria-current], .message[tabindex='0'], button, a[href]") ?? next).focus();
}
