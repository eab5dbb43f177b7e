// The page's one script. Everything works without it; with it, answers are saved in place.
"use strict";

const EVERY = 20000; // milliseconds between two words that the page is still open
setInterval(() => fetch("/alive", { method: "POST" }).catch(() => {}), EVERY);
fetch("/alive", { method: "POST" }).catch(() => {});

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
