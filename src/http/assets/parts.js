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

/** The file that a document came from; a browser that shows it opens it at `page`. */
export function fileLink(id, page = null) {
  const path = `/api/files/${encodeURIComponent(id)}`;
  return page ? `${path}#page=${page}` : path;
}

const BAD = new Set(["expired", "replaced", "repealed", "suspended"]);
const WARN = new Set(["not_yet", "amended"]);

const sentence = (text) => text.charAt(0).toLocaleUpperCase("vi") + text.slice(1);

/** The badge of a standing that the server has worked out, as [kind of badge, text]. */
function standingBadge({ state, label, ends, amendments }) {
  const warns = WARN.has(state) || ends || amendments?.length;
  return [BAD.has(state) ? ".bad" : warns ? ".warn" : "", sentence(label)];
}

/** What a standing says of a provision, with a link to the clause that made it so. */
export function standingNote(standing) {
  const [kind, text] = standingBadge(standing);
  const { by } = standing;
  const link = by?.document_id && documentLink(by.document_id, { span: by.span });
  return el(`span.badge${kind}`, {}, link ? el("a", { href: link }, text) : text);
}

/** Whether `note` has all of these words. */
const says = (note, text) => Boolean(note?.toLocaleLowerCase("vi").includes(text.toLocaleLowerCase("vi")));

/** What is to be told of validity on the day `on`, as [kind of badge, text]. `expires` is the first day out of force. */
function validity({ effective, expires, note, standing }, on) {
  const w = words.validity;
  if (standing) {
    const told = standingBadge(standing);
    const from = effective && effective <= on && !BAD.has(standing.state) && ["", w.from(day(effective))];
    // A note may say the same, word for word, and more: one badge is enough then.
    const isSaid = BAD.has(standing.state) && says(note, standing.label);
    return [from, isSaid ? null : told, note && [isSaid ? ".bad" : ".warn", note]].filter(Boolean);
  }
  const isFuture = Boolean(effective) && effective > on;
  const isPast = Boolean(expires) && expires <= on;
  const end = isPast ? w.expired(day(expires)) : expires && w.until(day(expires));
  // A note may say the same and more: one badge is enough then.
  const noted = isPast && says(note, end);
  return [
    effective && (isFuture ? [".warn", w.notYet(day(effective))] : ["", w.from(day(effective))]),
    expires && !noted && [isPast ? ".bad" : ".warn", end],
    note && [noted ? ".bad" : ".warn", note],
  ].filter(Boolean);
}

export function badges(facts, on = dayOf()) {
  const list = validity(facts, on).map(([kind, text]) => el(`span.badge${kind}`, {}, text));
  return list.length ? el("p.badges", {}, list) : null;
}

/** What must stand right beside quoted words: their source is no longer, or not yet, in force. */
export function outOfForce(sources, on = dayOf()) {
  const w = words.validity;
  const told = sources.flatMap(({ effective, expires, standing }) => (standing ? [
    (BAD.has(standing.state) || WARN.has(standing.state)) && standingBadge(standing),
  ].filter(Boolean).map(([kind, text]) => [`span.badge${kind}`, text]) : [
    expires && expires <= on && ["span.badge.bad", w.expired(day(expires))],
    effective && effective > on && ["span.badge.warn", w.notYet(day(effective))],
  ].filter(Boolean)));
  return told.length ? el("p.badges", {}, told.map(([spec, text]) => el(spec, {}, text))) : null;
}

/** The day whose law an answer tells. */
export const answerDay = (answer) => answer.as_of || dayOf(answer.asked_at);

/** That day where it is not the day of the question, else "": what the date field held. */
export const otherDay = (answer) => (answerDay(answer) === dayOf(answer.asked_at) ? "" : answer.as_of);

/** Text in which document numbers (61/2018/NĐ-CP) do not break at their hyphens. */
export function unbroken(text) {
  return (text ?? "").split(/([^\s/()«»“”]*\/[^\s()«»“”]*-[^\s()«»“”]*)/u)
    .map((part, i) => (i % 2 && part.length <= 28 ? el("span.nowrap", {}, part) : part));
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
  if (at < 0) return unbroken(text);
  const end = at + lead.length;
  return [unbroken(text.slice(0, at)), el("strong", {}, text.slice(at, end)), unbroken(text.slice(end))];
}

/** The cells of a quoted table row, or null for other text. */
function cellsOf(text) {
  const row = /^\|(.+)\|$/u.exec(text.trim());
  return row && !text.trim().includes("\n") ? row[1].split("|").map((cell) => cell.trim()) : null;
}

/** The headings above a statement, outermost first, each on a line of its own. */
export function renderHeading(heading) {
  return el("p.statement-heading", {}, heading.split(" › ").map((step) => el("span.step", {}, unbroken(step))));
}

