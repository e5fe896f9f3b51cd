// Tables of cells: the first row names the columns.

import { el } from "./dom.js";
import { renderRichText } from "./rich_text.js";
import { renderText } from "./text_objects.js";

/** Renders a table or data_table block; a wide one scrolls inside its own box. */
export function renderTable(block, ctx) {
  const [head = [], ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const rowHead = block.row_header_column_index;
  const caption = typeof block.caption === "string" ? block.caption : block.caption?.text;
  return el("div", { class: "bk-table-box", role: "region", tabindex: "0", "aria-label": caption || ctx.words("blocks.table") },
    el("table", { class: "bk-grid" },
      caption && el("caption", null, caption),
      el("thead", null, el("tr", null, head.map((cell, at) => el("th", { scope: "col", ...look(settings[at]) }, content(cell, ctx))))),
      el("tbody", null, rows.map((row) => el("tr", null, row.map((cell, at) => (at === rowHead
        ? el("th", { scope: "row", ...look(settings[at], cell) }, content(cell, ctx))
        : el("td", look(settings[at], cell), content(cell, ctx)))))))));
}

function look(setting, cell) {
  const isNumber = cell?.type === "raw_number" && !setting?.align;
  const align = isNumber ? "right" : (setting?.align ?? "left");
  return { class: `bk-cell bk-cell-${align}${setting?.is_wrapped === false ? " bk-cell-long" : ""}` };
}

function content(cell, ctx) {
  if (cell?.type === "rich_text") return renderRichText(cell, ctx);
  if (cell?.type === "raw_number") return String(cell.text ?? cell.value ?? "");
  return cell?.type === "mrkdwn" || cell?.type === "plain_text" ? renderText(cell, ctx) : String(cell?.text ?? "");
}
