// The page's one script. Everything works without it; with it, answers are saved in place.
"use strict";

const EVERY = 20000; // milliseconds between two words that the page is still open
setInterval(() => fetch("/alive", { method: "POST" }).catch(() => {}), EVERY);
fetch("/alive", { method: "POST" }).catch(() => {});
