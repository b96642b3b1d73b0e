/**
 * The style of the pictures: in a file of its own a picture carries it, a page has it in its stylesheet once.
 * Colours: the sequential and categorical palettes of the Government Analysis Function.
 */
export const PICTURE_CSS = `
.picture { --paper: #ffffff; --ink: #0b0c0c; --quiet: #505a5f; --hair: #b1b4b6; --wash: #f3f2f1;
  --step-1: #6bace6; --step-2: #2073bc; --step-3: #12436d; --on-1: #0b0c0c; --on-2: #ffffff; --on-3: #ffffff;
  --now: #f46a25; --went: #c9cdd0; --made: #8fbde8; --split: #f4b48f;
  font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; max-width: 100%; height: auto; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { .picture { --paper: #111418; --ink: #f3f2f1; --quiet: #b1b4b6; --hair: #505a5f;
  --wash: #1d2125; --step-1: #2b4b66; --step-2: #3d86c6; --step-3: #a9d4ff; --on-1: #ffffff; --on-2: #0b0c0c; --on-3: #0b0c0c;
  --now: #ff9a61; --went: #40464b; --made: #2f5f8f; --split: #8a4a24; } }
@media print { .picture { --paper: #ffffff; --ink: #000000; --quiet: #333333; --hair: #8a8d8f; --wash: #f3f2f1;
  --step-1: #6bace6; --step-2: #2073bc; --step-3: #12436d; --on-1: #000000; --on-2: #ffffff; --on-3: #ffffff;
  --now: #d4511e; --went: #c9cdd0; --made: #8fbde8; --split: #f4b48f; print-color-adjust: exact; } }
.picture text { fill: var(--ink); font-size: 12px; }
.picture .heading { font-size: 18px; font-weight: 700; }
.picture .strong { font-weight: 700; }
.picture .small { font-size: 11px; }
.picture .quiet { fill: var(--quiet); }
.picture .number { font-size: 19px; font-weight: 700; }
.picture .tile text { text-anchor: middle; }
.picture .tile.cut text { text-anchor: start; }
.picture .tile.cut .end { text-anchor: end; }
.picture .paper { fill: var(--paper); }
.picture .step-0 { fill: var(--paper); stroke: var(--hair); stroke-width: 1.5; }
.picture .step-1 { fill: var(--step-1); }
.picture .step-2 { fill: var(--step-2); }
.picture .step-3 { fill: var(--step-3); }
.picture .on-1 text { fill: var(--on-1); }
.picture .on-2 text { fill: var(--on-2); }
.picture .on-3 text { fill: var(--on-3); }
.picture .unknown { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
.picture .prospective { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 5 3; }
.picture .border { fill: none; stroke: var(--ink); stroke-width: 3; stroke-linecap: square; }
.picture .diagonal { stroke: var(--paper); stroke-width: 2.5; }
.picture .sign { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.picture .grid { stroke: var(--hair); stroke-width: 1; }
.picture .decade { stroke: var(--quiet); stroke-width: 1.25; }
.picture .axis { stroke: var(--ink); stroke-width: 1.5; }
.picture .cursor { stroke: var(--now); stroke-width: 3; }
.picture .cursor-flag { fill: var(--now); }
.picture .span { fill: var(--wash); stroke: var(--hair); stroke-width: 1; }
.picture .span-now { fill: var(--step-3); stroke: var(--step-3); stroke-width: 1; }
.picture .span-maybe { fill: none; stroke: var(--quiet); stroke-width: 1; stroke-dasharray: 4 3; }
.picture .now-text { fill: var(--on-3); font-weight: 700; }
.picture .tick { stroke: var(--ink); stroke-width: 1; }
.picture .bar { fill: var(--ink); }
.picture .bar-end { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5; }
.picture .bar-asked { fill: var(--now); }
.picture .ribbon { stroke: var(--paper); stroke-width: 0.75; }
.picture .went-on { fill: var(--went); }
.picture .replaced { fill: var(--went); }
.picture .merged { fill: var(--made); }
.picture .divided { fill: var(--split); }
.picture .changed { fill: var(--now); }
.picture .hatch { stroke: var(--ink); stroke-width: 1; stroke-opacity: 0.35; }
.picture .unmeasured { fill: none; stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
.picture .halo { stroke: var(--paper); stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }
.picture .surely { fill: none; stroke: var(--step-2); stroke-width: 2.5; }
.picture .perhaps { fill: var(--step-1); fill-opacity: 0.45; stroke: var(--step-2); stroke-width: 1; stroke-dasharray: 4 3; }
.picture a:focus-visible { outline: 3px solid var(--now); outline-offset: 2px; }
@media (forced-colors: active) { .picture { --paper: Canvas; --ink: CanvasText; --quiet: CanvasText; --hair: GrayText; --wash: Canvas;
  --step-1: Canvas; --step-2: Canvas; --step-3: Canvas; --on-1: CanvasText; --on-2: CanvasText; --on-3: CanvasText;
  --now: Highlight; --went: Canvas; --made: Canvas; --split: Canvas; }
.picture .step-1, .picture .step-2, .picture .step-3, .picture .ribbon, .picture .span-now { stroke: CanvasText; stroke-width: 1; } .picture .diagonal { stroke: CanvasText; } }
`.trim();
