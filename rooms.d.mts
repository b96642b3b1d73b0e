export interface Room {
  readonly name: string;
  readonly folder: string;
  readonly why: string;
  readonly may: readonly string[];
  readonly mayType?: readonly string[];
  readonly mayFile?: Readonly<Record<string, readonly string[]>>;
  readonly packages: readonly string[];
  readonly node: boolean;
}
export const ROOMS: readonly Room[];
export const LATE_PACKAGES: readonly string[];
export function roomsDiagram(): string;
export function roomsTable(): string;
