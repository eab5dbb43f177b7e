// What every page does: everything works without it. Cards that are saved in place are in evaluate.js.
"use strict";

const before = document.body.dataset.before; // what every address begins with, another in each run
const EVERY = 20000; // milliseconds between two words that the page is still open
const alive = () => fetch(`${before}/alive`, { method: "POST" }).catch(() => {});
setInterval(alive, EVERY);
alive();

// -- a document in its frame: as high as it is, printed by itself, and its links to elsewhere open beside it
for (const frame of document.querySelectorAll("iframe.document")) {
  const fit = () => {
    const inside = frame.contentDocument;
    if (!inside || !inside.body) return;
    frame.style.height = `${Math.max(inside.documentElement.scrollHeight, inside.body.scrollHeight) + 4}px`;
    for (const link of inside.links) {
      if (link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    }
  };
  frame.addEventListener("load", fit);
  addEventListener("resize", fit);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") fit();
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.print).contentWindow.print());
}

// -- a file's text: the line of a finding is marked and shown
const editor = document.querySelector("textarea.code");
const mark = (number) => {
  const lines = editor.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[number - 1] || "").length);
  editor.scrollTop = Math.max(number - 4, 0) * parseFloat(getComputedStyle(editor).lineHeight);
};
if (editor) {
  if (editor.dataset.at) mark(Number(editor.dataset.at));
  for (const link of document.querySelectorAll("[data-line]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      mark(Number(link.dataset.line));
    });
  }
}

// -- drafts: what is typed and not saved, in this browser alone, by where it belongs; offered again where it is missing
const SHOWN = 1000; // letters of a draft: of a whole file its beginning
const DRAFTED = "textarea, input:not([type=hidden], [type=checkbox], [type=file])";
const sheet = document.getElementById("sheet");
const kept = `charterkit|${sheet ? sheet.dataset.kept : `${document.body.dataset.place}|${location.pathname.slice(before.length)}`}|`;
const cardOf = (element) => element?.closest?.(".card") ?? null;
const isPost = (form) => form?.getAttribute("method") === "post";
const formKey = (form) => form.id || `${form.getAttribute("action").slice(before.length).split("?")[0]} ${form.querySelector("[type=hidden][name=action]")?.value ?? ""}`;
const draftKey = (field) => `${kept}${cardOf(field)?.id ?? formKey(field.form)}|${field.name}`;
const seenKey = (field) => `${draftKey(field)}|seen`, seenOf = (field) => field.form.querySelector("[name=seen]");
const drafts = {
  get(field) { try { return localStorage.getItem(draftKey(field)); } catch { return null; } },
  keep(field) {
    try {
      if (field.value === field.defaultValue) { drafts.forget(field); return; }
      localStorage.setItem(draftKey(field), field.value);
      if (field === editor) localStorage.setItem(seenKey(field), seenOf(field).value);
    } catch { /* a browser that keeps nothing, or has no room */ }
  },
  forget(field) { try { for (const key of [draftKey(field), seenKey(field)]) localStorage.removeItem(key); } catch { /* as above */ } },
  // Of a file's text it stays known which text it was typed over: another one is not written over by it.
  putBack(field, draft) {
    field.value = draft;
    const seen = field === editor && localStorage.getItem(seenKey(field));
    if (seen) seenOf(field).value = seen;
  },
};

function offer(root) {
  for (const field of root.querySelectorAll(DRAFTED)) {
    if (!isPost(field.form)) continue;
    const draft = drafts.get(field);
    if (draft === null) continue;
    if (draft.trim() === field.value.trim()) {
      if (field.value === field.defaultValue && !document.getElementById("problem") && !cardOf(field)?.querySelector("[data-problem]")) drafts.forget(field);
      continue;
    }
    if (field.value === field.defaultValue) offerBack(field, draft);
  }
}

function offerBack(field, draft) {
  const note = document.createElement("div"), words = document.createElement("p"), said = document.createElement("div");
  note.className = "draft";
  const label = field.labels?.[0]?.firstChild?.textContent.trim();
  words.textContent = cardOf(field) || !label ? "You had typed, and not saved:" : `${label}: you had typed, and not saved:`;
  said.className = "said";
  said.dir = "auto";
  said.textContent = draft.length > SHOWN ? `${draft.slice(0, SHOWN)} …` : draft;
  note.append(words, said);
  for (const [label, act] of [
    ["Put it back", () => { drafts.putBack(field, draft); field.focus(); }],
    ["Throw it away", () => { drafts.forget(field); field.focus(); }],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => { act(); note.remove(); });
    note.append(button, " ");
  }
  (field.closest(".field") ?? field).before(note);
  const details = field.closest("details");
  if (details) details.open = true;
}

document.addEventListener("input", (event) => {
  if (event.target.matches(DRAFTED) && isPost(event.target.form)) drafts.keep(event.target);
});

// -- a form is sent once, however often it is pressed; when the next page says that it was taken, its drafts go
const SENT = "charterkit|sent", TWICE = 3000; // milliseconds in which a second press is none
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isPost(form) || form.dataset.inPlace !== undefined) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, TWICE);
  try { sessionStorage.setItem(SENT, JSON.stringify([...form.querySelectorAll(DRAFTED)].flatMap((field) => [draftKey(field), seenKey(field)]))); } catch { /* as above */ }
});
addEventListener("pageshow", () => { for (const form of document.forms) delete form.dataset.sent; });
try {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "[]");
  sessionStorage.removeItem(SENT);
  if (document.querySelector(".told[role=status], .saved") && !document.querySelector("#problem, [data-problem]")) sent.forEach((key) => localStorage.removeItem(key));
} catch { /* as above */ }
offer(document);
