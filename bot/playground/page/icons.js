// The page's icons: single paths on a 20 by 20 grid, drawn with the colour of the words around them.

import { draw } from "./dom.js";

const PATHS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  reply: "M4 4.500h12v8.500H9.500L6 16v-3H4z",
  more: "M10 4.500v.01M10 10v.01M10 15.500v.01",
  forward: "M12 4.500 16.500 9 12 13.500M16 9H8.500C5.500 9 3.500 11 3.500 15",
  copy: "M7 7V3.500h9.500V13H13M3.500 7H13v9.500H3.500z",
  link: "M8.500 11.500a3 3 0 0 0 4.300 0l2.700-2.700a3 3 0 0 0-4.300-4.300L10 5.700M11.500 8.500a3 3 0 0 0-4.300 0l-2.700 2.700a3 3 0 0 0 4.300 4.300l1.200-1.200",
  edit: "M4 16l.8-3.500L13 4.300l2.700 2.700-8.200 8.200z",
  bin: "M4 5.500h12M8 5.500V3.500h4v2M5.500 5.500l.8 11h7.400l.8-11",
  clip: "M14.500 9.500 9.700 14.300a3 3 0 0 1-4.200-4.200l5.800-5.800a2 2 0 0 1 2.900 2.900L8.500 12.800",
  mail: "M3 5h14v10.500H3zM3 5.500l7 5.500 7-5.500",
  send: "M3.500 16.500 17 10 3.500 3.500 5.500 10zM5.500 10H11",
  spark: "M10 3v4M10 13v4M3 10h4M13 10h4M5.500 5.500l2 2M12.500 12.500l2 2M14.500 5.500l-2 2M7.500 12.500l-2 2",
  hash: "M7.500 3.500 6 16.500M14 3.500l-1.500 13M3.500 7.500h13M3 12.500h13",
  home: "M3.500 9.500 10 4l6.500 5.500M5.500 8v8.500h9V8M8.500 16.500V12h3v4.500",
  bot: "M5 7.500h10v8H5zM10 7.500V4.500M7.700 11v.5M12.300 11v.5M3 10.500v2M17 10.500v2",
  file: "M5 3.500h6.500L15 7v9.500H5zM11 3.500V7.500h4",
  eye: "M2.500 10C4.500 6.500 7 5 10 5s5.500 1.500 7.500 5c-2 3.500-4.500 5-7.500 5s-5.500-1.500-7.500-5zM10 8.500a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z",
  braces: "M7.500 3.500C5 3.500 6 8 6 8.500S5.500 10 4 10c1.500 0 2 1 2 1.500s-1 5 1.500 5M12.500 3.500C15 3.500 14 8 14 8.500s.5 1.500 2 1.500c-1.500 0-2 1-2 1.500s1 5-1.500 5",
  down: "M5 8l5 5 5-5",
  bolt: "M11 3 5 11.500h4.500L9 17l6-8.500h-4.500z",
  again: "M15.500 8A6 6 0 1 0 16 11.500M16 4v4.500h-4.500",
};

/** Draws an icon; it says nothing to a screen reader, its button does. */
export function icon(name, size = 20) {
  const drawing = draw("svg", { class: "icon", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true" });
  drawing.append(draw("path", { d: PATHS[name] }));
  return drawing;
}
