import { sizes } from './ladder-style.ts'

/** How the causal graph is coloured, after the classes of its nodes and arrows: on paper, on a screen, and in the dark. */
export const STYLE = `
.c text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1d2733}${sizes}
.c .paper{fill:#fff}.c .sentence,.c .small{fill:#66727f}.c .graph>polygon{fill:none;stroke:none}.c .aside{opacity:.42}
.c .node>*{stroke:#1d2733;fill:#fff}.c .node>text{stroke:none;fill:#1d2733}.c .cluster>path{fill:#f4f7fa;stroke:#c6ced7}
.c .move>*{stroke:#14532d;fill:#e9f5ee}.c .move>text{stroke:none;fill:#14532d}.c .timer>*{stroke:#7a4b00;fill:#fdf4e3}.c .timer>text{stroke:none;fill:#7a4b00}
.c .dead>*{stroke:#b71c1c;fill:#fdeceb;stroke-dasharray:5 2}.c .dead>text{stroke:none;fill:#b71c1c}
.c .edge>path{fill:none;stroke:#1d2733}.c .edge>polygon{fill:#1d2733;stroke:#1d2733}.c .before>path{stroke:#8793a1}.c .before>polygon{fill:#8793a1;stroke:#8793a1}
.c .lost>path{stroke:#b71c1c;stroke-dasharray:5 2}.c .loop>path{stroke:#b71c1c;stroke-width:2}.c .lost>polygon,.c .loop>polygon{fill:#b71c1c;stroke:#b71c1c}.c .loop>text{fill:#b71c1c}
@media (prefers-color-scheme:dark){.c text,.c .node>text{fill:#e6edf3}.c .paper,.c .node>*{fill:#12171d}.c .node>*{stroke:#e6edf3}.c .node>text{stroke:none}.c .sentence,.c .small{fill:#98a5b3}.c .cluster>path{fill:#1b232c;stroke:#3b4651}
.c .move>*{fill:#15301f;stroke:#8fd3a5}.c .move>text{fill:#8fd3a5}.c .timer>*{fill:#33270e;stroke:#e3b565}.c .timer>text{fill:#e3b565}.c .dead>*{fill:#3a1a19;stroke:#ff8a80}.c .dead>text,.c .loop>text{fill:#ff8a80}
.c .edge>path{stroke:#e6edf3}.c .edge>polygon{fill:#e6edf3;stroke:#e6edf3}.c .before>path{stroke:#6f7d8c}.c .before>polygon{fill:#6f7d8c;stroke:#6f7d8c}.c .lost>path,.c .loop>path{stroke:#ff8a80}.c .lost>polygon,.c .loop>polygon{fill:#ff8a80;stroke:#ff8a80}}
`.replaceAll('\n', '')
