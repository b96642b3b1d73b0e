import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Output } from '../../../src/exporters/index.ts';
import type { Recovered } from './index.ts';
import { textOf } from './index.ts';

/** A drawing as Graphviz laid it out: clusters, nodes and edges with all their attributes and where they stand. */
export interface Drawing {
  readonly objects?: readonly {
    readonly name: string;
    readonly nodes?: readonly number[];
    readonly pos?: string;
    readonly label?: string;
    readonly [attribute: string]: unknown;
  }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly [attribute: string]: unknown }[];
}

/** Laid out by Graphviz itself, in WebAssembly; throws at what it refuses or warns of. */
export async function drawnDot(text: string): Promise<Drawing> {
  const graphviz = await Graphviz.load();
  return JSON.parse(graphviz.layout(text, 'json', 'dot')) as Drawing;
}

/** Read and laid out by Graphviz: attributes of nodes and edges. */
export async function readDot(output: Output): Promise<readonly Recovered[]> {
  const { objects = [], edges = [] } = await drawnDot(textOf(output));
  const facts: Recovered[] = [];
  for (const { name: record, from, until, certainty, events, class: kind } of objects) {
    if (kind === undefined) continue;
    for (const [part, value] of Object.entries({ value: 'exists', from, until, certainty, events }))
      facts.push({ record, field: `existence.${part}`, value: String(value) });
  }
  for (const { tail, head, how, date, event, shares } of edges) {
    const [from = '', to = ''] = [objects[tail]?.name, objects[head]?.name];
    for (const [part, value] of Object.entries({ from, to, how, date, event, shares }))
      facts.push({ record: `${from} > ${to} by ${event}`, field: `succession.${part}`, value: String(value) });
  }
  return facts;
}
