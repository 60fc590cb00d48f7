"use strict";
// Asks the server which lesson this page shows, then starts the terminal, whose script makes the websocket.
const part = (id) => document.getElementById(id);
// A sentence of the page, in the user's language, with values in the places of their names.
const say = (name, values = {}) => document.body.dataset[name].replace(/\{(\w+)\}/g, (_, value) => values[value]);
let key = "";
let most = Infinity;
let goodbye = null;

// The terminal's script makes a plain WebSocket. This one also says which lesson it is for, and hears the server out.
class LessonSocket extends WebSocket {
  constructor(address) {
    super(address, key ? ["tui-nn", key] : ["tui-nn"]);
    this.addEventListener("message", ({ data }) => typeof data === "string" && hear(JSON.parse(data)));
    this.addEventListener("close", () => showGone());
  }

  send(data) {
    if (this.readyState === WebSocket.OPEN) super.send(data);
  }
}
window.WebSocket = LessonSocket;

function hear([kind, said]) {
  if (kind !== "tui_nn") return;
  if (said.download) {
    const link = document.createElement("a");
    link.href = `download/${said.download}`;
    link.download = "";
    link.click();
  } else if (said.sentence) {
    goodbye = said;
  }
}

function show(sentence) {
  part("sentence").textContent = sentence;
  document.body.classList.add("-gone");
}

function showGone() {
  show(goodbye ? goodbye.sentence : say(key ? "goneButRecorded" : "gone"));
  const triesAgain = !goodbye || goodbye.again;
  part("again").hidden = triesAgain;
  if (triesAgain) tryAgain(goodbye ? 3 : 0.5);
  else part("again").focus();
}

async function tryAgain(seconds) {
  for (let pause = seconds; ; pause = Math.min(2 * pause, 10)) {
    await new Promise((done) => setTimeout(done, 1000 * pause));
    try {
      if ((await fetch("alive", { cache: "no-store" })).ok) return location.reload();
    } catch {
      // The server is not there yet.
    }
  }
}

async function upload(file) {
  if (!file) return;
  part("said").textContent = say("coming", { file: file.name });
  const isTooLarge = file.size > most;
  part("said").textContent = isTooLarge
    ? say("tooLarge", { file: file.name, megabytes: most / 1e6 })
    : await sent(file);
  part("file").value = "";
  focusTerminal();
}

async function sent(file) {
  try {
    const address = `upload?name=${encodeURIComponent(file.name)}`;
    const answer = await fetch(address, { method: "POST", headers: { "X-Lesson": key }, body: file });
    return await answer.text();
  } catch {
    return say("notSent", { file: file.name });
  }
}

function focusTerminal() {
  document.querySelector(".xterm-helper-textarea")?.focus();
}

function toggleLink() {
  const isShown = part("link").toggleAttribute("hidden") === false;
  part("link-button").setAttribute("aria-expanded", isShown);
  if (isShown) part("address").select();
  else focusTerminal();
}

async function copyLink() {
  part("address").select();
  try {
    await navigator.clipboard.writeText(part("address").value);
  } catch {
    // Browsers give pages without TLS no clipboard, but still copy what is selected.
    document.execCommand("copy");
  }
  part("copy").textContent = say("copied");
}

// The terminal's script would send ctrl+v as a key. Without it, the browser pastes, as people expect.
document.addEventListener(
  "keydown",
  (event) => event.ctrlKey && !event.altKey && event.key.toLowerCase() === "v" && event.stopPropagation(),
  true,
);

function showBar() {
  part("bar").hidden = false;
  const here = new URL(location.href);
  here.hash = key;
  part("address").value = here.href;
  // A sentence that takes more lines leaves fewer to the terminal, which looks how many it has when the window changes.
  new ResizeObserver(() => window.dispatchEvent(new Event("resize"))).observe(part("bar"));
  part("link-button").addEventListener("click", toggleLink);
  part("copy").addEventListener("click", copyLink);
  part("link").addEventListener("keydown", (event) => event.key === "Escape" && toggleLink());
  part("file").addEventListener("change", () => upload(part("file").files[0]));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    upload(event.dataTransfer.files[0]);
  });
}

// The terminal measures its letters when it begins: by then it must have them.
async function startTerminal() {
  await Promise.all(["", "bold ", "italic "].map((style) => document.fonts.load(`${style}16px "Roboto Mono"`, "a⊙⎡⣿²")));
  const address = new URL("socket", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.hash = "";
  const screen = part("screen");
  screen.classList.add("textual-terminal");
  screen.dataset.sessionWebsocketUrl = address.href;
  screen.dataset.fontSize = "16";
  const script = document.createElement("script");
  script.src = "static/terminal.js";
  script.addEventListener("load", async () => {
    await window.onload();
    focusTerminal();
  });
  // Earlier, the browser would call `window.onload` itself, and nothing would say when there is a terminal to focus.
  if (document.readyState !== "complete") await new Promise((done) => window.addEventListener("load", done));
  document.head.append(script);
}

async function start() {
  part("again").addEventListener("click", () => location.reload());
  window.addEventListener("hashchange", () => location.reload());
  let answer;
  try {
    const asked = JSON.stringify({ key: location.hash.slice(1) });
    answer = await fetch("lesson", { method: "POST", headers: { "Content-Type": "application/json" }, body: asked });
  } catch {
    return showGone();
  }
  if (!answer.ok) {
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    goodbye = { sentence: isJson ? (await answer.json()).sentence : await answer.text(), again: false };
    return showGone();
  }
  const lesson = await answer.json();
  if (lesson.key) {
    key = lesson.key;
    most = lesson.most;
    showBar();
  }
  await startTerminal();
}

start();
