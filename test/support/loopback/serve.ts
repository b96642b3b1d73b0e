import { randomUUID } from 'node:crypto';
import { startLoopback } from './index.ts';
import type { Proposed } from './log.ts';

// A loopback server in a process of its own, told what to do by the one that started it.

/** What the server is told: to fill itself, or to append so many events a second for so long. */
export type Order = { readonly fill: number } | { readonly rate: number; readonly seconds: number };
/** What it says: where it is, or that it is done. */
export type Report = { readonly address: string } | { readonly done: number };

const PAYLOAD = {
  organisation: 'icb/devon',
  name: 'NHS Devon Integrated Care Board',
  kind: 'integrated-care-board',
  codes: { ods: 'QJK', gss: 'E54000037' },
};
const METADATA = Buffer.from(
  JSON.stringify({
    effective: { edtf: '2022-07-01', basis: 'legal' },
    sources: ['ods-eccg'],
    recordedAt: '2026-11-21',
    hash: 'f'.repeat(64),
  }),
);
const IN_STREAM = 1_000;
const TICK = 10;

const node = await startLoopback({ keepEncoded: true });
let made = 0;

function event(): Proposed {
  made += 1;
  const data = Buffer.from(JSON.stringify({ ...PAYLOAD, number: made, at: Date.now() }));
  return {
    id: randomUUID(),
    type: 'OrganisationEstablished',
    contentType: 'application/json',
    data,
    metadata: METADATA,
  };
}

function append(count: number): void {
  node.log.append(`milestone-${Math.floor(made / IN_STREAM)}`, Array.from({ length: count }, event), 'any');
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
