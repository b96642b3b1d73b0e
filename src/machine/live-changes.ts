import type { Body, Landscape } from './answers.ts';

/** What an event changed in the landscape of one day: a body that now exists, no longer does, or reads otherwise. */
export interface LandscapeChange {
  readonly day: string;
  readonly body: string;
  readonly name: string;
  readonly change: 'appeared' | 'gone' | 'changed';
  /** For a body that reads otherwise: what, as it was and as it is. */
  readonly fields: readonly { readonly what: string; readonly before: string; readonly after: string }[];
}

/** Every body in which two landscapes of one day differ. */
export function differencesBetween(before: Landscape, after: Landscape, day: string): LandscapeChange[] {
  const [old, now] = [byId(before), byId(after)];
  const changes: LandscapeChange[] = [];
  for (const [body, was] of old) {
    const is = now.get(body);
    if (is === undefined) changes.push({ day, body, name: was.name, change: 'gone', fields: [] });
    else {
      const fields = fieldsOf(was, is);
      if (fields.length > 0) changes.push({ day, body, name: is.name, change: 'changed', fields });
    }
  }
  for (const [body, is] of now)
    if (!old.has(body)) changes.push({ day, body, name: is.name, change: 'appeared', fields: [] });
  return changes;
}

function byId({ bodies }: Landscape): Map<string, Body> {
  return new Map(bodies.map((body) => [body.id, body]));
}

function fieldsOf(before: Body, after: Body): LandscapeChange['fields'] {
  const [was, is] = [readings(before), readings(after)];
  return Object.keys(was).flatMap((what) => {
    const [old, now] = [was[what] ?? '', is[what] ?? ''];
    return old === now ? [] : [{ what, before: old, after: now }];
  });
}

function readings(body: Body): Record<string, string> {
  return {
    name: body.name,
    kind: body.kind,
    codes: [body.codes.ods, body.codes.gss].filter(Boolean).join(', '),
    existence: body.existence,
    from: body.from,
    until: body.until ?? 'no end known',
    'part of': body.partOf.map(({ id }) => id).join(', '),
    status: body.status.map(({ title, wave }) => (wave ? `${title} (${wave})` : title)).join(', '),
  };
}
