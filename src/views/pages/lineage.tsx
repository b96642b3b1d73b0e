import type { Generations, Lineage } from '../../machine/answers.ts';
import { periodInWords } from '../dates.ts';
import { ClocksPanel, type Frame, page } from '../frame.tsx';
import { BodyLink, Drawing, type Drawn, Notes, Table } from '../parts.tsx';
import { capital, kindInWords, numbered } from '../words.ts';
import { HowPassed } from './body.tsx';

const ROWS = 300;

/** Who came before and after a body, however far: drawn, and as tables. */
export function lineagePage(
  frame: Frame,
  { lineage, picture }: { readonly lineage: Lineage; readonly picture?: Drawn },
): string {
  const { links } = frame;
  const { of } = lineage;
  return page(
    frame,
    <>
      <h1>
        <span class="over">The line of succession of</span>
        {of.name}
      </h1>
      <p>
        {numbered(lineage.nodes.length, 'body', 'bodies')} and {numbered(lineage.links.length, 'succession')} before and
        after <BodyLink body={of} links={links} />.
      </p>
      {picture && <Drawing drawn={picture} id="picture" />}
      <section aria-labelledby="links">
        <h2 id="links">Who followed whom</h2>
        {lineage.links.length === 0 ? (
          <p>No succession is recorded.</p>
        ) : (
          <Table label="Who followed whom" head={['Before', 'After', 'How', 'When', 'Share']} wide={true}>
            {lineage.links.slice(0, ROWS).map((link) => (
              <tr key={`${link.from} ${link.to} ${link.via.event}`}>
                <th scope="row">
                  <BodyLink body={{ id: link.from, name: link.fromName }} links={links} />
                </th>
                <td>
                  <BodyLink body={{ id: link.to, name: link.toName }} links={links} />
                </td>
                <HowPassed link={link} links={links} />
              </tr>
            ))}
          </Table>
        )}
        {lineage.links.length > ROWS && <p>{lineage.links.length - ROWS} more, in the data.</p>}
      </section>
      <section aria-labelledby="nodes">
        <h2 id="nodes">The bodies</h2>
        <Table label="The bodies" head={['Body', 'Kind', 'Existed', 'Steps away']}>
          {lineage.nodes.slice(0, ROWS).map((node) => (
            <tr key={node.id}>
              <th scope="row">
                <BodyLink body={node} links={links} />
              </th>
              <td>{capital(kindInWords(node.kind, false))}</td>
              <td>{periodInWords(node.from, node.until)}</td>
              <td>
                {node.depth < 0 ? `${-node.depth} before` : node.depth > 0 ? `${node.depth} after` : 'asked about'}
              </td>
            </tr>
          ))}
        </Table>
      </section>
      <Notes notes={lineage.notes} />
      <ClocksPanel frame={frame} />
    </>,
  );
}

/** The lineage of all of England, in generations. */
export function englandPage(
  frame: Frame,
  { generations, picture }: { readonly generations: Generations; readonly picture: Drawn },
): string {
  return page(
    frame,
    <>
      <h1>
        <span class="over">From health authorities to the boards of 2026</span>
        The line of succession of England
      </h1>
      <Drawing drawn={picture} id="picture" />
      <Notes notes={generations.notes} />
      <ClocksPanel frame={frame} />
    </>,
  );
}
