// Neither package ships types; these are as much of them as the tests use.

declare module 'n3' {
  export interface ReadTerm {
    readonly termType: string;
    readonly value: string;
    readonly language?: string;
    readonly datatype?: { readonly value: string };
  }
  export interface Quad {
    readonly subject: ReadTerm;
    readonly predicate: ReadTerm;
    readonly object: ReadTerm;
  }
  export class Parser {
    parse(text: string): Quad[];
  }
}

declare module 'jsonld' {
  interface Reading {
    readonly documentLoader?: (url: string) => Promise<never>;
  }
  const jsonld: { toRDF(document: unknown, options?: Reading): Promise<unknown> };
  // biome-ignore lint/style/noDefaultExport: the package has no other
  export default jsonld;
}
