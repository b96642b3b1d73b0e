import { randomUUID } from 'node:crypto';
import type { JsonObject, NewEvent } from '../../src/store/port.ts';

/** A UUID that no other test uses. */
export function uuid(): string {
  return randomUUID();
}

/** An event that says nothing in particular. */
export function newEvent(
  type: string,
  data: JsonObject,
  metadata: JsonObject = { recordedAt: '2026-11-21' },
): NewEvent {
  return { id: uuid(), type, data, metadata };
}

/** So many of them. */
export function newEvents(count: number, data: JsonObject = {}): NewEvent[] {
  return Array.from({ length: count }, (_, i) => newEvent('Happened', { number: i, ...data }));
}
