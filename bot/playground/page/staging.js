// Files chosen, dropped or pasted wait above the text box until they are sent, as in Slack.

import { isTooLarge, upload } from "./api.js";
import { el, fill } from "./dom.js";
import { sizeOf } from "./files.js";
import { icon } from "./icons.js";

/** Makes the row of waiting files. */
export function createStaging(app) {
  const element = el("div", { class: "staging", hidden: true });
  const bar = el("progress", { class: "upload-bar", max: "1", value: "0", hidden: true, "aria-label": app.words("page.uploading") });
  let files = [];
  return { element, bar, stage, send, clear, count: () => files.length };

  function stage(chosen) {
    for (const file of chosen) {
      const complaint = whatIsWrong(file, app);
      if (complaint) app.toast(complaint);
      else files.push(file);
    }
    draw();
  }

  async function send(fields) {
    bar.hidden = false;
    try {
      return await upload(fields, files, (share) => { bar.value = share; });
    } finally {
      bar.hidden = true;
      bar.value = 0;
    }
  }

  function clear() {
    files = [];
    draw();
  }

  function draw() {
    element.hidden = !files.length;
    fill(element, ...files.map(chip));
  }

  function chip(file) {
    const label = app.words("page.remove_file", { name: file.name });
    const remove = el("button", { class: "icon-button", type: "button", "aria-label": label, title: label }, icon("close", 16));
    remove.addEventListener("click", () => { files = files.filter((one) => one !== file); draw(); });
    const name = el("span", { class: "chip-words" }, el("strong", {}, file.name), el("small", {}, sizeOf(file.size, app.me().locale)));
    return el("div", { class: "chip" }, icon(/\.(eml|msg)$/i.test(file.name) ? "mail" : "file", 18), name, remove);
  }
}

/** Lets files be dropped on an element. */
export function takeDrops(element, label, onFiles) {
  const sign = el("div", { class: "drop-sign", "aria-hidden": "true" }, icon("clip", 28), label);
  let depth = 0;
  const leave = () => { depth = 0; sign.remove(); };
  element.addEventListener("dragenter", (event) => {
    if (!bringsFiles(event)) return;
    depth += 1;
    element.append(sign);
  });
  element.addEventListener("dragleave", () => { depth -= 1; if (depth <= 0) leave(); });
  element.addEventListener("dragover", (event) => { if (bringsFiles(event)) event.preventDefault(); });
  element.addEventListener("drop", (event) => {
    if (!bringsFiles(event)) return;
    event.preventDefault();
    leave();
    onFiles([...event.dataTransfer.files]);
  });
}

function bringsFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function whatIsWrong(file, app) {
  const values = { name: file.name, size: sizeOf(file.size, app.me().locale) };
  if (isTooLarge(file)) return app.words("page.file_too_large", values);
  // A dropped folder looks like an empty file too.
  return file.size ? null : app.words("page.file_empty", values);
}
