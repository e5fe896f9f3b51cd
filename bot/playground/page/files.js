// What hangs on a message beside its text: mails, other files, and messages shared from elsewhere.

import { renderBlocks, renderMessageText } from "./blocks.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { fromPermalink } from "./place.js";
import { fullTime, msOf } from "./when.js";

const PREVIEW = 160; // characters of a mail that stand on its card

/** Draws a message's files. */
export function renderFiles(files, app) {
  return (files ?? []).map((file) => (isMail(file) ? mailCard(file, app) : fileCard(file, app)));
}

/** Draws the messages shared in a message. */
export function renderShares(attachments, app) {
  return (attachments ?? []).map((one) => (one.is_share ? shareCard(one, app) : noteCard(one, app)));
}

/** Returns a size as people read it. */
export function sizeOf(bytes, language) {
  const steps = [["megabyte", 1024 * 1024], ["kilobyte", 1024], ["byte", 1]];
  const [unit, step] = steps.find(([, size]) => bytes >= size) ?? steps.at(-1);
  const unitDisplay = step === 1 ? "long" : "short";
  const format = { style: "unit", unit, unitDisplay, maximumFractionDigits: bytes < 10 * step && step > 1 ? 1 : 0 };
  return new Intl.NumberFormat(language, format).format(bytes / step);
}

function isMail(file) {
  return file.mode === "email" || Boolean(file.subject || file.plain_text);
}

function mailCard(file, app) {
  const from = file.from?.map((one) => one.original || one.address).join(", ");
  const text = file.plain_text || file.preview_plain_text || file.preview || "";
  return el("div", { class: "file-card mail-card" },
    el("div", { class: "file-icon" }, icon("mail")),
    el("div", { class: "file-words" },
      el("strong", { class: "mail-subject" }, file.subject || file.title || file.name),
      from ? el("div", { class: "mail-from" }, app.words("page.mail_from", { from })) : null,
      text ? mailText(text, app) : null,
      attached(file, app)));
}

function mailText(text, app) {
  const preview = text.replace(/\s+/g, " ").trim();
  if (text.trim() === preview && preview.length <= PREVIEW) return el("div", { class: "mail-text" }, preview);
  return el("details", { class: "mail-text" },
    el("summary", {},
      el("span", { class: "mail-preview" }, preview.length > PREVIEW ? `${preview.slice(0, PREVIEW)}…` : preview),
      el("span", { class: "mail-more" }, app.words("page.mail_open"))),
    el("pre", {}, text));
}

function attached(file, app) {
  const names = (file.attachments ?? []).map((one) => one.filename).filter(Boolean);
  return names.length ? el("div", { class: "mail-from" }, app.words("page.mail_attached", { names: names.join(", ") })) : null;
}

function fileCard(file, app) {
  const about = [file.pretty_type, file.size ? sizeOf(file.size, app.me().locale) : null].filter(Boolean).join(" · ");
  return el("div", { class: "file-card" },
    el("div", { class: "file-icon" }, icon(/\.(eml|msg)$/i.test(file.name ?? "") ? "mail" : "file")),
    el("div", { class: "file-words" },
      el("strong", {}, file.title || file.name || file.id),
      el("div", { class: "mail-from" }, about)));
}

function shareCard(share, app) {
  const place = fromPermalink(share.from_url ?? "", app.state());
  return el("div", { class: "share-card" },
    el("div", { class: "share-head" }, share.author_name ?? share.author_subname ?? ""),
    sharedContent(share, app),
    ...renderFiles(share.files, app),
    el("div", { class: "share-foot" },
      share.ts ? el("span", {}, fullTime(msOf(share.ts), app.me())) : null,
      place ? el("button", { class: "link-button", type: "button", on: { click: () => app.goToMessage(place) } },
        app.words("page.view_message")) : null));
}

function sharedContent(share, app) {
  const blocks = share.message_blocks?.flatMap((one) => one.message?.blocks ?? []) ?? [];
  const holder = el("div", { class: "share-text" });
  // Buttons of a forwarded card do nothing in Slack either; its words are shown.
  const isPlain = blocks.length > 0 && blocks.every((block) => block.type === "rich_text");
  holder.append(isPlain ? renderBlocks(blocks, app.context()) : renderMessageText(share.text ?? "", app.context()));
  return holder;
}

function noteCard(note, app) {
  const text = note.text || note.fallback || "";
  return el("div", { class: "share-card" },
    note.title ? el("strong", {}, note.title) : null,
    note.blocks ? renderBlocks(note.blocks, app.context()) : renderMessageText(text, app.context()));
}
