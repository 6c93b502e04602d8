// Pieces that several pages share: building elements, dates, links, and the
// rendering of one answer. Data reaches the page through textContent only.

import { ApiError } from "./api.js";
import { words } from "./words.js";

/** el("a.chip", {href}, "text", child…): an element; null children are left out. */
export function el(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

// ---- dates -----------------------------------------------------------------

/** "2025-07-01" -> "01/7/2025", as legal texts write it. */
export function day(iso) {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "");
  if (!m) return iso ?? "";
  const month = Number(m[2]) <= 2 ? m[2] : String(Number(m[2]));
  return `${m[3]}/${month}/${m[1]}`;
}

const vietnam = (instant) => new Date(new Date(instant).getTime() + 7 * 3600_000);

/** An instant as a Vietnamese clock shows it: "15:00, 22/11/2026". */
export function moment(instant) {
  const local = vietnam(instant);
  if (Number.isNaN(local.getTime())) return instant ?? "";
  const iso = local.toISOString();
  return `${iso.slice(11, 16)}, ${day(iso)}`;
}

/** The calendar day in Việt Nam, as YYYY-MM-DD, so that it compares with dates of documents. */
export function dayOf(instant = Date.now()) {
  const local = vietnam(instant);
  return (Number.isNaN(local.getTime()) ? vietnam(Date.now()) : local).toISOString().slice(0, 10);
}

// ---- links and small pieces --------------------------------------------------

export function documentLink(id, { span = null, answer = null } = {}) {
  const path = `/documents/${encodeURIComponent(id)}`;
  if (!span) return path;
  const query = new URLSearchParams();
  if (answer) query.set("answer", answer);
  query.set("from", span.start);
  query.set("to", span.end);
  return `${path}?${query}#cited`;
}

/** Badges on validity and notes, told for the day `on`. `expires` is the first day out of force. */
export function badges({ effective, expires, note }, on = dayOf()) {
  const list = [];
  const w = words.validity;
  if (effective) {
    const future = effective > on;
    list.push(el(future ? "span.badge.warn" : "span.badge", {}, (future ? w.notYet : w.from)(day(effective))));
  }
  if (expires) {
    const past = expires <= on;
    list.push(el(past ? "span.badge.bad" : "span.badge.warn", {}, (past ? w.expired : w.until)(day(expires))));
  }
  if (note) list.push(el("span.badge.warn", {}, note));
  return list.length ? el("p.badges", {}, list) : null;
}

export const kindName = (kind) => (kind ? words.kinds[kind] ?? kind : null);

export const sourceName = (c) => [c.number, c.title].filter(Boolean).join(" · ");

export function problem(error, retry = null) {
  const known = error instanceof ApiError;
  if (!known) console.error(error);
  const box = el("div.problem", { role: "alert" }, el("p", {}, known ? error.message : words.errors.unreadable));
  if (error.retryAfter) box.append(el("p", {}, words.errors.retryIn(error.retryAfter)));
  if (retry) box.append(el("button", { type: "button", click: retry }, words.errors.retry));
  return box;
}

/** Previous and next links for a list; keeps the other parameters of the address. */
export function fillPager(nav, { offset, limit, total }) {
  nav.hidden = total <= limit && offset === 0;
  const to = (start, label, rel) => {
    const query = new URLSearchParams(location.search);
    query.set("offset", start);
    return el("a", { href: `?${query}`, rel }, label);
  };
  const range = words.pager.range(Math.min(offset + 1, total), Math.min(offset + limit, total), total);
  nav.replaceChildren(
    offset > 0 ? to(Math.max(0, offset - limit), words.pager.previous, "prev") : el("span"),
    el("span", {}, range),
    offset + limit < total ? to(offset + limit, words.pager.next, "next") : el("span"),
  );
}

export function offsetFromAddress() {
  const offset = Number.parseInt(new URLSearchParams(location.search).get("offset") ?? "0", 10);
  return Number.isFinite(offset) && offset > 0 ? offset : 0;
}

