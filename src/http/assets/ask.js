// The ask page: one question in, one cited answer out, earlier ones below.
// Nothing is kept but the ids of the answers, for this tab only, so that
// coming back from a source shows them again.

import { ask, getAnswer } from "./api.js";
import { answerAsText, byId, el, otherDay, problem, renderAnswer, supported } from "./parts.js";
import { words } from "./words.js";

const SHOWN = "camnang.shown";
const MOST = 20;

const form = byId("ask-form");
const box = byId("question");
const asOf = byId("as-of");
const button = byId("ask");
const current = byId("answer");
const earlier = byId("earlier");
const progress = byId("progress");
const fieldProblem = byId("question-problem");

let busy = false;
let shown = []; // ids of answers on the page, newest first

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

box.addEventListener("keydown", (event) => {
  // isComposing: Enter that ends a syllable of an input method (Telex, VNI) sends nothing.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});

for (const field of [box, asOf]) field.addEventListener("input", () => tellField(null));

for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => {
    box.value = example.textContent;
    send();
  });
}

byId("forget").addEventListener("click", () => {
  shown = [];
  remember();
  current.replaceChildren();
  earlier.replaceChildren();
  byId("history").hidden = true;
  byId("examples").hidden = false;
  progress.textContent = "";
  box.value = "";
  box.focus();
});

/** Tells what is wrong with `field` and goes there; null: nothing is wrong. */
function tellField(message, field = box) {
  fieldProblem.textContent = message ?? "";
  fieldProblem.hidden = !message;
  for (const one of [box, asOf]) one.removeAttribute("aria-invalid");
  if (!message) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

async function send() {
  if (busy) return;
  const question = box.value.trim();
  if (question === "") {
    tellField(words.ask.empty);
    return;
  }
  // A date half typed, or that the calendar has not, reads as empty: today's law would answer.
  if (asOf.validity.badInput) {
    tellField(words.ask.badDay, asOf);
    return;
  }
  tellField(null);
  setBusy(true);
  try {
    const answer = await ask(question, asOf.value);
    shelve();
    show(answer);
    shown.unshift(answer.id);
    remember();
    // The next question may have been begun while this one was waited for.
    if (box.value.trim() === question) box.value = "";
  } catch (error) {
    fail(question, error);
  } finally {
    setBusy(false);
  }
}

function setBusy(now) {
  busy = now;
  button.disabled = now;
  current.setAttribute("aria-busy", String(now));
  if (now) progress.textContent = words.ask.busy;
  else if (progress.textContent === words.ask.busy) progress.textContent = "";
}

function show(answer) {
  current.replaceChildren(renderAnswer(answer, { actions: actionsFor(answer) }));
  byId("examples").hidden = true;
  byId("history").hidden = false;
  byId("history-title").hidden = earlier.children.length === 0;
  const n = answer.citations?.length ?? 0;
  progress.textContent = answer.status === "abstained" ? words.ask.abstained : words.ask.answered(n);
  reveal();
}

function fail(question, error) {
  if (error.status === 400 || error.status === 413 || error.status === 422) {
    tellField(error.message, error.code === "bad_day" ? asOf : box);
    return;
  }
  shelve();
  const retry = () => {
    box.value = question;
    send();
  };
  current.replaceChildren(problem(error, retry));
  reveal();
}

/** The answer on show moves to the top of the earlier ones; a failure just goes. */
function shelve() {
  const article = current.querySelector("article");
  if (article) earlier.prepend(article);
  current.replaceChildren();
}

function reveal() {
  // On a phone the keyboard covers half the page: let it go, then bring the answer up.
  if (matchMedia("(pointer: coarse)").matches) box.blur();
  const top = current.getBoundingClientRect().top;
  if (top > innerHeight * 0.6 || top < 0) current.scrollIntoView({ block: "start" });
}

function actionsFor(answer) {
  const said = el("span.said", { role: "status" });
  const copy = async () => {
    const done = await copyText(answerAsText(answer));
    said.textContent = done ? words.ask.copied : words.ask.copyFailed;
    setTimeout(() => { said.textContent = ""; }, 4000);
  };
  const edit = () => {
    box.value = answer.question;
    asOf.value = otherDay(answer);
    tellField(null);
    box.focus();
    form.scrollIntoView({ block: "start" });
  };
  return [
    said,
    el("button.edit", { type: "button", click: edit }, words.ask.edit),
    supported(answer).length || answer.message
      ? el("button.copy", { type: "button", click: copy }, words.ask.copy)
      : null,
    el("a.to-audit", { href: `/audit/${encodeURIComponent(answer.id)}` }, words.ask.toAudit),
  ];
}

async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http on the office network there is no clipboard object: the old way.
    const area = el("textarea.visually-hidden", { readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function remember() {
  try {
    sessionStorage.setItem(SHOWN, JSON.stringify(shown.slice(0, MOST)));
  } catch { /* storage switched off: the answers are simply not there after leaving the page */ }
}

function remembered() {
  try {
    const ids = JSON.parse(sessionStorage.getItem(SHOWN) ?? "[]");
    return Array.isArray(ids) ? ids : [];
  } catch {
    return [];
  }
}

/** After coming back or a reload: fetch the answers of this tab again, quietly. */
async function restore() {
  const ids = remembered();
  const loaded = await Promise.all(ids.map((id) => getAnswer(id).then((r) => r.answer).catch(() => null)));
  const answers = loaded.filter(Boolean);
  if (!answers.length || shown.length) return;
  shown = answers.map((a) => a.id);
  earlier.replaceChildren(...answers.slice(1).map((a) => renderAnswer(a, { actions: actionsFor(a) })));
  current.setAttribute("aria-live", "off");
  current.replaceChildren(renderAnswer(answers[0], { actions: actionsFor(answers[0]) }));
  current.setAttribute("aria-live", "polite");
  byId("examples").hidden = true;
  byId("history").hidden = false;
  byId("history-title").hidden = earlier.children.length === 0;
}

asOf.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.stopPropagation();
});

/** A question asked again comes in the address, with its day. */
function prefill() {
  const address = new URLSearchParams(location.search);
  const [question, day] = [address.get("q"), address.get("as_of")];
  if (question) box.value = question;
  if (day) asOf.value = day;
  if (!matchMedia("(pointer: coarse)").matches) box.focus();
  if (day && asOf.value !== day) tellField(words.ask.badDay, asOf);
}

prefill();
restore();
