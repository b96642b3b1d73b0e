import { type Day, FOREVER } from '../../time/day.ts';
import type { BelievedEvent } from '../types.ts';
import { placeOf, push, type RuleContext } from './context.ts';
import type { Finding } from './rule.ts';

/** One body's holding of one code: from the event that gave it to the event that took it, if any. */
interface Holding {
  readonly body: string;
  readonly code: string;
  readonly system: 'ods' | 'gss';
  readonly from: BelievedEvent;
  readonly to?: BelievedEvent;
}

/** Two bodies that held one code of one system on a same day, on every reading of the dates; `later` took it while `earlier` held it. */
export interface Overlap {
  readonly earlier: Holding;
  readonly later: Holding;
  readonly sameDay: boolean;
}

const overlapsOf = new WeakMap<RuleContext, readonly Overlap[]>();

/** Every certain overlap of codes in the record. */
export function codeOverlaps(context: RuleContext): readonly Overlap[] {
  const known = overlapsOf.get(context);
  if (known) return known;
  const byCode = new Map<string, Holding[]>();
  for (const holding of holdings(context)) push(byCode, `${holding.system} ${holding.code}`, holding);
  const found: Overlap[] = [];
  for (const list of byCode.values()) {
    for (const [i, later] of list.entries()) {
      const earlier = list.slice(0, i).find((other) => other.body !== later.body && surelyOverlap(other, later));
      if (earlier)
        found.push({ earlier, later, sameDay: earlier.from.effective.latest >= later.from.effective.earliest });
    }
  }
  overlapsOf.set(context, found);
  return found;
}

/** A finding at the code that the later of two holders was given. */
export function overlapFinding({ earlier, later }: Overlap, message: string): Finding {
  return {
    ...placeOf(later.from, ['data', 'codes', later.system]),
    message,
    hint: `${earlier.body} got it from ${earlier.from.id}: record when it lost the code or ended, or correct one of the codes`,
  };
}

function surelyOverlap(a: Holding, b: Holding): boolean {
  return Math.max(a.from.effective.latest, b.from.effective.latest) < Math.min(firstEnd(a), firstEnd(b));
}

function firstEnd({ to }: Holding): Day {
  return to?.effective.earliest ?? FOREVER;
}

function holdings(context: RuleContext): Holding[] {
  const given = new Map<string, { event: BelievedEvent; code: string | null; system: 'ods' | 'gss'; body: string }[]>();
  for (const type of ['OrganisationEstablished', 'OrganisationRecoded'] as const) {
    for (const { event, data } of context.ofType(type)) {
      for (const system of ['ods', 'gss'] as const) {
        const code = data.codes?.[system];
        if (code !== undefined)
          push(given, `${system} ${data.organisation}`, { event, code, system, body: data.organisation });
      }
    }
  }
  const found: Holding[] = [];
  for (const changes of given.values()) {
    changes.sort((a, b) => a.event.effective.earliest - b.event.effective.earliest);
    for (const [i, { event, code, system, body }] of changes.entries()) {
      if (code === null) continue;
      const end = context
        .lives(body)
        .find((life) => life.end !== undefined && life.end.effective.latest > event.effective.earliest)?.end;
      const next = changes[i + 1]?.event;
      const to = next && (end === undefined || next.effective.earliest < end.effective.earliest) ? next : end;
      found.push({ body, code, system, from: event, ...(to === undefined ? {} : { to }) });
    }
  }
  return found.sort((a, b) => a.from.effective.earliest - b.from.effective.earliest);
}
