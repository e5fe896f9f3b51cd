// All that the page asks of its server. Every answer is the server's JSON; a server that is gone is `Gone`.

const BIGGEST_FILE = 25 * 1024 * 1024; // bytes, as the server takes them

/** The server did not answer. */
export class Gone extends Error {}

/** Returns the words of one language by key. */
export const fetchWords = (language) => read("/api/words", { language });

/** Returns the workspace as one person sees it; without a person, as the server's first one does. */
export const fetchState = (as) => read("/api/state", as ? { as } : {});

/** Returns the titles of the gallery's samples. */
export const fetchSamples = (language) => read("/api/samples", { language });

/** Returns what the bot called and why it decided so, for one of its messages. */
export const inspect = (channel, ts, language) => read("/api/inspect", { channel, ts, language });

/** Does what a person does; the answer has `ok`, and `says` when it was refused. */
export const act = (as, name, fields = {}) => write("/api/act", { ...fields, as, act: name });

/** Moves the clock: `{by_ms}` or `{to: "next_reminder"}`. */
export const moveClock = (by) => write("/api/clock", by);

/** Empties the workspace. */
export const startOver = () => write("/api/start-over", {});

/** Opens the stream of changes. */
export const openChanges = (as) => new EventSource(`/api/changes?${new URLSearchParams(as ? { as } : {})}`);

/** Tells whether a file is too large to be taken. */
export const isTooLarge = (file) => file.size > BIGGEST_FILE;

/** Uploads files with a comment and tells of the progress from 0 to 1. */
export function upload(fields, files, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    // fetch cannot tell how far an upload is.
    const request = new XMLHttpRequest();
    request.open("POST", "/api/upload");
    request.setRequestHeader("X-Playground", "1");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.total ? event.loaded / event.total : 0));
    request.addEventListener("load", () => (request.response ? resolve(request.response) : reject(new Gone("upload"))));
    request.addEventListener("error", () => reject(new Gone("upload")));
    request.send(form);
  });
}

function read(path, query) {
  return ask(`${path}?${new URLSearchParams(query)}`, {});
}

function write(path, body) {
  const headers = { "Content-Type": "application/json", "X-Playground": "1" };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask(address, options) {
  try {
    const answer = await fetch(address, { cache: "no-store", ...options });
    return await answer.json();
  } catch (error) {
    throw new Gone(String(error));
  }
}
