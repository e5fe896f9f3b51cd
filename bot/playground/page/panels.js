// The panels beside the chat: gallery, clock and inspector. Each comes by itself, so one that fails takes nothing along.

import { openDrawer } from "./drawers.js";

/** Loads the panels and gives each its place. */
export async function mountPanels(app) {
  await Promise.all([
    mount("./gallery.js", "mountGallery", "gallery", app),
    mount("./clock_panel.js", "mountClock", "clock", app),
    mount("./inspector.js", "mountInspector", "inspector", app),
  ]);
}

/** Opens the inspector on a message of the bot. */
export async function inspectMessage(message, app) {
  const inspector = await import("./inspector.js");
  openDrawer("inspector-drawer");
  await inspector.openInspector(message, app);
}

async function mount(path, name, id, app) {
  try {
    const panel = await import(path);
    await panel[name](document.getElementById(id), app);
  } catch (error) {
    console.error(`${path} did not come up`, error);
  }
}