/** The last part of the address: /documents/{id}, /audit/{id}. */
export function idFromAddress() {
  const raw = location.pathname.replace(/\/+$/, "").split("/").slice(2).join("/");
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

// ---- one answer ----------------------------------------------------------------

const citationsOf = (answer, statement) =>
  (statement.citations ?? []).map((i) => answer.citations?.[i]).filter(Boolean);

/** Statements that may be shown: those that stand on at least one citation. */
export const supported = (answer) =>
  (answer.statements ?? []).filter((s) => citationsOf(answer, s).length > 0);

function chip(answer, citation) {
  return el("a.chip", {
    href: documentLink(citation.document_id, { span: citation.span, answer: answer.id }),
    "aria-label": words.ask.chip(citation),
    title: `${citation.locator} – ${sourceName(citation)}`,
  }, `[${citation.index}]`);
}

/** The verbatim text; where the figure asked for occurs in it, it is set in bold. */
function quoted(text, lead) {
  const at = lead ? text.toLocaleLowerCase("vi").indexOf(lead.toLocaleLowerCase("vi")) : -1;
  if (at < 0) return [text];
  const end = at + lead.length;
  return [text.slice(0, at), el("strong", {}, text.slice(at, end)), text.slice(end)];
}

function renderStatement(answer, statement, previousHeading, withLead) {
  const chips = citationsOf(answer, statement).map((c) => [" ", chip(answer, c)]);
  const heading = statement.heading && statement.heading !== previousHeading ? statement.heading : null;
  const lead = withLead ? statement.lead : null;
  return el("div.statement", {},
    lead && el("p.lead", {}, lead),
    heading && el("p.statement-heading", {}, heading),
    el("p.words", {}, "«", quoted(statement.text, lead), "»", chips),
  );
}

function renderCitation(answer, citation) {
  const shown = supported(answer).some((s) => s.text === citation.quote);
  return el("li.citation", {},
    chip(answer, citation),
    el("div", {},
      el("p.source", {},
        el("strong", {}, citation.locator), citation.number && ` · ${citation.number}`,
        citation.title && el("span.source-title", {}, citation.title)),
      badges(citation, dayOf(answer.asked_at)),
      !shown && citation.quote
        ? el("details", {}, el("summary", {}, words.ask.quote), el("blockquote.words", {}, `«${citation.quote}»`))
        : null),
  );
}

function renderPassages(answer, withScores) {
  const list = answer.passages ?? [];
  if (!list.length) return null;
  return el("details.passages", {},
    el("summary", {}, words.ask.passages(list.length)),
    el("ol", {}, list.map((p) => el("li", {},
      el("a", { href: documentLink(p.document_id, { span: p.span, answer: answer.id }) }, p.locator),
      ` · ${p.title ?? p.document_id}`,
      withScores ? el("span.score", {}, ` ${words.answer.score} ${Number(p.score).toLocaleString("vi-VN")}`) : null))),
  );
}

function renderStatements(answer, withLead) {
  let previous = null;
  return supported(answer).map((s) => {
    const node = renderStatement(answer, s, previous, withLead);
    previous = s.heading;
    return node;
  });
}

/**
 * The whole answer as an article. `actions` are buttons and links for its foot.
 * For the audit page scores and times are shown, and the list of sources is
 * left out: each citation has a section of its own there.
 */
export function renderAnswer(answer, { actions = [], audit = false } = {}) {
  const abstained = answer.status === "abstained";
  const w = words.ask;
  const withheld = supported(answer).length < (answer.statements ?? []).length;
  const citations = answer.citations ?? [];
  const understood = answer.understood && answer.understood !== answer.question;
  const statements = renderStatements(answer, !abstained);
  return el(abstained ? "article.answer.abstained" : "article.answer", {},
    el("h2.asked", {}, el("span.visually-hidden", {}, `${w.question}: `), answer.question),
    understood ? el("p.understood", {}, w.understood(answer.understood)) : null,
    (answer.notices ?? []).map((n) => el("p.notice", {}, n)),
    abstained ? el("p.verdictless", {}, w.abstainedTitle) : null,
    answer.message ? el("p.message", {}, answer.message) : null,
    answer.missing?.length
      ? el("div.missing", {}, el("p.label", {}, w.missing), el("ul", {}, answer.missing.map((m) => el("li", {}, m))))
      : null,
    abstained && statements.length ? el("p.label.related", {}, w.related) : null,
    statements,
    withheld ? el("p.notice", {}, w.withheld) : null,
    citations.length && !audit
      ? [el("p.label", {}, w.sources), el("ol.citations", {}, citations.map((c) => renderCitation(answer, c)))]
      : null,
    renderPassages(answer, audit),
    el("footer.answer-foot", {},
      el("p.made", {}, w.made(moment(answer.asked_at), answer.generation),
        audit && answer.timings_ms?.total !== undefined ? w.took(answer.timings_ms.total) : null),
      actions.length ? el("div.actions", {}, actions) : null),
  );
}

/** The answer as plain text, for a letter or a message. */
export function answerAsText(answer) {
  const w = words.ask;
  const abstained = answer.status === "abstained";
  const number = (s) => citationsOf(answer, s).map((c) => `[${c.index}]`).join(" ");
  const statements = supported(answer).map((s) =>
    `${s.lead && !abstained ? `${s.lead}\n` : ""}«${s.text}» ${number(s)}`);
  const lines = [
    `${w.question}: ${answer.question}`,
    ...(answer.notices ?? []),
    ...(abstained ? [w.abstainedTitle] : []),
    ...(answer.message ? [answer.message] : []),
    ...(answer.missing?.length ? [`${w.missing}:`, ...answer.missing.map((m) => `- ${m}`)] : []),
    ...(abstained && statements.length ? [`${w.related}:`] : []),
    ...statements,
    ...(answer.citations?.length ? [`${w.sources}:`, ...answer.citations.map((c) => citationAsText(c, answer))] : []),
    `${w.made(moment(answer.asked_at), answer.generation)}. ${w.caution}`,
  ];
  return lines.join("\n");
}

function citationAsText(c, answer) {
  const on = dayOf(answer.asked_at);
  const v = words.validity;
  const facts = [
    c.effective && (c.effective > on ? v.notYet : v.from)(day(c.effective)),
    c.expires && (c.expires <= on ? v.expired : v.until)(day(c.expires)),
    c.note,
  ].filter(Boolean);
  return `[${c.index}] ${[c.locator, sourceName(c), ...facts].join(" · ")}`;
}
