/** As much of jsdom as the tests use; the package ships no types, and the house is checked without those of a browser. */
declare module 'jsdom' {
  export interface Part {
    readonly textContent: string | null;
    readonly id: string;
    readonly className: string;
    readonly attributes: Iterable<{ readonly name: string }>;
    getAttribute(name: string): string | null;
    querySelector(selector: string): Part | null;
    querySelectorAll(selector: string): Iterable<Part> & { readonly length: number };
    remove(): void;
  }

  export interface Whole extends Part {
    readonly title: string;
    readonly body: Part;
  }

  export class JSDOM {
    constructor(html: string, options?: { readonly runScripts?: 'outside-only'; readonly pretendToBeVisual?: boolean });
    readonly window: typeof globalThis & {
      readonly document: Whole;
      eval(script: string): unknown;
      /** Of the TimelineJS bundle, once it has been run. */
      readonly TL: { readonly Timeline: new (id: string, data: unknown, options: object) => object };
    };
  }
}
