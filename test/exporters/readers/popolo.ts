import { isoDay, parseIsoDay } from '../../../src/time/day.ts';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';

/** What this reader knows of a Popolo document. */
export interface PopoloDocument {
  readonly organizations: readonly {
    readonly id: string;
    readonly name: string;
    readonly classification: string;
    readonly parent_id?: string;
    readonly founding_date?: string;
    readonly dissolution_date?: string;
    readonly other_names: readonly { name: string; start_date?: string; end_date?: string; note?: string }[];
    readonly identifiers: readonly { identifier: string; scheme: string }[];
    readonly sources?: readonly { url: string; note: string }[];
  }[];
  readonly memberships: readonly {
    readonly role: string;
    readonly member: { readonly id: string };
    readonly organization_id: string;
    readonly label?: string;
    readonly start_date?: string;
    readonly end_date?: string;
  }[];
}

/** Read as JSON, with the schema's meanings: an end is a last day, and no end is none. */
export const readPopolo: Reader = (output) => {
  const { organizations, memberships } = JSON.parse(textOf(output)) as PopoloDocument;
  const facts: Recovered[] = [];
  const say = (record: string, field: string, value: string | undefined) => {
    if (value !== undefined) facts.push({ record, field, value });
  };
  const until = (last: string | undefined) => {
    const day = last === undefined ? undefined : parseIsoDay(last);
    return last === undefined ? 'open' : day === undefined ? last : isoDay(day + 1);
  };
  const certainty = (words: string | undefined) => /^(possible|expected)\b/.exec(words ?? '')?.[1] ?? 'certain';
  for (const { id, classification, founding_date, dissolution_date, other_names, identifiers } of organizations) {
    say(id, 'existence.value', 'exists');
    say(id, 'existence.from', founding_date);
    say(id, 'existence.until', until(dissolution_date));
    say(id, 'existence.certainty', 'certain');
    say(id, 'kind.value', classification);
    for (const { name, start_date, end_date, note } of other_names) {
      say(id, 'name.value', name);
      say(id, 'name.from', start_date);
      say(id, 'name.until', until(end_date));
      say(id, 'name.certainty', certainty(note));
    }
    for (const { scheme, identifier } of identifiers) say(id, 'code.value', `${scheme} ${identifier}`);
  }
  for (const { role, member, organization_id, label, start_date, end_date } of memberships) {
    say(member.id, 'relation.value', `${role} ${organization_id}`);
    say(member.id, 'relation.from', start_date);
    say(member.id, 'relation.until', until(end_date));
    say(member.id, 'relation.certainty', certainty(label));
  }
  return facts;
};
