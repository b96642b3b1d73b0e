import type { BelievedEvent } from '../types.ts';
import { placeOf, push, type RuleContext, when } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** Imprecise dates of two events that must have an order leave it open. */
export const undecidableOrder: Rule = {
  name: 'undecidable-order',
  summary: 'The dates of two events that change the same thing are so imprecise that either may have come first.',
  severity: 'warning',
  check: (context) =>
    [...changesByAttribute(context)].flatMap(([attribute, events]) =>
      events.flatMap((later, i): Finding[] => {
        const earlier = events
          .slice(0, i)
          .find((other) => other !== later && other.effective.latest > later.effective.earliest);
        if (earlier === undefined) return [];
        return [
          {
            ...placeOf(later, ['effective']),
            message: `${attribute}: this (${when(later)}) may have come before or after ${earlier.id} (${when(earlier)})`,
            hint: 'narrow one of the dates with a set, such as [2018-04..2018-12], if any source allows',
          },
        ];
      }),
    ),
  example: {
    bad: `
      - { id: example/system, type: OrganisationEstablished, effective: 2017-06-15, data: { organisation: system/fylde, name: Fylde, kind: system }, sources: [a-source] }
      - { id: example/wide, type: OrganisationRenamed, effective: 2018, data: { organisation: system/fylde, name: Lancashire }, sources: [a-source] }
      - { id: example/wider, type: OrganisationRenamed, effective: ▶2018-05, data: { organisation: system/fylde, name: Lancashire and South Cumbria }, sources: [a-source] }`,
    good: `
      - { id: example/system, type: OrganisationEstablished, effective: 2017-06-15, data: { organisation: system/fylde, name: Fylde, kind: system }, sources: [a-source] }
      - { id: example/wide, type: OrganisationRenamed, effective: "[2018-01..2018-04]", data: { organisation: system/fylde, name: Lancashire }, sources: [a-source] }
      - { id: example/wider, type: OrganisationRenamed, effective: 2018-05, data: { organisation: system/fylde, name: Lancashire and South Cumbria }, sources: [a-source] }`,
  },
};

/** The events that change each attribute of each thing, and those that begin and end it, by first possible day. */
function changesByAttribute(context: RuleContext): Map<string, BelievedEvent[]> {
  const imprecise = new Set(
    context.events
      .filter(({ effective }) => effective.earliest < effective.latest)
      .flatMap((event) => context.touches(event).map(({ id }) => id)),
  );
  const changes = new Map<string, BelievedEvent[]>();
  for (const event of context.events) {
    if (!context.touches(event).some(({ id }) => imprecise.has(id))) continue;
    const data = event.data as {
      readonly organisation?: string;
      readonly status?: string;
      readonly designation?: string;
      readonly name?: string;
      readonly kind?: string;
      readonly codes?: object;
      readonly title?: string;
    };
    for (const { id, role } of context.touches(event))
      if (role === 'begins' || role === 'ends') push(changes, `whether ${id} exists`, event);
    if (data.organisation !== undefined) {
      for (const attribute of ['name', 'kind'] as const)
        if (data[attribute] !== undefined) push(changes, `the ${attribute} of ${data.organisation}`, event);
      for (const system of Object.keys(data.codes ?? {}))
        push(changes, `the ${system.toUpperCase()} code of ${data.organisation}`, event);
    }
    if (event.type === 'StatusCreated' || event.type === 'StatusRetitled')
      push(changes, `the title of ${data.status ?? ''}`, event);
    if (event.type === 'StatusHolderChanged') push(changes, `the holder of ${data.designation ?? ''}`, event);
  }
  return changes;
}
