declare module 'jsdom' {
  /** As much of a document as the tests read; the house is checked without the types of a browser. */
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
    constructor(html: string);
    readonly window: { readonly document: Whole };
  }
}
