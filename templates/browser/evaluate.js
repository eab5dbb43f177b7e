// Cards that are saved in place, and the terminal's keys. Without it, the same forms post. Drafts are in page.js.
"use strict";

const heard = document.getElementById("heard");
const SEEN = 8000; // milliseconds for which it is shown that something is saved
let queue = Promise.resolve(), fading = 0;

const say = (words, isProblem = false) => {
  heard.className = isProblem ? "heard problem" : "heard";
  heard.textContent = words;
  clearTimeout(fading);
  if (!isProblem) fading = setTimeout(() => { heard.textContent = ""; }, SEEN);
};
const cards = () => [...document.querySelectorAll(".card")];

// -- saving in place: one press after the other, each with the card as it stands then

document.addEventListener("submit", (event) => {
  const form = event.target, card = cardOf(form);
  if (!card || form.dataset.inPlace === undefined) return;
  event.preventDefault();
  const button = event.submitter;
  press(card.id, button?.name ? button.value : "save");
});

function press(id, value, then = () => {}) {
  say("Saving …");
  queue = queue.then(() => send(id, value, then)).catch(() => {
    say("Not saved: charterkit does not answer. What you typed is kept here. Start it again as before (charterkit open).", true);
  });
}

async function send(id, value, then) {
  const form = document.getElementById(id)?.querySelector("form");
  if (!form) return;
  const data = new FormData(form);
  data.set("do", value);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(data), headers: { "X-In-Place": "1" } });
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = made.getElementById(id);
  if (!fresh) {
    const why = made.querySelector("[data-problem], main");
    say(`Not saved: ${why ? why.textContent.trim().replace(/\s+/g, " ") : answer.status}`, true);
    return;
  }
  replace(id, document.adoptNode(fresh), data, answer.ok);
  const soFar = made.getElementById("so-far");
  if (soFar) document.getElementById("so-far")?.replaceWith(document.adoptNode(soFar));
  say(made.getElementById("heard")?.textContent.trim() ?? "", !answer.ok);
  if (answer.ok) then(document.getElementById(id));
}

// Which of several buttons that save: by what it stands beside.
const where = (element) => element.closest?.("[data-for], .noting, li")?.dataset.for ?? element.parentElement?.className ?? "";

// What was typed while the answer was under way goes into the new card; the focus stays where it was.
function replace(id, fresh, sent, isSaved) {
  const old = document.getElementById(id), focused = document.activeElement;
  const inside = old.contains(focused) ? { name: focused.name, value: focused.value, where: where(focused), at: focused.selectionStart, to: focused.selectionEnd } : null;
  const open = [...old.querySelectorAll(".more details[open]")].map((each) => each.dataset.for);
  const later = [];
  for (const field of old.querySelectorAll(DRAFTED)) {
    if (field.value !== sent.get(field.name)) later.push([field.name, field.value]);
    else if (isSaved) drafts.forget(field);
  }
  old.replaceWith(fresh);
  for (const name of open) fresh.querySelector(`details[data-for="${name}"]`)?.setAttribute("open", "");
  for (const [name, value] of later) {
    const field = fresh.querySelector(`[name="${CSS.escape(name)}"]`);
    if (field) { field.value = value; drafts.keep(field); }
  }
  if (isSaved) offer(fresh);
  if (!inside) return;
  const same = [...fresh.querySelectorAll("button, textarea, input:not([type=hidden]), select")].filter((each) => each.name === inside.name);
  const field = same.find((each) => each.localName !== "button" || (each.value === inside.value && where(each) === inside.where));
  (field ?? fresh).focus({ preventScroll: true });
  if (field && inside.at !== null && inside.at !== undefined) try { field.setSelectionRange(inside.at, inside.to); } catch { /* has none */ }
}

// -- keys: those of the terminal, while the focus is in a card or in the page of a meeting, and in no field

const commands = new Map([...document.querySelectorAll("[data-command]")].map((each) => [each.dataset.key, each.dataset.command]));
const AT_ONCE = 700; // milliseconds in which a second figure of a level's number may follow
let begun = "", waiting = 0;

function go(card, by) {
  const all = cards(), next = all[all.indexOf(card) + by];
  if (next) next.focus();
  else say(by > 0 ? "That was the last." : "This is the first.");
}

function onward(card) {
  const all = cards(), behind = all.slice(all.indexOf(card) + 1);
  const next = behind.find((each) => each.dataset.answered === "no") ?? all.find((each) => each.dataset.answered === "no");
  if (next) next.focus();
}

function unfold(card, name) {
  const details = (name === "k" ? card.closest("section") : card).querySelector(`details[data-for="${name}"]`);
  if (!details) return;
  details.open = true;
  details.querySelector("textarea, select, input:not([type=hidden])")?.focus();
}

function act(card, command) {
  if (command === "n") card.querySelector("textarea[name=note]")?.focus();
  else if ("xkitef".includes(command)) unfold(card, command);
  else if (command === "c") {
    const held = card.querySelector(".held details, details[data-for=c]");
    if (held) { held.open = true; held.querySelector("textarea, select, input:not([type=hidden])")?.focus(); }
  } else if (command === "u") {
    const undo = () => document.querySelector("#undo button:not(:disabled), #undo-here:not(:disabled)");
    if (undo()) queue.then(() => undo()?.click());
    else say("There is nothing to take back.");
  } else if (command === "s") onPage(card, "next", 1);
  else if (command === "b") onPage(card, "back", -1);
  else if (command === "j") document.querySelector("#points a, [data-go=all]")?.focus();
  else if (command === "?") {
    const help = document.getElementById("key-help");
    if (help) { help.open = true; help.querySelector("summary").focus(); }
  }
}

function onPage(card, name, by) {
  const link = document.querySelector(`[data-go=${name}]`);
  if (link) link.click();
  else go(card, by);
}

function rated(card, keys) {
  const buttons = [...card.querySelectorAll("button.level")];
  return buttons.find((each) => keys === each.dataset.key || keys === each.dataset.also);
}

function rate(card, button) {
  begun = "";
  if (button.form.dataset.inPlace === undefined) button.click();
  else press(card.id, button.value, onward);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  const card = cardOf(event.target);
  if (!card || event.target.matches("textarea, input, select")) return;
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    onPage(card, event.key === "ArrowRight" ? "next" : "back", event.key === "ArrowRight" ? 1 : -1);
    return;
  }
  if (event.key.length !== 1 || event.key === " ") return;
  clearTimeout(waiting);
  const exact = begun + event.key, keys = commands.has(exact) ? exact : exact.toLowerCase();
  const levels = [...card.querySelectorAll("button.level")].flatMap((each) => [each.dataset.key, each.dataset.also ?? ""]);
  const goesOn = levels.some((each) => each.length > keys.length && each.startsWith(keys));
  const button = commands.has(exact) ? null : rated(card, keys);
  if (goesOn) {
    event.preventDefault();
    begun = keys;
    waiting = setTimeout(() => { begun = ""; if (button) rate(card, button); }, AT_ONCE);
    return;
  }
  begun = "";
  const command = commands.get(exact) ?? commands.get(keys);
  if (!button && command === undefined) return;
  event.preventDefault();
  if (button) rate(card, button);
  else act(card, command);
});

document.querySelector(".meeting.card")?.focus({ preventScroll: true });
