// One recorded answer for a trainer: what was said, beside what the source
// says, and a verdict per citation. Verdicts are further records, never edits.

import { getAnswer, saveVerdict } from "./api.js";
import { answerDay, badges, byId, documentLink, el, idFromAddress, moment, otherDay, problem, renderAnswer, renderHeading, supported, unbroken } from "./parts.js";
import { words } from "./words.js";

const REVIEWER = "camnang.reviewer";
const w = words.answer;
const id = idFromAddress();
const status = byId("status");
const reviewer = byId("reviewer");

// ---- the reviewer's name stays in this browser ---------------------------------

function recall() {
  try {
    reviewer.value = localStorage.getItem(REVIEWER) ?? "";
  } catch { /* storage switched off: the field simply starts empty */ }
}

reviewer.addEventListener("change", () => {
  try {
    localStorage.setItem(REVIEWER, reviewer.value.trim());
  } catch { /* as above */ }
});

// ---- one citation beside its source ----------------------------------------------

function saidBy(answer, position) {
  const statements = supported(answer).filter((s) => s.citations.includes(position));
  if (!statements.length) return el("p.hint", {}, w.notUsed);
  return statements.map((s) => el("blockquote", {},
    s.lead && answer.status !== "abstained" ? el("p.lead.small", {}, s.lead) : null,
    s.heading && renderHeading(s.heading),
    el("p.words", {}, `«${s.text}»`)));
}

/** What can be told without a person: does the quote still stand at its provision, letter by letter? */
function check(source) {
  const same = source.state === "stands";
  return el("p.badges", {},
    el(same ? "span.badge.good" : "span.badge.bad", {}, same ? w.same : w.differs),
    source.same_version ? null : el("span.badge.warn", {}, w.changed));
}

/** Context is for reading only: no blank lines, no half a word at its outer end. */
function tidy(context, side) {
  const close = context.replace(/[ \t]*\n\s*\n/gu, "\n");
  return side === "before" ? close.replace(/^\S*\s+/u, "… ") : close.replace(/\s+\S*$/u, "\u00a0…");
}

/** The quote in its place; the words that took its place; or, where that is gone, the quote as it was recorded. */
function sourceText(citation, source) {
  if (!source?.span) {
    const told = source?.state === "provision_gone" ? w.provisionGone(citation.locator) : w.gone;
    return [el("p.notice", {}, told), el("blockquote.source-text", {}, el("mark", {}, citation.quote))];
  }
  return [
    source.state === "differs" ? el("p.hint", {}, w.now(citation.locator)) : null,
    el("blockquote.source-text", {},
      source.context_before && el("span.context", {}, tidy(source.context_before, "before")),
      el("mark", {}, source.quote),
      source.context_after && el("span.context", {}, tidy(source.context_after, "after"))),
    check(source),
  ];
}

function renderCitation(record, citation, position) {
  const { answer, sources = [], verdicts = [] } = record;
  const source = sources.find((s) => s.citation === citation.index) ?? null;
  const list = el("ol.verdicts", {}, verdicts.filter((v) => v.citation === citation.index).reverse().map(renderVerdict));
  const titleId = `citation-${citation.index}`;
  const link = documentLink(citation.document_id, { span: citation.span, answer: answer.id });
  return el("section.citation", { "aria-labelledby": titleId },
    el("h3", { id: titleId }, el("span.tag", {}, `[${citation.index}]`), ` ${citation.locator}`),
    el("p.source", {}, citation.number && [el("strong", {}, unbroken(citation.number)), " · "], unbroken(citation.title),
      " ", el("a.nowrap.open-source", { href: link }, w.open)),
    badges(citation, answerDay(answer)),
    el("div.beside", {},
      el("div", {}, el("h4", {}, w.said), saidBy(answer, position)),
      el("div", {}, el("h4", {}, w.inSource), sourceText(citation, source))),
    renderForm(citation, list),
    el("div.verdict-list", {}, el("h4", {}, w.earlier), list));
}

// ---- verdicts -----------------------------------------------------------------------

function renderVerdict(v) {
  const name = w.verdicts[v.verdict]?.name ?? v.verdict;
  return el("li", {},
    el(v.verdict === "correct" ? "span.badge.good" : "span.badge.bad", {}, name),
    v.comment && el("p.comment", {}, v.comment),
    el("p.hint", {}, `${v.reviewer || w.anonymous} · ${moment(v.recorded_at)}`));
}

function renderForm(citation, list) {
  const n = citation.index;
  const choices = Object.entries(w.verdicts).map(([value, { name, hint }]) =>
    el("label.choice", {},
      el("input", { type: "radio", name: "verdict", value }),
      el("span", {}, el("strong", {}, name), el("span.hint", {}, hint))));
  const told = el("p.told", { role: "status" });
  const button = el("button.save-verdict", { type: "submit" }, w.save);
  const form = el("form.verdict", { novalidate: true },
    el("fieldset", {}, el("legend", {}, w.legend(n)), el("div.choices", {}, choices)),
    el("div.field", {},
      el("label", { for: `comment-${n}` }, w.comment),
      el("textarea", { id: `comment-${n}`, name: "comment", rows: "2" })),
    el("div.form-foot", {}, button, told));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form, { n, list, told, button });
  });
  return form;
}

async function save(form, { n, list, told, button }) {
  const data = new FormData(form);
  const verdict = data.get("verdict");
  if (!verdict) {
    tell(told, w.choose, "field-problem");
    form.querySelector("input").focus();
    return;
  }
  const record = { citation: n, verdict, comment: data.get("comment").trim(), reviewer: reviewer.value.trim() };
  button.disabled = true;
  tell(told, w.saving);
  try {
    const saved = await saveVerdict(id, record);
    list.prepend(renderVerdict({ recorded_at: new Date().toISOString(), ...record, ...saved }));
    form.reset();
    tell(told, w.saved, "verdict-saved");
  } catch (error) {
    tell(told, error.message, "field-problem");
  } finally {
    button.disabled = false;
  }
}

function tell(node, message, kind = null) {
  node.textContent = message;
  node.className = kind ? `told ${kind}` : "told";
}

// ---- the page --------------------------------------------------------------------------

/** The ask page with this question, and its day where that was another than the day it was asked. */
function againLink(answer) {
  const query = new URLSearchParams({ q: answer.question });
  const day = otherDay(answer);
  if (day) query.set("as_of", day);
  return `/?${query}`;
}

async function load() {
  status.textContent = w.loading;
  try {
    const record = await getAnswer(id);
    const { answer } = record;
    status.textContent = "";
    document.title = `${answer.question} – Cẩm nang`;
    const again = el("a", { href: againLink(answer) }, w.again);
    byId("answer").replaceChildren(renderAnswer(answer, { actions: [again], audit: true }));
    const citations = answer.citations ?? [];
    byId("citations").replaceChildren(...(citations.length
      ? citations.map((c, i) => renderCitation(record, c, i))
      : [el("p.notice", {}, w.noCitations)]));
    byId("review").hidden = false;
    document.querySelector(".reviewer").hidden = citations.length === 0;
  } catch (error) {
    status.replaceChildren(problem(error, load));
  }
}

recall();
load();
