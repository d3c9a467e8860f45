import { createHash } from 'node:crypto';
import { type Palette, palette, type Scheme } from '../palette.ts';
import type { Look } from '../settings.ts';

/** The style sheet of one look, and what the security header must name to let it run: `style-src '${hash}'`. */
export interface StyleSheet {
  text: string;
  hash: string;
}

const sheets = new Map<string, StyleSheet>();

/**
 * The one style sheet of all pages in a brand's colours: system fonts, light and dark, readable from 320 px on, made to be printed. Logical
 * properties only, so that a language written from right to left turns everything round.
 */
export function styleSheet(look: Look = {}): StyleSheet {
  const key = JSON.stringify(look);
  const known = sheets.get(key);
  if (known !== undefined) return known;
  const text = colours(palette(look)) + RULES;
  const made = { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
  sheets.set(key, made);
  return made;
}

function colours({ light, dark, font }: Palette): string {
  return `
:root{color-scheme:light dark;--font:${font};${variables(light)};--soft:#575c59;--line:#d9d8d1;--edge:#7d827f;--alarm:#a3212b;--alarm-tint:#fbeeee}
@media (prefers-color-scheme:dark){:root{${variables(dark)};--soft:#a9b0ac;--line:#343a37;--edge:#7f8783;--alarm:#ff9c98;--alarm-tint:#341e1f}}
`;
}

function variables({ ground, sheet, ink, accent, accentDeep, onAccent, tint }: Scheme): string {
  return `--ground:${ground};--sheet:${sheet};--ink:${ink};--accent:${accent};--accent-deep:${accentDeep};--on-accent:${onAccent};--tint:${tint}`;
}

const RULES = `*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-block:5rem}
body{margin:0 auto;padding:0 1rem;max-inline-size:37rem;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 var(--font);overflow-wrap:anywhere}
p,ul,dl,dd,fieldset,address{margin:0;padding:0}
ul{padding-inline-start:1.25rem}
header svg{display:block;block-size:2.25rem;inline-size:auto;max-inline-size:100%}
header{padding:1.25rem .25rem .75rem;font-weight:650;letter-spacing:-.005em}
main{display:grid;gap:1.25rem;padding:1.75rem 1.25rem;background:var(--sheet);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 2px #0000000a,0 12px 32px -16px #0000001f}
main>*{min-inline-size:0}
h1{margin:0;font-size:clamp(1.5rem,1.1rem + 2.2vw,2rem);line-height:1.2;letter-spacing:-.02em;font-weight:700;text-wrap:balance;hyphens:auto}
.lead{color:var(--soft);text-wrap:pretty}
.small{font-size:.9375rem;line-height:1.5;color:var(--soft)}
.step{margin-block-end:-.9rem;font-size:.9375rem;font-weight:650;color:var(--accent)}
.signal{display:grid;margin:0 .25rem 1rem;font-size:.9375rem;line-height:1.5;color:var(--soft)}
.signal label{display:inline-flex;min-block-size:2.75rem;gap:.5rem;align-items:center;color:var(--ink)}
.signal input{flex:none;inline-size:1.125rem;block-size:1.125rem;margin:0}
a{color:var(--accent);text-underline-offset:.2em}
a:hover{color:var(--accent-deep);text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
form{display:grid;gap:1.5rem}
.first{gap:.625rem}
.field{display:grid;gap:.375rem}
label[for],legend{padding:0;font-weight:650}
input[type=text],textarea{display:block;inline-size:100%;min-block-size:3.25rem;margin-block-start:.25rem;padding:.5rem .875rem;font:inherit;color:inherit;background:var(--sheet);border:1.5px solid var(--edge);border-radius:.625rem}
textarea{min-block-size:11rem;resize:vertical}
input[type=text]:focus,textarea:focus{outline:3px solid var(--accent);outline-offset:0;border-color:transparent}
input[type=file]{inline-size:100%;min-block-size:2.75rem;font:inherit;color:inherit}
[aria-invalid]{border-color:var(--alarm);border-width:2px}
fieldset{min-inline-size:0;border:0}
legend{margin-block-end:.625rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;min-block-size:3rem;padding:.6875rem .875rem;border:1px solid var(--line);cursor:pointer}
.choice+.choice{margin-block-start:-1px}
.choice:first-of-type{border-radius:.625rem .625rem 0 0}
.choice:last-of-type{border-radius:0 0 .625rem .625rem}
.choice:only-of-type{border-radius:.625rem}
.choice:hover{background:var(--tint)}
.choice:has(:checked){position:relative;background:var(--tint);border-color:var(--accent)}
.choice:has(:focus-visible){position:relative;outline:3px solid var(--accent);outline-offset:2px}
.choice input{flex:none;inline-size:1.25rem;block-size:1.25rem;margin:.2rem 0 0;accent-color:var(--accent);outline:0}
button,.action{display:inline-flex;align-items:center;justify-content:center;min-block-size:3.25rem;padding:.625rem 1.5rem;font:inherit;font-weight:650;line-height:1.3;text-align:center;border-radius:.625rem;cursor:pointer}
button{inline-size:100%;color:var(--on-accent);background:var(--accent);border:1.5px solid transparent}
button:hover{background:var(--accent-deep)}
button.quiet{justify-self:start;inline-size:auto;min-block-size:2.75rem;padding:.375rem 1.125rem;color:var(--accent);background:transparent;border-color:var(--edge)}
input[type=file]{max-inline-size:100%;font:inherit}
::file-selector-button{min-block-size:2.75rem;margin-inline-end:.75rem;padding:.375rem 1.125rem;font:inherit;font-weight:650;color:var(--accent);background:transparent;border:1.5px solid var(--edge);border-radius:.625rem;cursor:pointer}
button.quiet:hover{border-color:var(--accent);background:var(--tint)}
.action{color:var(--accent);border:1.5px solid var(--edge);text-decoration:none}
.action:hover{border-color:var(--accent);background:var(--tint);text-decoration:none}
.alert{background:var(--alarm-tint);border:1.5px solid var(--alarm);border-radius:.625rem}
.alert a{display:block;padding:.875rem 1rem;font-weight:650;color:inherit}
.problem{font-weight:650;color:var(--alarm)}
.trap{position:absolute;inset-inline-start:-200vw;inline-size:1px;block-size:1px;overflow:hidden}
.outcome{display:grid;gap:1rem}
.outcome h1{text-wrap:pretty}
.outcome svg{fill:var(--accent)}
.outcome path{fill:none;stroke:var(--on-accent);stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
dl{display:grid;border-block-start:1px solid var(--line)}
dl>div{padding:.75rem 0;border-block-end:1px solid var(--line)}
dt{font-size:.9375rem;color:var(--soft)}
dd{font-weight:550}
dd a,main>p:not(.alert)>a:not(.action){display:inline-block;padding-block:.625rem}
.scopes{padding:0;list-style:none}
.scopes li+li{margin-block-start:.25rem}
.verbatim{font:.875em/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;hyphens:none;overflow-wrap:anywhere}
h2{margin:0 0 .5rem;font-size:1.25rem;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}
h3{margin:0;padding-block-end:.25rem;font-size:.9375rem;color:var(--soft);font-weight:650}
main>h2{margin:.75rem 0 -.5rem}
main>h2+dl{border:0}
h2 .verbatim{font:inherit}
:is(main:has(>h2),section) dt{font-weight:650;color:inherit}
:is(main:has(>h2),section) dd{font-weight:400}
section>h2{margin:0}
section>section+section{margin-block-start:.75rem}
main>section,main>details{padding-block-start:1.25rem;border-block-start:1px solid var(--line)}
.rows{margin-block-start:-.5rem;padding:0;list-style:none;border-block-start:1px solid var(--line)}
.rows li{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:center;justify-content:space-between;padding:.625rem 0;border-block-end:1px solid var(--line)}
.rows li:last-child{border-block-end:0}
.rows li>:first-child{flex:1 1 9rem;min-inline-size:0;line-height:1.4}
.rows li>:last-child{flex:none}
.row{gap:.625rem}
.row button.quiet{inline-size:100%}
summary{min-block-size:2.75rem;padding:.5rem 0;font-weight:650;color:var(--accent);cursor:pointer}
details form{padding-block-start:.75rem}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.state{justify-self:start;padding:.25rem .875rem;font-weight:650;color:var(--accent);background:var(--tint);border-radius:1rem}
.lifted{color:var(--soft);background:var(--ground)}
section{display:grid;gap:.75rem}
footer{padding:1.25rem .25rem 2rem;font-size:.875rem;color:var(--soft)}
address{font-style:normal}
nav{margin-block-end:.75rem}
nav ul{display:grid;grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));gap:0 1rem;padding:0;list-style:none}
.rights ul{display:flex;flex-wrap:wrap;gap:0 1rem}
nav a,.notice a{display:flex;align-items:center;min-block-size:2.75rem;color:inherit}
nav summary{inline-size:fit-content;padding-block:.625rem;font-weight:inherit;color:inherit;text-decoration:underline;text-underline-offset:.2em}
nav a[aria-current]{font-weight:650;color:var(--ink);text-decoration:none}
@media (min-width:36rem){header{padding-block-start:3rem}main{padding:2.5rem;gap:1.5rem}button:not(.quiet){inline-size:auto;justify-self:start;min-inline-size:12rem}.row{grid-template-columns:repeat(3,1fr)}.row button.quiet{padding-inline:.5rem}dl>div{display:grid;grid-template-columns:9.5rem 1fr;gap:1.25rem;align-items:baseline}}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--on-accent:#fff;--ink:#000;--soft:#333;--line:#999;--accent:#000;--tint:#fff}body{max-inline-size:none;padding:0;background:#fff;font-size:11pt}header,footer{padding-inline:0}main{padding:1rem 0;border:0;box-shadow:none}.state{padding:0}.screen,nav,.action,button{display:none}}
@media (forced-colors:active){.choice:has(:checked){border-color:Highlight}}
`;
