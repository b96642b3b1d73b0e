import { randomUUID } from 'node:crypto';
import { startLoopback } from './index.ts';
import type { Proposed } from './log.ts';

// A loopback server in a process of its own, told what to do by the one that started it.

/** What the server is told: to fill itself, or to append so many events a second for so long. */
export type Order = { readonly fill: number } | { readonly rate: number; readonly seconds: number };
/** What it says: where it is, or that it is done. */
export type Report = { readonly address: string } | { readonly done: number };

const IN_STREAM = 1_000;
const TICK = 10;

const node = await startLoopback({ keepEncoded: true });
let made = 0;

function proposed(type: string, data: object): Proposed {
  const metadata = {
    effective: '2022-07-01',
    sources: ['a-register'],
    recordedAt: '2026-11-21',
    hash: 'f'.repeat(64),
    milestone: slug(),
    sequence: made % IN_STREAM,
    schema: 1,
    at: Date.now(),
  };
  const bytes = (value: object): Buffer => Buffer.from(JSON.stringify(value));
  return { id: randomUUID(), type, contentType: 'application/json', data: bytes(data), metadata: bytes(metadata) };
}

const slug = (): string => `made-${Math.floor(made / IN_STREAM)}`;

/** The next of them: an event of a record, after the one source that they all cite. */
function next(): { readonly stream: string; readonly event: Proposed } {
  if (made === 0) {
    made += 1;
    const source = { source: 'a-register', title: 'A register', publisher: 'Somebody', kind: 'register' };
    return { stream: 'registry-sources', event: proposed('SourceDescribed', source) };
  }
  const type = 'OrganisationEstablished';
  const name = `NHS Number ${made} Integrated Care Board`;
  const told = {
    stream: `milestone-${slug()}`,
    event: proposed(type, {
      id: `${slug()}/e-${made}`,
      type,
      effective: '2022-07-01',
      data: { organisation: `icb/b-${made}`, name, kind: 'integrated-care-board' },
      sources: ['a-register'],
    }),
  };
  made += 1;
  return told;
}

function append(count: number): void {
  const streams = new Map<string, Proposed[]>();
  for (let n = 0; n < count; n += 1) {
    const { stream, event } = next();
    const events = streams.get(stream) ?? [];
    events.push(event);
    streams.set(stream, events);
  }
  for (const [stream, events] of streams) node.log.append(stream, events, 'any');
}

const say = (report: Report): void => void process.send?.(report);

process.on('message', (order: Order) => {
  if ('fill' in order) {
    for (let left = order.fill; left > 0; left -= IN_STREAM) append(Math.min(left, IN_STREAM));
    return say({ done: order.fill });
  }
  const begun = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    // By the clock, not by the tick: a busy machine skips ticks.
    const due = Math.min(order.rate * order.seconds, Math.floor(((Date.now() - begun) / 1000) * order.rate));
    if (due > sent) append(due - sent);
    sent = Math.max(sent, due);
    if (sent >= order.rate * order.seconds) {
      clearInterval(timer);
      say({ done: sent });
    }
  }, TICK);
});
process.on('disconnect', () => process.exit());
say({ address: node.address });
