// The short names of emoji that people and the bot type; any other stays as :name:.

import { el } from "./dom.js";

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", clap: "👏", pray: "🙏", raised_hands: "🙌",
  muscle: "💪", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇", ok_hand: "👌", handshake: "🤝",
  hand: "✋", raised_hand: "✋", writing_hand: "✍️", eyes: "👀", smile: "😄", smiley: "😃", grinning: "😀", grin: "😁",
  joy: "😂", sweat_smile: "😅", slightly_smiling_face: "🙂", wink: "😉", blush: "😊", heart_eyes: "😍", thinking_face: "🤔",
  neutral_face: "😐", confused: "😕", worried: "😟", cry: "😢", sob: "😭", angry: "😠", sunglasses: "😎", tada: "🎉",
  sparkles: "✨", star: "⭐", star2: "🌟", fire: "🔥", rocket: "🚀", bulb: "💡", bell: "🔔", no_bell: "🔕", zap: "⚡",
  heart: "❤️", broken_heart: "💔", 100: "💯", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️",
  x: "❌", negative_squared_cross_mark: "❎", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑",
  exclamation: "❗", question: "❓", grey_question: "❔", bangbang: "‼️", information_source: "ℹ️", rotating_light: "🚨",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", stopwatch: "⏱️", clock3: "🕒", calendar: "📅", date: "📅",
  spiral_calendar_pad: "🗓️", memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", paperclip: "📎", pushpin: "📌",
  round_pushpin: "📍", file_folder: "📁", page_facing_up: "📄", email: "📧", "e-mail": "📧", envelope: "✉️", incoming_envelope: "📨",
  inbox_tray: "📥", outbox_tray: "📤", package: "📦", telephone_receiver: "📞", phone: "☎️", iphone: "📱", computer: "💻",
  speech_balloon: "💬", thought_balloon: "💭", mag: "🔍", mag_right: "🔎", lock: "🔒", unlock: "🔓", key: "🔑", link: "🔗",
  gear: "⚙️", wrench: "🔧", hammer: "🔨", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉",
  moneybag: "💰", dollar: "💵", credit_card: "💳", briefcase: "💼", factory: "🏭", ship: "🚢", airplane: "✈️", truck: "🚚",
  earth_asia: "🌏", earth_americas: "🌎", earth_africa: "🌍", globe_with_meridians: "🌐", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", robot_face: "🤖", detective: "🕵️", sleuth_or_spy: "🕵️", fishing_pole_and_fish: "🎣",
  shopping_trolley: "🛒", label: "🏷️", gift: "🎁", trophy: "🏆", dart: "🎯", seedling: "🌱", sunny: "☀️", coffee: "☕",
  red_circle: "🔴", large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", white_circle: "⚪",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", leftwards_arrow_with_hook: "↩️",
  arrows_counterclockwise: "🔄", heavy_plus_sign: "➕", heavy_minus_sign: "➖", one: "1️⃣", two: "2️⃣", three: "3️⃣", cat: "🐱",
  dog: "🐶", cn: "🇨🇳", us: "🇺🇸", gb: "🇬🇧", de: "🇩🇪", fr: "🇫🇷", es: "🇪🇸", jp: "🇯🇵", ru: "🇷🇺",
};

/** Returns the emoji of a short name with that name as its tooltip, null for one not known. */
export function emojiNode(name) {
  if (!Object.hasOwn(EMOJI, name)) return null;
  return el("span", { class: "bk-emoji", title: `:${name}:` }, EMOJI[name]);
}

/** Returns the emoji a rich text element names: by short name, else by its code points ("1f44d-1f3fd"). */
export function emojiOf({ name, unicode }) {
  return emojiNode(name) ?? fromCodePoints(unicode) ?? `:${name}:`;
}

function fromCodePoints(unicode) {
  if (!/^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}$/i.test(unicode ?? "")) return null;
  const points = unicode.split("-").map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}
