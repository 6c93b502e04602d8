// The viewer: the canonical text set as a readable document, with its outline,
// and the cited span (bytes `from`..`to` of the UTF-8 text) marked.

import { getAnswer, getDocument } from "./api.js";
import { badges, byId, day, documentLink, el, fileLink, idFromAddress, kindName, outOfForce, problem, standingNote, unbroken } from "./parts.js";
import { words } from "./words.js";

// Levels that are set as running text; the others are titles of what stands below them.
const SMALL = new Set(["clause", "point", "subpoint", "sub_point", "subclause", "paragraph", "sentence"]);
const PLAIN = new Set(["paragraph", "sentence"]);
const WHOLE = new Set(["document", "root", "body"]); // a provision that is the document itself sets nothing
// Lines of a document head that are centred in print: motto, number, place and date.
const FORMULA = /^\s*(?:[ĐÐ]ộc lập\b|(?:\p{L}+ )?số\s*:|\p{L}[\p{L} .-]*, ngày \d)/iu;
const LONGEST_HEADING = 240; // characters; a longer "heading" line is a paragraph that begins with one

/** A numbered heading that is a sentence is a paragraph with a number. */
const isNumbered = (p) => p.level === "heading" && /[.;:]$/u.test((p.heading ?? "").trim());
const isTitle = (p) => !SMALL.has(p.level) && !isNumbered(p);

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const address = new URLSearchParams(location.search);
const w = words.document;
const startHash = location.hash; // "back" by history only while no outline entry was followed

/** The text as bytes: spans are byte offsets, JavaScript strings count in UTF-16. */
class Bytes {
  constructor(text) {
    this.bytes = encoder.encode(text);
  }

  get length() {
    return this.bytes.length;
  }

  slice(start, end) {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** The nearest character boundary at or before `offset`. */
  snap(offset) {
    let at = Math.max(0, Math.min(offset, this.length));
    while (at > 0 && at < this.length && (this.bytes[at] & 0xc0) === 0x80) at -= 1;
    return at;
  }

  *lines() {
    let start = 0;
    while (start < this.length) {
      let end = this.bytes.indexOf(0x0a, start);
      if (end < 0) end = this.length;
      yield { start, end };
      start = end + 1;
    }
  }
}

/** Turns text and provisions into elements. */
class Setter {
  constructor(bytes, provisions, cited) {
    this.bytes = bytes;
    this.cited = cited;
    this.marks = 0;
    this.anchors = new Map(); // provision -> id of its element
    this.provisions = provisions.filter((p) => !WHOLE.has(p.level)).sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    this.next = 0; // the first provision that has not begun yet
    this.open = []; // provisions that the present line lies in, outermost first
    this.before = this.provisions.find(isTitle)?.span.start ?? 0;
  }

  set(target) {
    let table = null;
    for (const line of this.bytes.lines()) {
      const text = this.bytes.slice(line.start, line.end);
      if (text.trim() === "") {
        table = null;
        continue;
      }
      const begun = this.advance(line);
      if (/^\s*\|.*\|\s*$/.test(text)) {
        if (!table) target.append(el("div.table", { tabindex: "0" }, (table = el("tbody"), el("table", {}, table))));
        if (!/^[\s|:-]+$/.test(text)) table.append(this.row(line, text, begun));
        continue;
      }
      table = null;
      if (/^\s*([_*–—-])\1{2,}\s*$/u.test(text) && begun.length === 0) {
        target.append(el("hr"));
        continue;
      }
      target.append(this.block(line, text, begun));
      target.append(...begun.filter((p) => this.isNoted(p)).map((p) => el("p.provision-note", {}, standingNote(p.standing))));
    }
  }

  /** Moves to `line`; returns the provisions that begin on it, outermost first. */
  advance(line) {
    this.open = this.open.filter((p) => p.span.end > line.start);
    const begun = [];
    while (this.next < this.provisions.length && this.provisions[this.next].span.start < line.end) {
      const provision = this.provisions[this.next];
      this.next += 1;
      begun.push(provision);
      if (provision.span.end > line.start) this.open.push(provision);
    }
    return begun;
  }

