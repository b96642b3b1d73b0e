import { type Change, EXISTS, type Scalar } from './types.ts';

/** The subject exists from the event's day. */
export function begins(subject: string): Change {
  return { subject, attribute: EXISTS, value: true };
}

/** The subject is no more from the event's day. */
export function ends(subject: string): Change {
  return { subject, attribute: EXISTS, value: null };
}

/** The attribute has this value from the event's day; `null` takes it away. */
export function is(subject: string, attribute: string, value: Scalar): Change {
  return { subject, attribute, value };
}

/** The set-valued attribute holds this member from the event's day. */
export function has(subject: string, attribute: string, member: string, value: Scalar = true): Change {
  return { subject, attribute, member, value };
}

/** The set-valued attribute no longer holds this member. */
export function lacks(subject: string, attribute: string, member: string): Change {
  return { subject, attribute, member, value: null };
}
