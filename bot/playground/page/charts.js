// Charts from their numbers: a drawing for the eye, and the same numbers as a table for everybody.

import { draw, el } from "./dom.js";
import { renderTable } from "./tables.js";

const WIDTH = 480;
const HEIGHT = 200;
const EDGE = { left: 44, right: 8, top: 8, bottom: 24 };
const DRAWN = { bar: bars, line: lines, area: lines };
const TINTS = 6;

/** Renders a data_visualization block; a kind it does not know shows its numbers only. */
export function renderChart(block, ctx) {
  const chart = block.chart ?? block;
  const title = typeof block.title === "string" ? block.title : (block.title?.text ?? "");
  const series = seriesOf(chart);
  const labels = labelsOf(chart, series);
  if (!series.length) return el("div", { class: "bk-frame" }, block.alt_text ?? (title || ctx.words("blocks.chart")));
  return el("figure", { class: "bk-chart" },
    title && el("figcaption", null, title),
    chart.type === "pie" ? shares(series[0], labels) : drawing(chart, series, labels, title || ctx.words("blocks.chart")),
    series.length > 1 && legend(series),
    el("details", { class: "bk-numbers" }, el("summary", null, ctx.words("blocks.numbers")), numbers(series, labels, title, ctx)));
}

function seriesOf(chart) {
  if (chart.segments) return [{ name: "", points: chart.segments.map(pointOf) }];
  return (chart.series ?? []).map((one) => ({
    name: one.name ?? one.label ?? "", points: (one.data ?? one.values ?? one.data_points ?? []).map(pointOf),
  })).filter((one) => one.points.length);
}

function pointOf(point) {
  const value = Number(typeof point === "object" ? (point?.value ?? point?.y) : point);
  return { label: String(point?.label ?? point?.x ?? ""), value: Number.isFinite(value) ? value : 0 };
}

function labelsOf(chart, series) {
  const named = chart.axis_config?.categories ?? chart.categories;
  return named ? named.map(String) : (series[0]?.points ?? []).map((point) => point.label);
}

function drawing(chart, series, labels, title) {
  const values = series.flatMap((one) => one.points.map((point) => point.value));
  const scale = scaleOf(Math.min(0, ...values), Math.max(0, ...values), labels.length);
  const paint = DRAWN[chart.type] ?? bars;
  return draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "bk-drawing", role: "img", "aria-label": title },
    axis(scale), series.map((one, at) => paint(one, at, series.length, scale)), labels.map((label, at) => name(label, at, scale)));
}

function scaleOf(least, most, count) {
  const span = most - least || 1;
  const room = (WIDTH - EDGE.left - EDGE.right) / Math.max(count, 1);
  const height = HEIGHT - EDGE.top - EDGE.bottom;
  return {
    least, most, room, height: (value) => (Math.abs(value) / span) * height,
    x: (at) => EDGE.left + room * at, y: (value) => EDGE.top + ((most - value) / span) * height,
  };
}

function axis({ least, most, y }) {
  return [...new Set([least, 0, most])].map((value) => [
    draw("line", { class: "bk-axis", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y(value), y2: y(value) }),
    draw("text", { class: "bk-axis-text", x: EDGE.left - 6, y: y(value) + 4, "text-anchor": "end" }, short(value)),
  ]);
}

function name(label, at, { x, room, y, least }) {
  const shown = label.length * 7 > room ? `${label.slice(0, Math.max(1, Math.floor(room / 8)))}…` : label;
  return draw("text", { class: "bk-axis-text", x: x(at) + room / 2, y: y(least) + 16, "text-anchor": "middle" }, shown);
}

function bars({ points }, at, count, { x, y, room, height }) {
  const width = (room * 0.7) / count;
  return points.map(({ value }, place) => draw("rect", {
    class: `bk-bar ${tint(at)}`, x: x(place) + room * 0.15 + width * at, width, y: y(Math.max(value, 0)), height: height(value),
  }));
}

function lines({ points }, at, count, { x, y, room }) {
  const path = points.map(({ value }, place) => `${x(place) + room / 2},${y(value)}`).join(" ");
  return draw("polyline", { class: `bk-curve ${tint(at)}`, points: path });
}

function shares({ points }, labels) {
  const sum = points.reduce((total, { value }) => total + Math.max(value, 0), 0) || 1;
  return el("ul", { class: "bk-shares" }, points.map(({ value }, at) => {
    const bar = el("span", { class: `bk-share ${tint(at)}`, "aria-hidden": "true" });
    bar.style.inlineSize = `${(Math.max(value, 0) / sum) * 100}%`;
    return el("li", null, `${labels[at] ?? ""} · ${Math.round((value / sum) * 100)}%`, bar);
  }));
}

function legend(series) {
  return el("ul", { class: "bk-legend" }, series.map((one, at) => el("li", null,
    el("span", { class: `bk-swatch ${tint(at)}`, "aria-hidden": "true" }), one.name)));
}

function numbers(series, labels, title, ctx) {
  const text = (words) => ({ type: "raw_text", text: String(words) });
  const head = [text(""), ...series.map((one) => text(one.name || title))];
  const rows = labels.map((label, at) => [
    text(label), ...series.map((one) => ({ type: "raw_number", value: one.points[at]?.value ?? "" })),
  ]);
  return renderTable({ rows: [head, ...rows], row_header_column_index: 0 }, ctx);
}

function tint(at) {
  return `bk-tint-${at % TINTS}`;
}

function short(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}
