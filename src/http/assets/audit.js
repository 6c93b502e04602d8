// The list of recorded answers, newest first.

import { listAnswers } from "./api.js";
import { byId, el, fillPager, moment, offsetFromAddress, problem } from "./parts.js";
import { words } from "./words.js";

const LIMIT = 50;
const offset = offsetFromAddress();
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
        el(a.n_verdicts ? "span.badge.good" : "span.badge", {}, w.verdicts(a.n_verdicts)))),
  );
}

async function load() {
  status.textContent = w.loading;
  try {
    const page = await listAnswers({ offset, limit: LIMIT });
    byId("answers").replaceChildren(...page.answers.map(row));
    fillPager(byId("pager"), { offset, limit: LIMIT, total: page.total });
    status.textContent = page.total ? w.count(page.total) : w.none;
  } catch (error) {
    status.replaceChildren(problem(error, load));
  }
}

// Coming back from an answer that was just judged, the list must show it.
addEventListener("pageshow", (event) => {
  if (event.persisted) load();
});
load();
