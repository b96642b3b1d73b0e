import type { Exporter, Losing } from './exporter.ts';
import type { FactField } from './facts.ts';
import { safeIri } from './rdf.ts';

/** How a graph of ours tells ends and imprecise dates. */
export const GRAPH_CONVENTIONS: Exporter['conventions'] = {
  intervals:
    'Half-open: stood:until is the first day no longer; stood:end stood:open while no end is known of. What ORG and CPOV say without dates held on the day asked, or was last known.',
  precision:
    'EDTF, as precise as known, with stood:earliest and stood:latest as xsd:date beside it. PROV and CPOV demand xsd:dateTime for prov:startedAtTime: a day is padded with midnight, no time zone; a date less exact than a day has none.',
};

/** What becomes, in a graph, of what it cannot hold: hardly anything. */
export const GRAPH_LOSSES: Partial<Record<FactField, Losing>> = {
  'source.url': {
    how: 'converted',
    why: 'An address becomes an IRI; what no IRI may hold is percent-encoded.',
    when: ({ value }) => safeIri(value) !== value,
    became: ({ value }) => safeIri(value),
  },
};