function renderWords(text, bold, chips) {
  const cells = cellsOf(text);
  if (!cells) return el("p.words", {}, "«", quoted(text, bold), "»", chips);
  return el("div.words", {}, el("ul.cells", {}, cells.map((cell) => el("li", {}, quoted(cell, bold)))), chips);
}

/** Two documents may well have the same heading: it is repeated then. */
function standsUnderSame(answer, statement, previous) {
  if (!previous || !statement.heading || statement.heading !== previous.heading) return false;
  const source = (s) => citationsOf(answer, s)[0]?.document_id;
  return source(statement) === source(previous);
}

function renderStatement(answer, statement, { previous, lead, bold }) {
  const citations = citationsOf(answer, statement);
  const chips = citations.map((c) => [" ", chip(answer, c)]);
  const isSame = standsUnderSame(answer, statement, previous);
  return el(isSame && !lead ? "div.statement.continued" : "div.statement", {},
    lead && el("p.lead", {}, lead),
    statement.heading && !isSame && renderHeading(statement.heading),
    renderWords(statement.text, bold, chips),
    outOfForce(citations, answerDay(answer)),
  );
}

function renderCitation(answer, citation) {
  const shown = supported(answer).some((s) => s.text === citation.quote);
  return el("li.citation", {},
    chip(answer, citation),
    el("div", {},
      el("p.source", {},
        el("strong", {}, citation.locator), citation.number && [" · ", unbroken(citation.number)],
        citation.title && el("span.source-title", {}, unbroken(citation.title))),
      citation.page ? el("p.hint", {},
        el("a", { href: fileLink(citation.document_id, citation.page), target: "_blank", rel: "noopener" }, words.ask.page(citation.page))) : null,
      citation.is_recognised ? el("p.badge.warn", {}, words.ask.recognised) : null,
      badges(citation, answerDay(answer)),
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
      withScores ? el("span.score", {}, ` ${words.answer.score} ${Number(p.score).toLocaleString("vi-VN")}`) : null,
      outOfForce([p], answerDay(answer))))),
  );
}

/** The figure asked for stands first, once; further statements have theirs in bold. */
function renderStatements(answer, withLead) {
  const list = supported(answer);
  return list.map((s, i) => renderStatement(answer, s, {
    previous: list[i - 1],
    lead: withLead && i === 0 ? s.lead : null,
    bold: withLead ? s.lead : null,
  }));
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
    answer.precedent ? el("p.precedent", {}, w.precedent(answer.precedent)) : null,
    (answer.notices ?? []).map((n) => el("p.notice", {}, n)),
    abstained ? el("p.verdictless", {}, w.abstainedTitle) : null,
    answer.message ? el("p.message", {}, answer.message) : null,
    answer.missing?.length
      ? el("div.missing", {}, el("p.label", {}, w.missing), el("ul", {}, answer.missing.map((m) => el("li", {}, `«${m}»`))))
      : null,
    abstained && statements.length ? el("p.label.related", {}, w.related) : null,
    statements,
    withheld ? el("p.notice", {}, w.withheld) : null,
    citations.length && !audit
      ? [el("p.label", {}, abstained ? w.relatedSources : w.sources), el("ol.citations", {}, citations.map((c) => renderCitation(answer, c)))]
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
  const statements = supported(answer).flatMap((s, i, all) => [
    ...(s.lead && !abstained && i === 0 ? [s.lead] : []),
    ...(s.heading && !standsUnderSame(answer, s, all[i - 1]) ? [s.heading] : []),
    `«${s.text}» ${number(s)}`,
  ]);
  const lines = [
    `${w.question}: ${answer.question}`,
    ...(answer.precedent ? [w.precedent(answer.precedent)] : []),
    ...(answer.notices ?? []),
    ...(abstained ? [w.abstainedTitle] : []),
    ...(answer.message ? [answer.message] : []),
    ...(answer.missing?.length ? [`${w.missing}: ${answer.missing.map((m) => `«${m}»`).join(", ")}`] : []),
    ...(abstained && statements.length ? [`${w.related}:`] : []),
    ...statements,
    ...(answer.citations?.length ? [`${abstained ? w.relatedSources : w.sources}:`, ...answer.citations.map((c) => citationAsText(c, answer))] : []),
    `${w.made(moment(answer.asked_at), answer.generation)}. ${w.caution}`,
  ];
  return lines.join("\n");
}

function citationAsText(c, answer) {
  const facts = validity(c, answerDay(answer)).map(([, text]) => text);
  return `[${c.index}] ${[c.locator, sourceName(c), ...facts].join(" · ")}`;
}
