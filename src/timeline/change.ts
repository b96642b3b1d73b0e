import { type Change, EXISTS, type Scalar } from './types.ts';

/** The subject exists from the event's day. */
export function begins(subject: string): Change {
  return { subject, attribute: EXISTS, value: true };
}

/** The subject is no more from the event's day: its last day is the day before. */
export function ends(subject: string): Change {
  return { subject, attribute: EXISTS, value: null };
}

/** From the event's day the attribute has this value; `null` takes the value away. */
export function is(subject: string, attribute: string, value: Scalar): Change {
  return { subject, attribute, value };
}

/** From the event's day the set holds this member; `value` says how (a share, a manner), plainly `true` when left out. */
export function has(subject: string, attribute: string, member: string, value: Scalar = true): Change {
  return { subject, attribute, member, value };
}

/** From the event's day the set no longer holds this member. */
export function lacks(subject: string, attribute: string, member: string): Change {
  return { subject, attribute, member, value: null };
}
