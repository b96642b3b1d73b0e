import { EventAlreadyStored, WrongExpectedRevision } from './errors.ts';
import type { Appended, ExpectedRevision } from './port.ts';

/** What a stream looks like to an append. */
export interface StreamState {
  readonly stream: string;
  /** Revision of its last event; undefined when there is no such stream. */
  readonly last: number | undefined;
  /** Revision at which an event of this id stands in the stream, if it does. */
  readonly revisionOf: (id: string) => number | undefined;
}

/**
 * Decides an append by the contract: the answer to a repeated one, or undefined when it is to be written after `last`.
 * Throws `WrongExpectedRevision` and `EventAlreadyStored`.
 */
export function decide(ids: readonly string[], expected: ExpectedRevision, state: StreamState): Appended | undefined {
  const [firstId = ''] = ids;
  const first = state.last === undefined ? undefined : state.revisionOf(firstId);
  if (first !== undefined && isRepetition(ids, first, expected, state))
    return { revision: first + ids.length - 1, written: 0 };
  const asExpected =
    expected === 'any' ||
    (expected === 'none'
      ? state.last === undefined
      : expected === 'exists'
        ? state.last !== undefined
        : state.last === expected);
  if (!asExpected) throw new WrongExpectedRevision(state.stream, expected, state.last);
  if (first !== undefined) throw new EventAlreadyStored(state.stream, firstId, first);
  for (const id of state.last === undefined ? [] : ids) {
    const stands = state.revisionOf(id);
    if (stands !== undefined) throw new EventAlreadyStored(state.stream, id, stands);
  }
  return undefined;
}

function isRepetition(ids: readonly string[], first: number, expected: ExpectedRevision, state: StreamState): boolean {
  if (expected === 'none' && first !== 0) return false;
  if (typeof expected === 'number' && first !== expected + 1) return false;
  return ids.every((id, i) => state.revisionOf(id) === first + i);
}
