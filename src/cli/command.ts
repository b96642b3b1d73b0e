import type { Skipped } from '../machine/front.ts';
import type { Machine } from '../machine/machine.ts';
import type { Day } from '../time/day.ts';
import type { Painter } from './format/paint.ts';

/** Where the command writes. */
export interface Writer {
  write(text: string | Uint8Array): unknown;
}

/** The keyboard, as far as `replay` needs it. */
export interface Keys {
  readonly isTTY?: boolean | undefined;
  setRawMode?(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data' | 'end', listener: (chunk: Buffer | string) => void): unknown;
  off(event: 'data' | 'end', listener: (chunk: Buffer | string) => void): unknown;
}

/** Everything the command takes from the world, so that a test can give it another one. */
export interface Io {
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly stdin?: Keys | undefined;
  /** What comes in on standard input, for a command that reads a file. */
  readonly input?: AsyncIterable<Buffer | string> | undefined;
  /** Whether results go to a terminal. */
  readonly isTTY: boolean;
  /** Width of that terminal, when known. */
  readonly columns?: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The clock; the system’s unless given, and then asked only by a question that needs it. */
  readonly now?: (() => Date) | undefined;
  /** Opens the record; the machine's own front door unless a test brings another. */
  readonly openRecord?:
    | ((options?: {
        readonly folder?: string;
        readonly store?: string;
        readonly strict?: boolean;
        readonly onSkipped?: (skipped: Skipped) => void;
        readonly today?: () => Day;
      }) => Promise<Machine>)
    | undefined;
  /** Whether stderr is a terminal, on which progress may be drawn. */
  readonly progress?: boolean | undefined;
}

export const FORMATS = ['table', 'json', 'csv', 'markdown'] as const;
export type Format = (typeof FORMATS)[number] | 'sarif' | 'xkos';

/** What options may say; a command reads those it declares. */
export interface Options {
  readonly at?: string;
  readonly publishedBy?: string;
  readonly recordedBy?: string;
  readonly dates?: 'legal' | 'operational';
  readonly kind?: readonly string[];
  readonly toKind?: string;
  readonly partOf?: string;
  readonly without?: string;
  readonly format?: Format;
  readonly record?: string;
  readonly color?: boolean;
  readonly width?: number;
  readonly all?: boolean;
  readonly back?: boolean;
  readonly forward?: boolean;
  readonly changedOnly?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly milestone?: string;
  readonly theme?: string;
  readonly about?: string;
  readonly step?: number;
  readonly every?: 'day' | 'month' | 'quarter' | 'year' | 'change';
  readonly limit?: number;
  readonly conflicts?: boolean;
  readonly rules?: boolean;
  readonly store?: string;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
  readonly sources?: string;
  readonly output?: string;
  readonly loss?: string;
  readonly subject?: string;
  readonly recorded?: string;
  readonly source?: string;
  readonly asAt?: string;
  readonly column?: string;
  readonly separator?: string;
  readonly header?: boolean;
  readonly policy?: string;
  readonly shareOf?: string;
  readonly values?: readonly string[];
  readonly shares?: string;
  readonly decimals?: number;
  readonly anyDate?: boolean;
  readonly exceptions?: string;
  readonly report?: string;
  readonly host?: string;
  readonly port?: number;
  readonly prefix?: string;
  readonly tokenFile?: string;
  readonly log?: string;
  readonly logQuery?: boolean;
  readonly formats?: string;
}

/** An option as help shows it and as it is parsed. */
export interface OptionSpec {
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  /** May be given several times; the values make a list. */
  readonly repeat?: boolean;
  /** A whole number of at least this. */
  readonly least?: number;
}

/** An argument: `<required>` or `[optional]`, and what it is. */
export interface ArgumentSpec {
  readonly usage: string;
  readonly summary: string;
}

export interface Example {
  readonly line: string;
  readonly means: string;
}

/** One command of `stood`: everything its help, its parsing and its running need. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  readonly details?: readonly string[];
  /** What to say to somebody who gives more arguments than there are. */
  readonly tooMany?: string;
  run(ctx: Context): Promise<number>;
}

/** What a running command has at hand. */
export interface Context {
  readonly args: readonly string[];
  readonly options: Options;
  readonly io: Io;
  readonly format: Format;
  readonly width: number;
  readonly paint: Painter;
  /** The machine over the shipped record, `--record` or `--store`; opened once. */
  machine(): Promise<Machine>;
  /** Writes a result. */
  out(text: string): void;
  /** Writes what is not a result, to stderr. */
  note(text: string): void;
}
