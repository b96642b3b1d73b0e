import type { Draft } from './format.ts';

/** The head of a drafted milestone file. */
export interface MilestoneHead {
  readonly slug: string;
  readonly title: string;
  readonly recorded: string;
  readonly source: string;
}

/** The lines of a milestone file before its events. */
export function headLines({ slug, title, recorded, source }: MilestoneHead): string {
  return `# yaml-language-server: $schema=./schema.json
milestone: ${slug}
title: ${scalar(title)}
summary: ${scalar(`Drafted from ${source} for review: not yet checked by a person.`)}
recorded: ${recorded}
events:
`;
}

/** One event on one line, as bulk facts are written. */
export function eventLine(
  { name, type, effective, data, at, confidence, note }: Draft,
  { slug, source }: MilestoneHead,
): string {
  const event = {
    id: `${slug}/${name}`,
    type,
    effective,
    data,
    sources: [at === undefined ? source : { source, at }],
    ...(confidence === undefined ? {} : { confidence }),
    ...(note === undefined ? {} : { note }),
  };
  return `  - ${flow(event)}\n`;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flow(inner)}`)
      .join(', ')} }`;
  }
  return scalar(String(value));
}

/** A text as YAML spells it: bare where it can only be read as itself, else in double quotes. */
function scalar(text: string): string {
  const bare =
    /^[A-Za-z/][\w/ ().'’-]*$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text) &&
    !text.endsWith(' ');
  return bare || /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : JSON.stringify(text);
}
