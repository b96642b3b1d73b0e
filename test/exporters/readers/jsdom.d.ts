/** As much of jsdom as the readers use; the package ships no types. */
declare module 'jsdom' {
  export class JSDOM {
    constructor(html: string, options?: { readonly runScripts?: 'outside-only'; readonly pretendToBeVisual?: boolean });
    readonly window: Window &
      typeof globalThis & {
        eval(script: string): unknown;
        /** Of the TimelineJS bundle, once it has been run. */
        readonly TL: { readonly Timeline: new (id: string, data: unknown, options: object) => object };
      };
  }
}
