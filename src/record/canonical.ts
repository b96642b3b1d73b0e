import { createHash } from 'node:crypto';

/** JSON with the keys of every object sorted by code unit and no white space: one text for one value. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const object = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(object).sort();
  return `{${keys
    .filter((key) => object[key] !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`)
    .join(',')}}`;
}

/** SHA-256 of a text in UTF-8, in lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What the hash of an event is taken of: the event as written, its milestone and the day on which it was recorded. */
export function canonicalEvent(
  milestone: string,
  recorded: string,
  written: Readonly<Record<string, unknown>>,
): string {
  return canonicalJson({
    ...written,
    ...(written.effective === undefined ? {} : { effective: datesAsText(written.effective) }),
    milestone,
    recorded,
  });
}

/** A bare year is a number in YAML and a text in quotes; both say the same. */
function datesAsText(effective: unknown): unknown {
  if (typeof effective === 'number') return String(effective);
  if (typeof effective !== 'object' || effective === null || !('date' in effective)) return effective;
  return { ...effective, date: datesAsText(effective.date) };
}
