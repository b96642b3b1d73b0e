/**
 * As It Stood: what existed in the English NHS on any date, why, and who says so.
 * @module
 */
export type * from './answers.ts';
export { AskedWrongly, NotInRecord, RecordUnreadable } from './errors.ts';
export type { OpenOptions } from './front.ts';
export type { Lens, Machine, Selection, Supposing } from './machine.ts';
export { openRecord } from './open.ts';