  /** Whether a provision stands otherwise than those it lies in. */
  isNoted(p) {
    const above = this.open.filter((o) => o !== p && o.span.start <= p.span.start && o.span.end >= p.span.end);
    return p.standing && !above.some((o) => o.standing?.label === p.standing.label);
  }

  block(line, text, begun) {
    const { start, end, hashes } = this.trim(line, text);
    const titled = begun.find(isTitle);
    const short = text.length <= LONGEST_HEADING;
    let node;
    if (titled && short) node = el(`h${this.rank(titled)}.lv-${titled.level}`);
    else if (this.continuesHeading(line, text)) node = el("p.lv-title");
    else if (hashes && short) node = el("p.lv-article.md");
    else node = el(`p${this.paragraphClass(line, text, begun)}`);
    this.anchor(node, begun);
    this.write(node, start, end);
    return node;
  }

  /** One heading level below the heading it stands under, so that none is skipped. */
  rank(titled) {
    const above = this.open.slice(0, this.open.indexOf(titled)).filter(isTitle);
    return Math.min(above.length + 2, 6);
  }

  /** Leaves out spaces at both ends and the # of a Markdown heading. */
  trim(line, text) {
    const lead = /^\s*(#{1,6}\s+)?/.exec(text);
    const tail = /\s*$/.exec(text)[0].length;
    const length = (s) => encoder.encode(s).length;
    return {
      start: line.start + length(lead[0]),
      end: line.end - length(text.slice(text.length - tail)),
      hashes: Boolean(lead[1]),
    };
  }

  /** "Chương II" and its name on the next line or lines are one heading. */
  continuesHeading(line, text) {
    const inner = this.open.at(-1);
    if (!inner || !isTitle(inner) || inner.span.start >= line.start || text.length > LONGEST_HEADING) return false;
    const words = text.trim();
    if (words.length > 3 && squeeze(inner.heading ?? "").includes(squeeze(words))) return true;
    return inner.level !== "article" && isUpper(words);
  }

  paragraphClass(line, text, begun) {
    if (line.start < this.before && text.length < 160 && isUpper(text)) return ".centred";
    if (line.start < this.before && text.length < 100 && FORMULA.test(text)) return ".centred.plain";
    // Paragraphs have no number of their own to hang: they stand where their parent does.
    const numbered = (p) => !PLAIN.has(p.level);
    const own = begun.findLast(numbered);
    const small = own ?? this.open.findLast(numbered);
    const item = !own && /^\s*[-–+•*]\s/.test(text) ? ".item" : "";
    if (!small || isTitle(small)) return item;
    const kind = small.level === "clause" || isNumbered(small) ? "clause" : "point";
    return own ? `.lv-${kind}` : `${item}.in-${kind}`;
  }

  anchor(node, begun) {
    if (!begun.length) return;
    node.id = `p${this.provisions.indexOf(begun[0])}`;
    for (const provision of begun) this.anchors.set(provision, node.id);
  }

  /** Appends the bytes start..end to `node`, with the part that is cited inside <mark>. */
  write(node, start, end) {
    const from = this.cited ? Math.max(start, this.cited.start) : end;
    const to = this.cited ? Math.min(end, this.cited.end) : end;
    if (from >= to) {
      node.append(this.bytes.slice(start, end));
      return;
    }
    this.marks += 1;
    const mark = el("mark.cited", this.marks === 1 ? { id: "cited", tabindex: "-1" } : {}, this.bytes.slice(from, to));
    node.append(this.bytes.slice(start, from), mark, this.bytes.slice(to, end));
  }

  row(line, text, begun) {
    const node = el("tr");
    this.anchor(node, begun);
    const cells = text.split("|");
    let at = line.start;
    cells.forEach((cell, i) => {
      const size = encoder.encode(cell).length;
      if (i > 0 && i < cells.length - 1) {
        const td = el("td");
        const { start, end } = this.trim({ start: at, end: at + size }, cell);
        if (start < end) this.write(td, start, end);
        node.append(td);
      }
      at += size + 1;
    });
    return node;
  }
}

const squeeze = (text) => text.replace(/\s+/gu, " ").trim();

function isUpper(text) {
  return /\p{Lu}/u.test(text) && text === text.toLocaleUpperCase("vi");
}

function spanFromAddress() {
  const [start, end] = ["from", "to"].map((k) => Number.parseInt(address.get(k) ?? "", 10));
  return Number.isFinite(start) && Number.isFinite(end) && start < end ? { start, end } : null;
}

/** What the answer cited here and what stands there now, so that a text that changed since is told of. */
async function citationBehind(id, span) {
  const answerId = address.get("answer");
  if (!answerId || !span) return null;
  try {
    const { answer, sources } = await getAnswer(answerId);
    const citation = answer.citations.find((c) => c.document_id === id && c.span.start === span.start && c.span.end === span.end);
    return citation ? { citation, source: sources.find((s) => s.citation === citation.index) } : null;
  } catch {
    return null; // the source can be read without the record
  }
}

/** The span to mark in the text as it is now, its name, and a warning if it is not what was cited. */
function settle(bytes, span, source) {
  if (!span) return { cited: null };
  if (source) return settleCitation(bytes, source);
  const cited = { start: bytes.snap(span.start), end: bytes.snap(span.end) };
  return cited.start < cited.end ? { cited, name: w.cited } : { cited: null, warning: w.lost };
}

/** The server has looked the quote up at its provision: elsewhere the same words are another rule. */
function settleCitation(bytes, { state, span, quote, same_version: same }) {
  // Text and record come one after the other: the index may have been renewed in between.
  const isThere = span && bytes.slice(span.start, span.end) === quote;
  if (!isThere) return { cited: null, warning: w.lost };
  if (state === "differs") return { cited: span, name: w.now, warning: w.differs };
  return { cited: span, name: w.cited, warning: same ? null : w.changed };
}

function locatorAt(provisions, cited) {
  const around = provisions.filter((p) => p.span.start <= cited.start && cited.end <= p.span.end);
  around.sort((a, b) => (a.span.end - a.span.start) - (b.span.end - b.span.start));
  return around[0]?.locator ?? null;
}

/** The number of the page of the file on which `span` begins, or null. */
function pageAt(doc, span) {
  return (doc.pages ?? []).findLast((page) => page.start <= span.start)?.number ?? null;
}

/** A link to the file that the document came from, in a tab of its own; null where there is none. */
function originalLink(doc, page = null) {
  if (!doc.has_file) return null;
  return el("a.original", { href: fileLink(doc.id, page), target: "_blank", rel: "noopener" }, page ? w.openPage(page) : w.openFile);
}

function fillHead(doc) {
  byId("number").textContent = [kindName(doc.kind), doc.number].filter(Boolean).join(" ");
  byId("title").replaceChildren(...unbroken(doc.title || doc.number || words.documents.untitled));
  document.title = w.title(doc.number || doc.title || words.documents.untitled);
  const rows = [
    [w.issuer, doc.issuer],
    [w.issued, doc.issued && day(doc.issued)],
    [w.source, [doc.source_file, doc.has_file && " · ", originalLink(doc)]],
  ].filter(([, value]) => value);
  byId("facts").replaceChildren(...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
  byId("notes").replaceChildren(...[badges(doc)].filter(Boolean));
}

function fillTimeline(doc) {
  const events = doc.timeline ?? [];
  if (events.length < 2) return;
  byId("timeline-list").replaceChildren(...events.map((e) => {
    const link = e.by?.document_id && documentLink(e.by.document_id, { span: e.by.span });
    return el("li", {},
      e.on ? el("time", { datetime: e.on }, day(e.on)) : el("span.hint", {}, w.noDay),
      " – ", link ? el("a", { href: link }, unbroken(e.label)) : unbroken(e.label));
  }));
  byId("timeline").hidden = false;
}

function fillOutline(setter, cited) {
  const structural = setter.provisions.filter(isTitle);
  const entries = structural.length ? structural : setter.provisions.filter((p) => p.level === "clause");
  if (entries.length < 2) return;
  const depths = [...new Set(entries.map((p) => p.depth))].sort((a, b) => a - b);
  const around = (p) => cited && p.span.start <= cited.start && cited.start < p.span.end;
  const here = entries.filter(around).at(-1);
  byId("outline-list").replaceChildren(...entries.map((p) => el(`li.d${Math.min(depths.indexOf(p.depth), 4)}`, {},
    el("a", { href: `#${setter.anchors.get(p)}`, "aria-current": p === here ? "true" : null }, outlineName(p)))));
  const outline = byId("outline");
  outline.hidden = false;
  const wide = matchMedia("(min-width: 62rem)");
  outline.open = wide.matches;
  wide.addEventListener("change", () => { outline.open = wide.matches; });
  outline.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) outline.open = false;
  });
  const entry = outline.querySelector("[aria-current]");
  if (entry && wide.matches) outline.scrollTop = entry.offsetTop - outline.clientHeight / 2;
}

