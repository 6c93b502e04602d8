// The list of recorded answers, newest first: all of them, or those that the form above asks for.

import { exportLink, listAnswers } from "./api.js";
import { byId, el, fillPager, moment, offsetFromAddress, problem } from "./parts.js";
import { words } from "./words.js";

const LIMIT = 50;
const FIELDS = ["show", "from", "to"];
const address = new URLSearchParams(location.search);
const wanted = Object.fromEntries(FIELDS.map((name) => [name, address.get(name) ?? ""]));
const isAll = FIELDS.every((name) => ["", "all"].includes(wanted[name]));
const status = byId("status");
const w = words.audit;

function row(a) {
  const abstained = a.status === "abstained";
  return el("li.answer-row", {},
    el("p.when", {}, el("time", { datetime: a.asked_at }, moment(a.asked_at))),
    el("div", {},
      el("a", { href: `/audit/${encodeURIComponent(a.id)}` }, a.question),
      el("p.badges", {},
        el(abstained ? "span.badge.warn" : "span.badge", {}, w.status[a.status] ?? a.status),
        el("span.badge", {}, w.citations(a.n_citations)),
        a.n_citations > 0
          && el(a.n_judged === a.n_citations ? "span.badge.good" : "span.badge", {}, w.judged(a.n_judged, a.n_citations)))),
  );
}

/** Shows in the form what the address asks for, whatever the browser kept, and lets the exports have the same answers. */
function showWanted() {
  for (const name of FIELDS) byId(name).value = wanted[name] || (name === "show" ? "all" : "");
  for (const format of ["jsonl", "csv", "gold"]) byId(`export-${format}`).href = exportLink({ format, ...wanted });
}

async function load() {
  status.textContent = w.loading;
  try {
    let offset = offsetFromAddress();
    let page = await listAnswers({ offset, limit: LIMIT, ...wanted });
    // What is still to be judged gets less: the last page may have gone.
    if (page.total > 0 && page.total <= offset) {
      offset = page.total - 1 - ((page.total - 1) % LIMIT);
      page = await listAnswers({ offset, limit: LIMIT, ...wanted });
    }
    byId("answers").replaceChildren(...page.answers.map(row));
    fillPager(byId("pager"), { offset, limit: LIMIT, total: page.total });
    status.replaceChildren(page.total ? w.count(page.total) : isAll ? w.none : w.noneSuch);
    if (!isAll) status.append(" ", el("a", { id: "unfiltered", href: "/audit" }, w.unfiltered));
  } catch (error) {
    status.replaceChildren(problem(error, load));
  }
}

// Coming back from an answer that was just judged, the list must show it.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  showWanted();
  load();
});
showWanted();
load();
