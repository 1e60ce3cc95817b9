import { codes, findHostRefusals, hostTitles } from "./verify.js";
import { Line, count, failureCode, line, minute, oneLine, publicUrl, seconds, secrets, timeOfDay, visible, wordOf } from "./entry.js";
import { checksOf, eraName, isGateCode, verdictWords } from "./gate2.js";
import { Plain, isFreeOfSecrets, plain } from "./markdown.js";
const createHash = (...values) => process.getBuiltinModule("node:crypto").createHash(...values);
// src/report/html.ts
let trustedHtml;
var Html = class Html {
	#text;
	constructor(text) {
		this.#text = text;
	}
	static {
		trustedHtml = (text) => new Html(text);
	}
	static word(word) {
		return new Html(escapeHtml(word));
	}
	get isEmpty() {
		return this.#text === "";
	}
	toString() {
		return this.#text;
	}
};
function html(parts, ...values) {
	const places = placesOf(parts);
	let text = parts[0] ?? "";
	values.forEach((value, index) => {
		text += places[index] === "text" ? textOf(value) : attributeOf(value);
		text += parts[index + 1] ?? "";
	});
	return trustedHtml(text);
}
function link(label, url) {
	const { protocol, username = "", password = "" } = URL.parse(url) ?? {};
	if (!((protocol === "https:" || protocol === "http:") && username === "" && password === "") || !isFreeOfSecrets(url)) return label;
	return trustedHtml(`<a href="${escapeHtml(oneLine(url))}" rel="noopener noreferrer">${label}</a>`);
}
function codeBlock(text) {
	return trustedHtml(`<pre tabindex="0"><code>${escapeHtml(visible(indentJson(String(text)).trimEnd()))}</code></pre>`);
}
var StyleSheet = class StyleSheet {
	text;
	constructor(text) {
		this.text = text;
	}
	static of(parts) {
		return new StyleSheet(parts.join(""));
	}
};
function css(parts) {
	if (/[<\\]|url\(|@import/i.test(parts.join(""))) throw new Error("The style sheet holds more than styles.");
	return StyleSheet.of(parts);
}
function htmlDocument(title, style, body) {
	const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style.text).digest("base64")}'; base-uri 'none'; form-action 'none'`;
	return trustedHtml([
		"<!doctype html>",
		"<html lang=\"en\">",
		"<head>",
		"<meta charset=\"utf-8\">",
		`<meta http-equiv="Content-Security-Policy" content="${policy}">`,
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
		"<meta name=\"color-scheme\" content=\"light dark\">",
		"<meta name=\"referrer\" content=\"no-referrer\">",
		`<title>${title}</title>`,
		`<style>${style.text}</style>`,
		"</head>",
		`<body>${body}</body>`,
		"</html>",
		""
	].join("\n"));
}
function textOf(value) {
	if (value === void 0) return "";
	if (value instanceof Html || typeof value === "number") return String(value);
	if (Array.isArray(value)) return value.map(String).join("");
	return escapeHtml(visible(withoutSecrets(value)));
}
function attributeOf(value) {
	if (value === void 0) return "";
	if (value instanceof Html || Array.isArray(value)) throw new Error("An attribute holds HTML.");
	return typeof value === "number" ? String(value) : escapeHtml(oneLine(withoutSecrets(value)));
}
function withoutSecrets(text) {
	return typeof text === "string" ? secrets.redact(text) : String(text);
}
function escapeHtml(text) {
	return text.toWellFormed().replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
const valueAttributes = new Set("class id title datetime aria-label aria-labelledby x y width height viewbox colspan".split(" "));
const knownPlaces = new WeakMap();
function placesOf(parts) {
	const places = knownPlaces.get(parts) ?? findPlaces(parts);
	knownPlaces.set(parts, places);
	return places;
}
const token = /<!--|<\/?[a-z][a-z\d]*|<|[a-z][a-z\d-]*="|"|>/gi;
const rawElements = /^<(?:script|style|textarea|xmp|iframe|noscript|plaintext|template)$/i;
function findPlaces(parts) {
	const refuse = (why) => {
		throw new Error(`A template of HTML ${why}: ${parts.join("\u2026")}`);
	};
	const places = [];
	let state = "text";
	parts.forEach((part, index) => {
		for (const [match] of part.matchAll(token)) if (state === "text") {
			if (match === "<" || match === "<!--" || rawElements.test(match)) refuse(`has ${match}`);
			if (match.startsWith("<")) state = "tag";
		} else if (state === "tag") {
			if (match === ">") state = "text";
			else if (match.endsWith("=\"")) state = match.slice(0, -2).toLowerCase();
			else refuse(`has ${match} in a tag`);
		} else if (match.endsWith("\"")) state = "tag";
		if (index === parts.length - 1) return;
		if (state === "tag") refuse("has a value in a tag");
		if (state !== "text" && !valueAttributes.has(state)) refuse(`has a value in ${state}`);
		places.push(state === "text" ? "text" : "attribute");
	});
	if (state !== "text") refuse("ends in a tag");
	return places;
}
const maxIndent = 12;
function indentJson(text) {
	return text.split("\n").map((line) => {
		const [, before = "", json] = /^(\s*|data: ?)((?:\{\s*"|\[\s*[[{"]).*)$/s.exec(line) ?? [];
		return json === void 0 ? line : before + indented(json);
	}).join("\n");
}
function indented(json) {
	let text = "";
	let depth = 0;
	let isString = false;
	const newLine = () => `\n${"  ".repeat(Math.min(depth, maxIndent))}`;
	for (let at = 0; at < json.length; at++) {
		const char = json[at] ?? "";
		if (isString) {
			text += char;
			if (char === "\\") text += json[++at] ?? "";
			else if (char === "\"") isString = false;
		} else if (char === "\"") {
			text += char;
			isString = true;
		} else if (char === "{" || char === "[") {
			const close = char === "{" ? "}" : "]";
			if (json[at + 1] === close) text += char + (json[++at] ?? "");
			else {
				depth++;
				text += char + newLine();
			}
		} else if (char === "}" || char === "]") {
			depth = Math.max(0, depth - 1);
			text += newLine() + char;
		} else if (char === ",") text += char + newLine();
		else if (char === ":") text += ": ";
		else if (!/\s/.test(char)) text += char;
	}
	return text;
}
// src/report/gate-page-style.ts
const pageStyle = css`
:root {
  --page: #f5f6f8; --card: #fff; --text: #1c2128; --faint: #57606a; --line: #d6dbe1; --code: #f1f3f5;
  --good: #1a7f37; --bad: #c3202c; --caution: #8a5a00; --link: #0757ba;
  --good-fill: #e3f6e8; --bad-fill: #fdecec; --hover: #f1f5fb;
  --dns: #8250df; --tcp: #0969da; --tls: #0a8a8a; --wait: #d28a00; --read: #3f9142;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1116; --card: #161b22; --text: #e6e9ee; --faint: #9aa4af; --line: #2d343d; --code: #0f141a;
    --good: #4cc26a; --bad: #ff7b72; --caution: #dfab3a; --link: #6cb2ff;
    --good-fill: #10281a; --bad-fill: #2e1417; --hover: #1b222c;
    --dns: #b28cff; --tcp: #58a6ff; --tls: #39c5bb; --wait: #e3a008; --read: #56c96b;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; padding: 1.5rem 1rem 3rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
main, footer { max-width: 68rem; margin: 0 auto; }
h1, h2, h3, h4, p, ul, ol, dl, pre { margin: 0; }
ul, ol { padding: 0; list-style: none; }
dd { margin: 0; min-width: 0; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 0.75rem; }
h3 { font-size: 1rem; }
h4 { font-size: 0.8rem; }
a { color: var(--link); }
code, pre, .time, .ms { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; }
small { font-weight: 400; color: var(--faint); font-size: 0.875em; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.remark { color: var(--faint); font-size: 0.875rem; }

.verdict { background: var(--card); border: 1px solid var(--line); box-shadow: inset 0 5px 0 var(--good); border-radius: 12px; padding: 1.25rem 1.5rem 1.5rem; }
.verdict.bad { box-shadow: inset 0 5px 0 var(--bad); }
.brand { color: var(--faint); font-size: 0.8rem; letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 0.5rem; }
.verdict h1 { display: flex; align-items: center; gap: 0.6rem; }
.lead { font-size: 1.05rem; margin-top: 0.6rem; }
.verdict.bad .lead code { color: var(--bad); font-weight: 600; }
.endpoint { margin-top: 0.5rem; color: var(--faint); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 0.9rem 1.5rem; margin-top: 1.25rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
.facts dt { color: var(--faint); font-size: 0.8rem; }
.facts dd { font-weight: 600; }

.mark { display: inline-grid; place-items: center; flex: none; width: 1.35rem; height: 1.35rem; border-radius: 50%; font-size: 0.8rem; line-height: 1; font-weight: 700; color: var(--card); background: var(--faint); }
.mark.passed { background: var(--good); }
.mark.failed { background: var(--bad); }
.mark.not-required { background: var(--caution); }
h1 .mark { width: 2.1rem; height: 2.1rem; font-size: 1.2rem; }

.failure { padding: 1.1rem 1.25rem; box-shadow: inset 5px 0 0 var(--bad); }
.sentence { font-size: 1.05rem; margin-bottom: 1rem; }
.rows { display: grid; gap: 0.65rem; }
.rows div { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); gap: 1rem; }
.rows dt { color: var(--faint); }
.warnings { padding: 0.4rem 1.25rem; box-shadow: inset 5px 0 0 var(--caution); }
.warnings li { padding: 0.5rem 0; }
.warnings li + li { border-top: 1px solid var(--line); }

.checks li { display: grid; grid-template-columns: 1.35rem 12rem minmax(0, 1fr); gap: 0.75rem; align-items: start; padding: 0.6rem 1.25rem; }
.checks li + li { border-top: 1px solid var(--line); }
.name { font-weight: 600; }
.observed { color: var(--faint); }

.clients { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 0.75rem; margin-top: 0.75rem; }
.clients li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1.1rem; }
.clients li.passed { box-shadow: inset 0 3px 0 var(--good); }
.clients li.failed { box-shadow: inset 0 3px 0 var(--bad); }
.clients li.not-required { box-shadow: inset 0 3px 0 var(--caution); }
.clients li.absent { box-shadow: inset 0 3px 0 var(--line); }
.clients h3 { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.clients .who { color: var(--faint); font-size: 0.875rem; margin: 0.35rem 0 0.5rem; }
#clients ~ h3 { margin: 1.25rem 0 0.15rem; }
#clients ~ .card { margin-top: 0.5rem; }
#clients ~ p.card { padding: 0.75rem 1.25rem; }
#clients ~ p.remark { margin-top: 0.25rem; }
#clients ~ .clients + p.remark { margin-top: 0.75rem; }

.legend { display: inline-flex; flex-wrap: wrap; gap: 0.25rem 0.8rem; margin-left: 0.5rem; }
.legend span::before { content: ""; display: inline-block; width: 0.7em; height: 0.7em; border-radius: 2px; margin-right: 0.35em; background: currentColor; }
.legend .dns::before, .legend .tcp::before, .legend .tls::before, .legend .headers::before, .legend .body::before { background: var(--fill); }
.dns { --fill: var(--dns); } .tcp { --fill: var(--tcp); } .tls { --fill: var(--tls); } .headers { --fill: var(--wait); } .body { --fill: var(--read); }

summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.round { margin-top: 0.75rem; overflow: clip; }
.round > summary, .sampling > summary { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.8rem; padding: 0.7rem 1.25rem; }
.round > summary:hover, .sampling > summary:hover, summary.exchange:hover { background: var(--hover); }
.round > summary::before, .sampling > summary::before, summary.exchange::before { content: "\u25b8"; color: var(--faint); width: 0.8rem; text-align: center; }
details[open] > summary::before { content: "\u25be"; }
.round h3, .sampling h4 { display: inline-flex; align-items: center; gap: 0.5rem; }
.sampling { border-top: 1px solid var(--line); }
.sampling h4 { font-size: 0.9rem; }
.sampling .exchanges { padding-left: 1.25rem; }
.round-verdict { font-weight: 600; }
.meta { color: var(--faint); font-size: 0.875rem; margin-left: auto; }
.skipped { color: var(--faint); font-size: 0.875rem; padding: 0.6rem 1.25rem; }

.exchanges { border-top: 1px solid var(--line); }
.exchanges li + li { border-top: 1px solid var(--line); }
.exchange {
  display: grid; align-items: center; gap: 0.25rem 0.75rem; padding: 0.45rem 1.25rem; font-size: 0.9rem;
  grid-template-columns: 0.8rem 6.6rem minmax(9rem, 1.3fr) 6rem 4.4rem minmax(5rem, 0.9fr) minmax(6rem, 1.2fr) 5rem;
}
div.exchange { padding-left: 2.8rem; grid-template-columns: 6rem minmax(9rem, 1.3fr) 6rem 4.4rem minmax(5rem, 0.9fr) minmax(6rem, 1.2fr) 5rem; }
.time, .era { color: var(--faint); }
.method { font-weight: 600; }
.status { font-variant-numeric: tabular-nums; }
.ok .result { color: var(--good); }
.bad .result, .bad .status { color: var(--bad); font-weight: 600; }
.other .result { color: var(--caution); }
.bad > details > summary, .bad > div.exchange { background: var(--bad-fill); }
.ms { text-align: right; }
.bar { display: block; width: 100%; height: 0.6rem; background: var(--code); border-radius: 2px; }
.bar rect { fill: var(--fill); }

.messages { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 1.5rem; padding: 0.5rem 1.25rem 1.25rem 2.8rem; }
.messages h4 { color: var(--faint); letter-spacing: 0.06em; text-transform: uppercase; margin-bottom: 0.25rem; }
.messages .headers { font-size: 0.8125rem; margin: 0.5rem 0; display: grid; gap: 0.15rem; }
.messages .headers div { display: grid; grid-template-columns: minmax(6rem, 11rem) minmax(0, 1fr); gap: 0.75rem; }
.messages .headers dt, .messages .headers i { color: var(--faint); }
.messages pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 0.7rem 0.85rem; max-height: 26rem; overflow: auto; white-space: pre-wrap; font-size: 0.8125rem; }
.messages pre code { font-size: 1em; }
.messages .remark { margin-top: 0.35rem; }

.tools { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.9rem 1.1rem; }
.tools code { background: var(--code); border: 1px solid var(--line); border-radius: 999px; padding: 0.15rem 0.65rem; display: inline-block; }
footer { color: var(--faint); font-size: 0.8125rem; margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); }

@media (max-width: 46rem) {
  body { padding: 0.75rem 0.75rem 2rem; }
  .verdict { padding: 1rem 1rem 1.1rem; }
  h1 { font-size: 1.5rem; }
  .facts { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .rows div { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  .checks li { grid-template-columns: 1.35rem minmax(0, 1fr); gap: 0.1rem 0.65rem; padding: 0.6rem 0.9rem; }
  .checks .observed { grid-column: 2; }
  .failure, .warnings { padding-left: 0.9rem; padding-right: 0.9rem; }
  .legend { margin-left: 0; display: flex; }
  .round > summary, .sampling > summary { padding: 0.7rem 0.9rem; }
  .meta { margin-left: 1.6rem; width: 100%; }
  .exchange, div.exchange {
    padding: 0.5rem 0.9rem; grid-template-columns: 0.8rem auto minmax(0, 1fr) auto;
    grid-template-areas: ". step step ms" ". status result result" ". bar bar bar" ". time era era";
  }
  summary.exchange::before { grid-area: 1 / 1; }
  .exchange .step { grid-area: step; } .exchange .ms { grid-area: ms; } .exchange .status { grid-area: status; }
  .exchange .result { grid-area: result; } .exchange .bar { grid-area: bar; }
  .exchange .time { grid-area: time; } .exchange .era { grid-area: era; }
  .sampling .exchanges { padding-left: 0; }
  .messages { grid-template-columns: minmax(0, 1fr); padding: 0.5rem 0.9rem 1rem; }
  .messages .headers div { grid-template-columns: minmax(0, 1fr); gap: 0; margin-bottom: 0.25rem; }
  .messages pre { max-height: 20rem; }
}
@media print {
  body { background: none; padding: 0; }
  .messages pre { max-height: none; }
}
`;
// src/report/gate-page.ts
const maxBodyUnits = 16384;
const maxLineUnits = 2e3;
const maxRounds = 24;
const maxLastRounds = 3;
const maxFirstExchanges = 60;
const maxTools = 300;
function renderGatePage(gate, { recording, docsUrl } = {}) {
	const { passed } = gate;
	const endpoint = shown(publicUrl(gate.endpoint));
	const title = passed ? html`Gate passed: ${endpoint}` : html`Gate failed: ${endpoint}`;
	const body = html`
<main>
${header(gate, endpoint)}
${failureSection(gate, docsUrl)}
${warningSection(gate)}
${checkSection(gate)}
${clientSection(gate)}
${timelineSection(gate, recording)}
${toolSection(gate)}
</main>
${footer(recording)}
`;
	return htmlDocument(title, pageStyle, body);
}
function shown(text, maxUnits = maxLineUnits) {
	return plain`${text}`.shorten(maxUnits);
}
function header(gate, endpoint) {
	const { passed, failure, warnings, serverInfo, latencyMs, rounds, protocolVersions, tools } = gate;
	const verdict = failure === void 0 ? warnings.length === 0 ? html`The endpoint speaks MCP.` : html`The endpoint speaks MCP, with ${count(warnings.length, "warning")}.` : html`<code>${failureCode(failure.code)}</code>${meaningOf(failure.code)}.`;
	const server = serverInfo && html`${shown(serverInfo.name, 100)} ${shown(serverInfo.version, 40)}`;
	const startedAt = rounds[0]?.startedAt;
	const greens = rounds.filter(({ verdict: each }) => each === "green").length;
	return html`<header class="verdict ${passed ? Line.word("good") : Line.word("bad")}">
<p class="brand">MCP gate report</p>
<h1>${mark(passed ? "passed" : "failed")} ${passed ? html`Gate passed` : html`Gate failed`}</h1>
<p class="lead">${verdict}</p>
<p class="endpoint"><code>${endpoint}</code></p>
<dl class="facts">
${fact("Checked", startedAt && html`<time datetime="${startedAt}">${minute(Date.parse(startedAt))}</time>`)}
${fact("Took", html`${milliseconds(gate.elapsedMs)}, ${count(rounds.length, "round")}, ${greens} passed`)}
${fact("Latency", latencyMs === null ? void 0 : html`${milliseconds(latencyMs)}`)}
${fact("Server", server)}
${fact("Protocol", protocolVersions.length === 0 ? void 0 : html`${shown(protocolVersions.join(", "), 200)}`)}
${fact("Tools", passed || tools.length > 0 ? html`${tools.length}` : void 0)}
</dl>
</header>`;
}
function fact(name, value) {
	return value === void 0 || value === "" ? html`` : html`<div><dt>${Line.word(name)}</dt><dd>${value}</dd></div>`;
}
function meaningOf(code) {
	return isGateCode(code) ? html`: ${Html.word(codes[code].meaning)}` : html``;
}
const remedyTexts = {
	replace: "A new version of the server can fix this.",
	config: "Another version of the server changes nothing. Change what is in front of it or around it.",
	wait: "Waiting may fix this. If it does not, a new version of the server can."
};
function failureSection({ failure }, docsUrl) {
	if (failure === void 0) return html``;
	const { code, sentence, fix, remedy, step, era } = failure;
	const place = era === void 0 ? html`<code>${step}</code>` : html`<code>${step}</code>, protocol ${eraName(era)}`;
	const cause = isGateCode(code) ? Html.word(codes[code].cause) : void 0;
	const page = docsUrl === void 0 || !isGateCode(code) ? void 0 : `${docsUrl}/gate-codes.md#${code}`;
	return html`<section aria-labelledby="failure">
<h2 id="failure">What failed, and what to do</h2>
<div class="card failure">
<p class="sentence">${shown(sentence, 4e3)}</p>
<dl class="rows">
${fact("Where", place)}
${fact("Likely cause", cause)}
${fact("What to do", html`<strong>${shown(fix, 4e3)}</strong>`)}
${fact("Which change helps", html`${Line.word(remedyTexts[remedy])}`)}
${fact("Code", html`${page === void 0 ? html`<code>${failureCode(code)}</code>` : link(html`<code>${failureCode(code)}</code>`, page)}`)}
</dl>
</div>
</section>`;
}
function warningSection({ warnings }) {
	if (warnings.length === 0) return html``;
	return html`<section aria-labelledby="warnings">
<h2 id="warnings">Warnings</h2>
<ul class="card warnings">${warnings.slice(0, 50).map((text) => html`<li>${shown(text, 2e3)}</li>`)}</ul>
</section>`;
}
const outcomeWords = {
	passed: "passed",
	failed: "failed",
	"not-required": "not required",
	absent: "not offered"
};
const marks = {
	passed: "\u2713",
	failed: "\u2717",
	"not-required": "!",
	absent: "\u2013"
};
function mark(outcome) {
	return html`<span class="mark ${Line.word(outcome)}"><span aria-hidden="true">${Line.word(marks[outcome])}</span><span class="heard">${Line.word(outcomeWords[outcome])}:</span></span>`;
}
function checkSection(gate) {
	return html`<section aria-labelledby="checks">
<h2 id="checks">Checks</h2>
<ul class="card checks">${checksOf(gate).map(({ name, outcome, observed }) => html`<li>${mark(outcome)}<span class="name">${name}</span><span class="observed">${plain`${observed}`.shorten(500)}</span></li>`)}</ul>
</section>`;
}
const eraClients = {
	modern: "Clients of revision 2026-07-28, which send server/discover",
	legacy: "Clients of revisions 2024-11-05 to 2025-11-25, which send initialize",
	"http-sse": "Clients of the deprecated transport HTTP+SSE"
};
function clientSection(gate) {
	const cards = Object.entries(gate.eras).map(([era, { verdict, protocolVersion, failure }]) => {
		const outcome = verdict === "failed" && gate.passed ? "not-required" : verdict;
		const result = verdict === "passed" ? html`Connect${protocolVersion === void 0 ? html`` : html` with <code>${protocolVersion}</code>`} and get ${count(gate.tools.length, "tool")}.` : verdict === "failed" ? html`Do not connect, or get no tools: <code>${failureCode(failure?.code ?? "")}</code>.${failure?.sentence === gate.failure?.sentence ? html`` : html` ${shown(failure?.sentence ?? "", 1e3)}`}` : html`Get nothing: the server does not offer this protocol, or the gate did not check it.`;
		return html`<li class="${Line.word(outcome)}"><h3>${mark(outcome)} ${eraName(era)} <small>${Line.word(verdictWords[verdict])}</small></h3><p class="who">${Line.word(eraClients[era])}</p><p>${result}</p></li>`;
	});
	return html`<section aria-labelledby="clients">
<h2 id="clients">What each client would see</h2>
${wallText(gate)}
<ul class="clients">${cards}</ul>
${hostList(gate)}
</section>`;
}
function wallText({ wall }) {
	if (wall === void 0) return html``;
	return html`<p class="card">A client without credentials gets an authentication challenge. It leads to a login at <code>${shown(wall.authorizationServers.join(", "))}</code>.</p>`;
}
function hostList({ contract, eras }) {
	if (!Object.values(eras).some(({ verdict }) => verdict === "passed") || contract === void 0) return html`<p class="remark">No protocol passed, so the requirements of hosts were not compared with the tools.</p>`;
	const refusals = findHostRefusals(contract.tools);
	return html`<h3>Hosts</h3>
<p class="remark">The tools were compared with the published limits of these hosts. No host was started.</p>
<ul class="card checks">${Object.keys(hostTitles).map((host) => {
		const own = refusals.filter(({ hosts }) => hosts.includes(host));
		const outcome = own.length === 0 ? "passed" : "not-required";
		const result = own.length === 0 ? html`<p>No conflict found.</p>` : html`${own.map(refusalText)}`;
		return html`<li>${mark(outcome)}<span class="name">${Line.word(hostTitles[host])}</span><div class="observed">${result}</div></li>`;
	})}</ul>`;
}
function refusalText({ tool, what, source }) {
	const subject = tool === void 0 ? html`The tool list` : html`The tool <code>${shown(tool, 200)}</code>`;
	const [repository = "", number = ""] = source.split("#");
	const reference = link(html`${Line.word(source)}`, `https://github.com/${repository}/issues/${number}`);
	return html`<p>${subject} ${Line.word(what)} (${reference}).</p>`;
}
function timelineSection({ rounds }, recording) {
	const picked = pickRounds(rounds);
	const items = [];
	let next = 0;
	for (const index of picked) {
		if (index > next) items.push(skippedRounds(rounds.slice(next, index), next));
		const round = rounds[index];
		if (round) items.push(roundDetails(round, index, index === 0 || index === rounds.length - 1, recording));
		next = index + 1;
	}
	return html`<section aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
<p class="remark">Times are UTC. Open a line to read the request and the reply.
<span class="legend"><span class="dns">DNS</span> <span class="tcp">TCP</span> <span class="tls">TLS</span> <span class="headers">until the headers</span> <span class="body">body</span></span></p>
${items}
</section>`;
}
function pickRounds(rounds) {
	const last = Math.max(0, rounds.length - maxLastRounds);
	const isTurn = (index) => rounds[index]?.verdict !== rounds[index - 1]?.verdict;
	const wanted = rounds.map((_, index) => index).filter((index) => index === 0 || index >= last || isTurn(index));
	return wanted.length <= maxRounds ? wanted : [...wanted.slice(0, 21), ...wanted.slice(-3)];
}
function skippedRounds(rounds, from) {
	const verdicts = [...new Set(rounds.map(({ verdict }) => verdict))].map(verdictText);
	const numbers = rounds.length === 1 ? html`Round ${from + 1}` : html`Rounds ${from + 1} to ${from + rounds.length}`;
	const named = verdicts.slice(0, 8).map((text, index) => index === 0 ? text : html`, ${text}`);
	const [first, last] = [rounds[0], rounds.at(-1)].map((each) => timeOfDay(each?.startedAt ?? ""));
	return html`<p class="skipped">${numbers}, from ${first} to ${last}: ${named}</p>`;
}
function verdictText(verdict) {
	return verdict === "green" ? html`passed` : html`<code>${failureCode(verdict)}</code>`;
}
function roundDetails(round, index, isOpen, recording) {
	const { startedAt, elapsedMs, verdict, exchanges, survey } = round;
	const head = html`<h3>${mark(verdict === "green" ? "passed" : "failed")} Round ${index + 1}</h3> <span class="round-verdict">${verdictText(verdict)}</span> <span class="meta">${timeOfDay(startedAt)} \u00b7 ${milliseconds(elapsedMs)} \u00b7 ${count(exchanges.length, "exchange")}</span>`;
	const sampling = survey === void 0 ? html`` : html`<details class="sampling"><summary><h4>${mark(survey.verdict === "green" ? "passed" : "failed")} Repeated on fresh connections</h4> <span class="meta">${survey.tries} tries, ${survey.failed} failed \u00b7 ${milliseconds(survey.elapsedMs)}</span></summary>${exchangeList(survey.exchanges, survey.verdict, recording)}</details>`;
	const content = html`${exchangeList(exchanges, verdict, recording)}${sampling}`;
	return isOpen ? html`<details class="card round" open><summary>${head}</summary>${content}</details>` : html`<details class="card round"><summary>${head}</summary>${content}</details>`;
}
function exchangeList(exchanges, verdict, recording) {
	const rows = exchanges.map((exchange) => ({
		exchange,
		transcript: recording?.find(exchange)
	}));
	if (rows.every(({ transcript }) => transcript !== void 0)) rows.sort((a, b) => (a.transcript?.sentAt ?? 0) - (b.transcript?.sentAt ?? 0));
	const isLong = rows.length > 80;
	const first = isLong ? rows.slice(0, maxFirstExchanges) : rows;
	const last = isLong ? rows.slice(-20) : [];
	const span = spanOf([...first, ...last]);
	const items = [...first, ...last].map((row) => exchangeItem(row, verdict, span));
	const omitted = rows.length - first.length - last.length;
	if (omitted > 0) items.splice(maxFirstExchanges, 0, html`<li class="skipped">${omitted} more exchanges, without their messages</li>`);
	return html`<ol class="exchanges">${items}</ol>`;
}
function spanOf(rows) {
	const starts = rows.flatMap(({ transcript }) => transcript === void 0 ? [] : [transcript.sentAt]);
	const ends = rows.flatMap(({ exchange, transcript }) => transcript === void 0 ? [] : [transcript.sentAt + exchange.elapsedMs]);
	const longest = Math.max(1, ...rows.map(({ exchange }) => exchange.elapsedMs));
	return starts.length === 0 ? {
		from: 0,
		to: longest
	} : {
		from: Math.min(...starts),
		to: Math.max(...ends, Math.min(...starts) + 1)
	};
}
function exchangeItem({ exchange, transcript }, roundVerdict, span) {
	const { era, step, method, status, elapsedMs, verdict } = exchange;
	const kind = verdict === "ok" ? Line.word("ok") : verdict === roundVerdict ? Line.word("bad") : Line.word("other");
	const head = html`<span class="time">${transcript === void 0 ? html`` : clock(transcript.sentAt)}</span><span class="step"><span class="method">${methodText(method)}</span> ${stepText(step)}</span><span class="era">${era === null ? html`authorization` : eraName(era)}</span><span class="status">${status === null ? html`no reply` : status}</span><span class="result">${verdict === "ok" ? html`ok` : html`<code>${failureCode(verdict)}</code>`}</span>${bar(exchange, transcript, span)}<span class="ms">${milliseconds(elapsedMs)}</span>`;
	return transcript === void 0 ? html`<li class="${kind}"><div class="exchange">${head}</div></li>` : html`<li class="${kind}"><details><summary class="exchange">${head}</summary>${messages(exchange, transcript)}</details></li>`;
}
const methodSteps = {
	GET: "stream of the session",
	DELETE: "end of the session"
};
function stepText(step) {
	return shown(methodSteps[step] ?? step, 100);
}
function clock(ms) {
	return html`${Line.word(new Date(ms).toISOString().slice(11, 23))}`;
}
function milliseconds(ms) {
	return ms < 1e4 ? line`${Math.round(ms)} ms` : seconds(ms);
}
const phases = [
	"dns",
	"tcp",
	"tls",
	"headers",
	"body",
	"proxy"
];
function methodText(method) {
	return wordOf([
		"GET",
		"POST",
		"DELETE"
	], method);
}
const phaseNames = {
	dns: "DNS",
	tcp: "TCP",
	tls: "TLS",
	headers: "until the headers",
	body: "body"
};
const barUnits = 1e3;
function bar({ phases, elapsedMs }, transcript, { from, to }) {
	const unitsOf = (ms) => Math.round(ms / (to - from) * barUnits);
	let at = transcript === void 0 ? 0 : transcript.sentAt - from;
	const parts = Object.keys(phaseNames).flatMap((name) => {
		const ms = phases[name];
		if (ms === null) return [];
		const x = Math.min(unitsOf(at), 996);
		at += ms;
		return [html`<rect class="${Line.word(name)}" x="${x}" y="0" width="${Math.max(unitsOf(ms), 4)}" height="10"/>`];
	});
	const texts = Object.keys(phaseNames).filter((name) => phases[name] !== null).map((name) => `${phaseNames[name]} ${Math.round(phases[name] ?? 0)} ms`);
	const label = texts.length === 0 ? line`${Math.round(elapsedMs)} ms` : line`${Line.word(texts.join(", "))}`;
	return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label="${label}"><title>${label}</title>${parts}</svg>`;
}
const endingTexts = {
	end: void 0,
	enough: void 0,
	cut: "The connection broke before the end of the body.",
	slow: "The body did not end in time.",
	"too-big": "The gate stopped reading, because the body is too large.",
	"bad-encoding": "The body could not be decompressed."
};
function messages({ method, status, bytes }, transcript) {
	const { url, isRedirected, requestHeaders, requestBody, reply, fault, holdsCredentials } = transcript;
	const redirected = isRedirected ? html`<p class="remark">The server redirected the request to this address.</p>` : html``;
	const address = recordedText({
		...url,
		text: publicUrl(url.text)
	}, isWhole(url));
	const request = html`<section><h4>Request</h4>
<p class="start"><code><b>${methodText(method)}</b> ${address.shorten(maxLineUnits)}</code></p>${redirected}
${headerList(requestHeaders)}
${bodyText(requestBody, holdsCredentials && method === "POST")}</section>`;
	const ending = reply === void 0 ? void 0 : endingTexts[reply.ending];
	return html`<div class="messages">${request}${reply === void 0 ? html`<section><h4>No reply</h4>
<p class="start"><code>${failureCode(fault?.code ?? "")}</code> in the phase ${wordOf(phases, fault?.phase ?? "")}</p>
<p>${fault === void 0 ? "" : recordedText(fault.message).shorten(maxLineUnits)}</p></section>` : html`<section><h4>Reply</h4>
<p class="start"><code>HTTP <b>${status ?? ""}</b></code> \u00b7 ${bytes} bytes</p>
${headerList(reply.headers)}
${bodyText(reply.body, holdsCredentials)}
${ending === void 0 ? html`` : html`<p class="remark">${Line.word(ending)}</p>`}</section>`}</div>`;
}
function isWhole({ text, units }) {
	return text.length >= units;
}
function recordedText(recorded, isComplete = isWhole(recorded)) {
	return isComplete ? plain`${recorded.text}` : Plain.startOf(recorded.text);
}
function headerList(headers) {
	if (headers.length === 0) return html``;
	return html`<dl class="headers">${headers.map((header) => html`<div><dt>${shown(header.name, 200)}</dt><dd>${headerValue(header)}</dd></div>`)}</dl>`;
}
function headerValue({ name, value, session }) {
	if (session !== void 0) return html`<i>session ${session}, the id was not recorded</i>`;
	if (value === void 0) return html`<i>not recorded</i>`;
	return html`${shown(name === "location" ? publicUrl(value) : value)}`;
}
function bodyText(body, holdsCredentials) {
	if (body === void 0) return holdsCredentials ? html`<p class="remark">The body holds credentials, so it was not recorded.</p>` : html``;
	if (body.units === 0) return html`<p class="remark">The body is empty.</p>`;
	const text = recordedText(body);
	const isLong = !isWhole(body) || text.length > maxBodyUnits;
	const start = isLong ? text.start(maxBodyUnits) : text;
	const omitted = isLong ? html`<p class="remark">These are the first ${start.length} of ${body.units} characters. The rest was left out.</p>` : html``;
	return html`${codeBlock(start)}${omitted}`;
}
function toolSection({ tools }) {
	if (tools.length === 0) return html``;
	const items = tools.slice(0, maxTools).map((name) => html`<li><code>${shown(name, 200)}</code></li>`);
	const more = tools.length - items.length;
	return html`<section aria-labelledby="tools">
<h2 id="tools">Tools</h2>
<ul class="card tools">${items}${more > 0 ? html`<li>and ${more} more</li>` : html``}</ul>
</section>`;
}
function footer(recording) {
	return html`<footer><p>Written by <code>terraform-mcp-deploy</code>. The page needs no network and runs no script. <code>***</code> is a secret that was removed. ${recording === void 0 ? html`The messages of this gate were not recorded.` : html`Values of the headers that you set, cookies, session ids and the messages of a token request were never recorded. Of a long gate, only the first and the last messages were.`}</p></footer>`;
}
export { renderGatePage };
