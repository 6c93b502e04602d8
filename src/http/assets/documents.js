// The list of documents, with a search over numbers and titles and, below,
// over the contents.

import { listDocuments, search } from "./api.js";
import { badges, byId, day, documentLink, el, fillPager, kindName, offsetFromAddress, outOfForce, problem, unbroken } from "./parts.js";
import { words } from "./words.js";

const LIMIT = 50;
const q = (new URLSearchParams(location.search).get("q") ?? "").trim();
const offset = offsetFromAddress();
const status = byId("status");

function row(d) {
  const facts = [
    kindName(d.kind),
    d.issuer,
    d.issued && words.documents.issued(day(d.issued)),
  ].filter(Boolean).join(" · ");
  return el("li.document-row", {},
    el("p.number", {}, unbroken(d.number)),
    el("div", {},
      el("a.document-title", { href: documentLink(d.id) }, unbroken(d.title || d.number || words.documents.untitled)),
      facts && el("p.facts-line", {}, facts),
      badges(d)),
  );
}

async function loadDocuments() {
  status.textContent = words.documents.loading;
  const page = await listDocuments({ offset, limit: LIMIT, q });
  byId("documents").replaceChildren(...page.documents.map(row));
  fillPager(byId("pager"), { offset, limit: LIMIT, total: page.total });
  const w = words.documents;
  if (page.total === 0) status.textContent = q ? w.noneFor(q) : w.none;
  else status.textContent = q ? w.found(page.total, q) : w.count(page.total);
}

/** A snippet that was cut short ends with a whole word. */
function cut({ snippet, span }) {
  const isWhole = new TextEncoder().encode(snippet).length >= span.end - span.start;
  return isWhole ? snippet : snippet.replace(/\s+\S*$/u, " …");
}

function hit(h) {
  return el("li", {},
    el("p.source", {},
      el("a", { href: documentLink(h.document_id, { span: h.span }) }, h.locator || h.title),
      h.number && [" · ", unbroken(h.number)],
      el("span.source-title", {}, unbroken(h.title))),
    h.heading && !h.snippet.includes(h.heading) ? el("p.statement-heading", {}, h.heading) : null,
    el("p.snippet", {}, unbroken(cut(h))),
    outOfForce([h]));
}

async function loadHits() {
  if (!q || offset > 0) return;
  const { hits } = await search(q, 10);
  if (!hits.length) return;
  byId("hit-list").replaceChildren(...hits.map(hit));
  byId("hits").hidden = false;
}

function load() {
  loadDocuments().catch((error) => {
    status.replaceChildren(problem(error, load));
  });
  loadHits().catch(() => {}); // the list above already tells of a server that fails
}

byId("q").value = q;
load();
