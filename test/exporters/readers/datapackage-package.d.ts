/** What these tests use of the `datapackage` package, which ships no types. */
declare module 'datapackage' {
  export interface Resource {
    readonly name: string;
    readonly schema: { readonly foreignKeys: readonly object[] };
    /** Throws when a foreign key points nowhere. */
    checkRelations(): Promise<boolean>;
    /** Rows by the names of their fields; throws at a cell that is not of its type, or a key that stands twice. */
    read(options: { readonly keyed: true }): Promise<readonly Readonly<Record<string, unknown>>[]>;
  }

  export const Package: {
    load(
      descriptor: string,
      options: { readonly basePath: string; readonly strict: boolean },
    ): Promise<{ readonly resources: readonly Resource[] }>;
  };
}