function outlineName(p) {
  if (!p.heading) return p.locator;
  // The locator of an inner provision may name its parents: its own name is enough here.
  if (p.level === "heading") return `${p.label}. ${p.heading}`;
  const own = p.locator.split(/\s+(?=(?:Phần|Chương|Mục|Tiểu mục|Điều)\s)/u)[0];
  const bare = p.heading.startsWith(own) || p.heading === p.locator;
  return bare ? p.heading : `${own}. ${p.heading}`;
}

/** The bar that stays in sight: which provision of which document is marked, and the ways back. */
function fillCitedBar(doc, { cited, name, warning }, locator) {
  const marked = locator !== undefined;
  const answerId = address.get("answer");
  const place = [locator, doc.number || doc.title].filter(Boolean).join(" · ");
  byId("cited-bar").replaceChildren(...[
    marked ? el("p.cited-name", {}, el("span.hint", {}, `${name}: `), el("strong", {}, place)) : null,
    outOfForce([doc]),
    el("p.links", {},
      el("a", backAttributes(), w.back),
      marked ? el("a", { href: "#cited", click: toCited }, w.goToCited) : null,
      cited ? originalLink(doc, pageAt(doc, cited)) : null,
      answerId ? el("a", { href: `/audit/${encodeURIComponent(answerId)}` }, w.audit) : null),
    warning ? el("p.badge.bad", {}, warning) : null,
  ].filter(Boolean));
  byId("cited-bar").hidden = false;
}

