// The one place that talks to the server. Every failure leaves here as an
// ApiError whose `message` is Vietnamese and fit to be shown as it is.

import { words } from "./words.js";

export class ApiError extends Error {
  constructor(message, { status = 0, code = "network", retryAfter = null } = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

const TIMEOUT_MS = 60_000;

export const ask = (question, asOf = "") => call("/api/ask", post({ question, as_of: asOf }));
export const search = (q, limit = 10) => call(`/api/search?${query({ q, limit })}`);
export const listDocuments = (p) => call(`/api/documents?${query(p)}`);
export const getDocument = (id) => call(`/api/documents/${encodeURIComponent(id)}`);
export const listAnswers = (p) => call(`/api/answers?${query(p)}`);
export const exportLink = (p) => `/api/answers/export?${query(p)}`;
export const getAnswer = (id) => call(`/api/answers/${encodeURIComponent(id)}`);
export const saveVerdict = (id, verdict) =>
  call(`/api/answers/${encodeURIComponent(id)}/verdicts`, post(verdict));

function post(body) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

function query(parameters) {
  const given = Object.entries(parameters).filter(([, v]) => v !== "" && v !== null && v !== undefined);
  return new URLSearchParams(given).toString();
}

async function call(url, options = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const headers = { accept: "application/json", ...options.headers };
    const response = await fetch(url, { ...options, headers, signal: abort.signal });
    const text = await response.text();
    const body = parse(text);
    if (!response.ok) throw failure(response, body);
    if (body === undefined) throw new ApiError(words.errors.unreadable, { status: response.status, code: "unreadable" });
    return body;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(abort.signal.aborted ? words.errors.timeout : words.errors.network);
  } finally {
    clearTimeout(timer);
  }
}

function parse(text) {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(response, body) {
  const told = body?.error ?? {};
  const seconds = Number(response.headers.get("retry-after"));
  return new ApiError(told.message || words.errors.status(response.status), {
    status: response.status,
    code: told.code ?? "http",
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds : null,
  });
}
