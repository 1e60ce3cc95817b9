/** The style sheet of the gate's page: light and dark by the setting of the reader, on a phone and on a wide screen. */
import { css } from './html.ts'

export const pageStyle = css`
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
.round > summary::before, .sampling > summary::before, summary.exchange::before { content: "▸"; color: var(--faint); width: 0.8rem; text-align: center; }
details[open] > summary::before { content: "▾"; }
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
`