function toCited(event) {
  event?.preventDefault();
  const mark = byId("cited");
  if (!mark) return;
  const tall = mark.getBoundingClientRect().height > innerHeight * 0.7;
  mark.scrollIntoView({ block: tall ? "start" : "center" });
  mark.focus({ preventScroll: true });
}

/** Where the reader came from, when that was one of our pages; else the ask page. */
function backAttributes() {
  const cameFromHere = document.referrer.startsWith(`${location.origin}/`);
  const click = (event) => {
    if (!cameFromHere || history.length < 2 || location.hash !== startHash) return;
    event.preventDefault();
    history.back();
  };
  return { href: cameFromHere ? document.referrer : "/", click };
}

async function load() {
  const status = byId("status");
  status.textContent = w.loading;
  const id = idFromAddress();
  const span = spanFromAddress();
  try {
    const [doc, behind] = await Promise.all([getDocument(id), citationBehind(id, span)]);
    status.textContent = doc.text.trim() === "" ? w.empty : "";
    const bytes = new Bytes(doc.text);
    const settled = settle(bytes, span, behind?.source);
    const { cited } = settled;
    const setter = new Setter(bytes, doc.provisions ?? [], cited);
    const page = document.createDocumentFragment();
    setter.set(page);
    byId("text").replaceChildren(page);
    fillHead(doc);
    fillTimeline(doc);
    fillOutline(setter, cited);
    const locator = cited ? behind?.citation.locator ?? locatorAt(setter.provisions, cited) : undefined;
    if (cited || settled.warning) fillCitedBar(doc, settled, locator);
    if (cited) toCited();
  } catch (error) {
    status.replaceChildren(problem(error, load));
  }
}

load();
