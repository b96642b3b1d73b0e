import type { Material } from '../../machine/index.ts';
import { type Exporter, holding } from '../exporter.ts';
import { graphOf, prefixesOf } from '../graph.ts';
import { GRAPH_CONVENTIONS, GRAPH_LOSSES } from '../graph-losses.ts';
import { turtle as write } from '../rdf.ts';

/** The material as a graph, in Turtle. */
export const turtle: Exporter = {
  name: 'turtle',
  summary:
    'Linked data in Turtle: W3C ORG and the EU’s CPOV 2.1.2 for bodies and changes, PROV-O for who says so, dates in EDTF',
  audience: 'linked data',
  extension: '.ttl',
  aliases: ['ttl', 'rdf'],
  mediaType: 'text/turtle; charset=utf-8',
  conventions: GRAPH_CONVENTIONS,
  holds: holding('kept', GRAPH_LOSSES),
  write: (material: Material) => ({ is: 'text', chunks: write(graphOf(material), prefixesOf(material)) }),
};
