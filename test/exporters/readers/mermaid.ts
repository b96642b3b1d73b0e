import { JSDOM } from 'jsdom';
import type { Output } from '../../../src/exporters/index.ts';
import type { Recovered } from './index.ts';
import { textOf } from './index.ts';

/** A flowchart as Mermaid keeps it, or a timeline, which has none of these. */
export interface Diagram {
  readonly type: string;
  readonly db: {
    readonly getVertices?: () => ReadonlyMap<string, { readonly text?: string; readonly classes: readonly string[] }>;
    readonly getEdges?: () => readonly { readonly start: string; readonly end: string; readonly text: string }[];
    readonly getSubGraphs?: () => readonly { readonly title: string; readonly nodes: readonly string[] }[];
    readonly getTasks?: () => readonly {
      readonly section: string;
      readonly task: string;
      readonly events: readonly string[];
    }[];
    readonly getDiagramTitle?: () => string;
    readonly getAccTitle?: () => string;
    readonly getAccDescription?: () => string;
  };
}

type Mermaid = typeof import('mermaid').default;
let loaded: Promise<Mermaid> | undefined;

/** Mermaid, which wants a window when it is loaded and never asks for it again. */
function load(): Promise<Mermaid> {
  loaded ??= (async () => {
    const { window } = new JSDOM('');
    Object.assign(globalThis, { window, document: window.document });
    const mermaid = (await import('mermaid')).default;
    mermaid.initialize({ startOnLoad: false });
    return mermaid;
  })();
  return loaded;
}

/** The diagram as Mermaid's own parser reads it; throws at what it refuses. */
export async function parsedMermaid(text: string): Promise<Diagram> {
  const mermaid = await load();
  await mermaid.parse(text);
  return (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as Diagram;
}

/** A label with its entities undone, as Mermaid shows it. */
export function shown(text: string): string {
  return text
    .replace(/ﬂ°°(\d+)¶ß|#(\d+);/g, (_, one?: string, other?: string) => String.fromCodePoint(Number(one ?? other)))
    .replace(/<br\/?>/g, '\n');
}

/** Read by Mermaid's parser, which must take it: a drawing says nothing that could be read back equal. */
export async function readMermaid(output: Output): Promise<readonly Recovered[]> {
  await parsedMermaid(textOf(output));
  return [];
}
