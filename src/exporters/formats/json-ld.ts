import type { Material } from '../../machine/index.ts';
import { type Exporter, holding } from '../exporter.ts';
import { graphOf, OBJECT_KINDS, prefixesOf } from '../graph.ts';
import { GRAPH_CONVENTIONS, GRAPH_LOSSES } from '../graph-losses.ts';
import { jsonLd as write } from '../rdf.ts';

/** The same graph as in Turtle, in JSON-LD with its context inside: nothing has to be fetched to read it. */
export const jsonLd: Exporter = {
  name: 'json-ld',
  summary: 'The same linked data in JSON-LD 1.1, with its context inside: W3C ORG, CPOV 2.1.2, PROV-O, dates in EDTF',
  audience: 'linked data',
  extension: '.jsonld',
  aliases: ['jsonld'],
  mediaType: 'application/ld+json',
  conventions: GRAPH_CONVENTIONS,
  holds: holding('kept', GRAPH_LOSSES),
  write: (material: Material) => ({
    is: 'text',
    chunks: write(graphOf(material), prefixesOf(material), OBJECT_KINDS),
  }),
};
