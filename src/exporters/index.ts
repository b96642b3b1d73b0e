/**
 * The formats to take the record away in.
 * @module
 */
import type { Exporter } from './exporter.ts';
import { dot } from './formats/dot.ts';
import { gexf } from './formats/gexf.ts';
import { graphml } from './formats/graphml.ts';
import { icalendar } from './formats/ical.ts';
import { json } from './formats/json.ts';
import { mermaid } from './formats/mermaid.ts';
import { timelinejs } from './formats/timelinejs.ts';

export type { Column, Database, Exporter, Loss, LossReport, Output, Table } from './exporter.ts';
export { lossReport } from './exporter.ts';

/** Every format. Adding one is a file in `formats/` and a line here. */
export const EXPORTERS: readonly Exporter[] = [json, timelinejs, icalendar, gexf, graphml, dot, mermaid];
