import { FONTS } from './label.ts'

/** The classes of text, by size. */
export const sizes = Object.entries(FONTS)
  .map(([name, font]) => `.${name}{font-size:${font.size}px${'bold' in font ? ';font-weight:bold' : ''}}`)
  .join('')

/** The style sheet of a ladder. Black and white, print and dark mode: every meaning has a shape besides its colour. */
export const STYLE = `
.l{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1d2733}${sizes}
.paper{fill:#fff}.pale{fill:#66727f}.move{fill:#14532d}.timer{fill:#7a4b00}.dead{fill:#b71c1c}
.life{stroke:#8793a1;stroke-width:1.5}.gap{stroke-dasharray:2 5}.band{fill:#dbe7f5;stroke:#2f6fb0;stroke-width:1}.stale{fill:url(#hatch);stroke:#b71c1c;stroke-width:.7}
.msg{stroke:#1d2733;stroke-width:1.4;fill:none}.lost{stroke:#b71c1c}.tip{fill:#1d2733}.tube{stroke:#8793a1;stroke-width:8;opacity:.35;fill:none}.cross{stroke:#b71c1c;stroke-width:2.6}
.head-box{fill:#fff;stroke:#1d2733}.note{fill:#fff;stroke-width:1}.note-move{stroke:#14532d}.note-timer{stroke:#7a4b00}.note-dead{stroke:#b71c1c}.clock{fill:none;stroke:#7a4b00;stroke-width:1.1}
.loop{fill:none;stroke:#b71c1c;stroke-width:1.5;stroke-dasharray:7 4}.aside{opacity:.42}.here-box{fill:none;stroke:#b58900;stroke-width:2.2}
@media (prefers-color-scheme:dark){.l{fill:#e6edf3}.paper,.head-box,.note{fill:#12171d}.pale{fill:#98a5b3}.life,.tube{stroke:#6f7d8c}.band{fill:#1f3550;stroke:#7fb2e5}.msg,.head-box{stroke:#e6edf3}.lost,.cross,.loop,.stale,.note-dead{stroke:#ff8a80}.dead{fill:#ff8a80}.move{fill:#8fd3a5}.timer{fill:#e3b565}.note-move{stroke:#8fd3a5}.note-timer,.clock{stroke:#e3b565}.tip{fill:#e6edf3}}
@media print{.l,.pale,.dead,.move,.timer,.tip{fill:#000}.msg,.cross,.loop,.stale,.note,.band,.life{stroke:#000}.band{fill:#eee}.paper,.head-box,.note{fill:#fff}}
`.replaceAll('\n', '')

/** What an axis of time needs besides. */
export const AXIS_STYLE =
  '.axis{fill:none;stroke:#66727f;stroke-width:1.2}.axis-widened{stroke-dasharray:2 3}.axis-standing{stroke-width:4}' +
  '@media (prefers-color-scheme:dark){.axis{stroke:#98a5b3}}@media print{.axis{stroke:#000}}'
