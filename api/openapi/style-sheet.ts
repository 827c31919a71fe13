/** The page's whole look. */
export const STYLE_SHEET = `
:root { color-scheme: light dark; --quiet: light-dark(#5c5a55, #a8a49c); --line: light-dark(#e2dfd8, #38352f); --accent: light-dark(#0b6b53, #6fd3b4); }
body { font: 16px/1.55 ui-sans-serif, system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 6rem; background: light-dark(#fbfaf7, #161512); color: light-dark(#1d1b18, #ece8e0); }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .4rem; } h4 { margin: 1rem 0 .25rem; }
a { color: var(--accent); } nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
article { padding: 1rem 0; border-bottom: 1px solid var(--line); } article h3 { margin: 0 0 .25rem; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, monospace; } .quiet { color: var(--quiet); } dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .2rem 1rem; margin: .25rem 0; } dd p, article p { margin: 0; }
dt { overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-left: 1rem; } }
.method { font: 600 .8em ui-monospace, monospace; border: 1px solid currentColor; border-radius: 4px; padding: .1em .4em; } .post { color: var(--accent); }
:target { outline: 2px solid var(--accent); outline-offset: 6px; }
`;
