/** The part of the `edtf` package that is used: its grammar. Months count from 0 in its trees. */
declare module 'edtf' {
  export interface EdtfNode {
    readonly type: 'Date' | 'Year' | 'Decade' | 'Century' | 'Season' | 'Interval' | 'List' | 'Set';
    readonly level: number;
    readonly values: readonly unknown[];
    readonly unspecified?: number;
    readonly uncertain?: boolean | number;
    readonly approximate?: boolean | number;
    readonly earlier?: boolean;
    readonly later?: boolean;
  }
  export function parse(text: string): EdtfNode;
}
