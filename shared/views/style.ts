import { createHash } from 'node:crypto';

/** The one style sheet of all pages: system fonts, light and dark, readable from 320 px on, made to be printed. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f4f3ef;--sheet:#fff;--ink:#1d1f1e;--soft:#575c59;--line:#d9d8d1;--edge:#7d827f;--accent:#0f5c4a;--accent-deep:#0a4537;--on-accent:#fff;--tint:#e9f3ef;--alarm:#a3212b;--alarm-tint:#fbeeee}
@media (prefers-color-scheme:dark){:root{--ground:#121513;--sheet:#1b1f1d;--ink:#eceeec;--soft:#a9b0ac;--line:#343a37;--edge:#7f8783;--accent:#7fd6b8;--accent-deep:#a5e6cf;--on-accent:#0c211a;--tint:#1c302a;--alarm:#ff9c98;--alarm-tint:#341e1f}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:0 1rem;max-width:37rem;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:break-word}
p,ul,dl,dd,fieldset,address{margin:0;padding:0}
header{padding:1.25rem .25rem .75rem;font-weight:650;letter-spacing:-.005em}
main{display:grid;gap:1.25rem;padding:1.75rem 1.25rem;background:var(--sheet);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 2px #0000000a,0 12px 32px -16px #0000001f}
main>*{min-width:0}
h1{margin:0;font-size:clamp(1.5rem,1.1rem + 2.2vw,2rem);line-height:1.2;letter-spacing:-.02em;font-weight:700;text-wrap:balance;hyphens:auto}
.lead{color:var(--soft);text-wrap:pretty}
.small{font-size:.9375rem;line-height:1.5;color:var(--soft)}
.step{margin-bottom:-.9rem;font-size:.9375rem;font-weight:650;color:var(--accent)}
a{color:var(--accent);text-underline-offset:.2em}
a:hover{color:var(--accent-deep);text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
form{display:grid;gap:1.5rem}
.first{gap:.625rem}
.field{display:grid;gap:.375rem}
label[for],legend{padding:0;font-weight:650}
input[type=text]{width:100%;min-height:3.25rem;margin-top:.25rem;padding:.5rem .875rem;font:inherit;color:inherit;background:var(--sheet);border:1.5px solid var(--edge);border-radius:.625rem}
input[type=text]:focus{outline:3px solid var(--accent);outline-offset:0;border-color:transparent}
input[aria-invalid]{border-color:var(--alarm);border-width:2px}
fieldset{min-width:0;border:0}
legend{margin-bottom:.625rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;min-height:3rem;padding:.6875rem .875rem;border:1px solid var(--line);cursor:pointer}
.choice+.choice{margin-top:-1px}
.choice:first-of-type{border-radius:.625rem .625rem 0 0}
.choice:last-of-type{border-radius:0 0 .625rem .625rem}
.choice:hover{background:var(--tint)}
.choice:has(:checked){position:relative;background:var(--tint);border-color:var(--accent)}
.choice:has(:focus-visible){position:relative;outline:3px solid var(--accent);outline-offset:2px}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.2rem 0 0;accent-color:var(--accent);outline:0}
button,.action{display:inline-flex;align-items:center;justify-content:center;min-height:3.25rem;padding:.625rem 1.5rem;font:inherit;font-weight:650;line-height:1.3;text-align:center;border-radius:.625rem;cursor:pointer}
button{width:100%;color:var(--on-accent);background:var(--accent);border:1.5px solid transparent}
button:hover{background:var(--accent-deep)}
button.quiet{justify-self:start;width:auto;min-height:2.75rem;padding:.375rem 1.125rem;color:var(--accent);background:transparent;border-color:var(--edge)}
button.quiet:hover{border-color:var(--accent);background:var(--tint)}
.action{color:var(--accent);border:1.5px solid var(--edge);text-decoration:none}
.action:hover{border-color:var(--accent);background:var(--tint);text-decoration:none}
.alert{background:var(--alarm-tint);border:1.5px solid var(--alarm);border-radius:.625rem}
.alert a{display:block;padding:.875rem 1rem;font-weight:650;color:inherit}
.problem{font-weight:650;color:var(--alarm)}
.trap{position:absolute;left:-200vw;width:1px;height:1px;overflow:hidden}
.outcome{display:grid;gap:1rem}
.outcome h1{text-wrap:pretty}
.outcome svg{fill:var(--accent)}
.outcome path{fill:none;stroke:var(--on-accent);stroke-width:4;stroke-linecap:round;stroke-linejoin:round}
dl{display:grid;border-top:1px solid var(--line)}
dl>div{padding:.75rem 0;border-bottom:1px solid var(--line)}
dt{font-size:.9375rem;color:var(--soft)}
dd{font-weight:550}
.scopes{list-style:none}
.scopes li+li{margin-top:.25rem}
.verbatim{font:.875em/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;hyphens:none;overflow-wrap:anywhere}
h2{margin:0 0 .5rem;font-size:1.25rem;line-height:1.3;letter-spacing:-.01em;text-wrap:balance}
h3{margin:0;padding-bottom:.25rem;font-size:.9375rem;color:var(--soft);font-weight:650}
main>section,main>details{padding-top:1.25rem;border-top:1px solid var(--line)}
.rows{list-style:none;border-top:1px solid var(--line)}
.rows li{display:flex;gap:.75rem 1rem;align-items:center;justify-content:space-between;padding:.625rem 0;border-bottom:1px solid var(--line)}
.rows li:last-child{border-bottom:0}
.rows li>:first-child{min-width:0;line-height:1.4}
.rows li>:last-child{flex:none}
.row{grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.625rem;margin-top:.75rem}
.row button.quiet{width:100%}
summary{padding:.5rem 0;font-weight:650;color:var(--accent);cursor:pointer}
details form{padding-top:.75rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.state{justify-self:start;padding:.25rem .875rem;font-weight:650;color:var(--accent);background:var(--tint);border-radius:1rem}
.lifted{color:var(--soft);background:var(--ground)}
footer{padding:1.25rem .25rem 2rem;font-size:.875rem;color:var(--soft)}
address{font-style:normal}
nav ul{display:flex;flex-wrap:wrap;gap:0 1.25rem;margin-bottom:.75rem;list-style:none}
nav a{display:inline-flex;align-items:center;min-width:2.75rem;min-height:2.75rem;color:inherit}
nav a[aria-current]{font-weight:650;color:var(--ink);text-decoration:none}
@media (min-width:36rem){header{padding-top:3rem}main{padding:2.5rem;gap:1.5rem}button{width:auto;justify-self:start;min-width:12rem}dl>div{display:grid;grid-template-columns:9.5rem 1fr;gap:1.25rem;align-items:baseline}}
@media print{:root{color-scheme:light;--ground:#fff;--sheet:#fff;--on-accent:#fff;--ink:#000;--soft:#333;--line:#999;--accent:#000;--tint:#fff}body{max-width:none;padding:0;background:#fff;font-size:11pt}header,footer{padding-inline:0}main{padding:1rem 0;border:0;box-shadow:none}.state{padding:0}.screen,nav,.action,button{display:none}}
@media (forced-colors:active){.choice:has(:checked){border-color:Highlight}}
`;

/** For the header: `style-src '${STYLE_HASH}'` lets this style sheet run and no other. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
