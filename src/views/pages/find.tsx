import type { VNode } from 'preact';
import type { Find, Found } from '../../machine/answers.ts';
import { dateInWords, periodInWords } from '../dates.ts';
import { type Frame, type Links, page } from '../frame.tsx';
import { BodyLink, codesInWords, Sure } from '../parts.tsx';
import { kindInWords, numbered } from '../words.ts';
import { RefLine } from './body.tsx';

/** Bodies by name, former name, code or acronym; those that are gone lead on to what followed. */
export function findPage(frame: Frame, answer: Find): string {
  const { links } = frame;
  const asked = answer.query.trim() !== '';
  return page(
    frame,
    <>
      <h1>
        <span class="over">Found, as of {dateInWords(answer.at)}</span>
        {asked ? `“${answer.query}”` : 'Find a body'}
      </h1>
      {asked ? (
        <p>{numbered(answer.found.length, 'match', 'matches')}.</p>
      ) : (
        <p>Write a name, a former name, a code or an acronym in the box above: “Devon”, “QHM”, “NHS Digital”.</p>
      )}
      <ul class="milestones">
        {answer.found.map((found) => (
          <FoundItem key={found.id} found={found} links={links} at={answer.at} />
        ))}
      </ul>
      {asked && answer.found.length === 0 && (
        <p>
          Nothing is called that. Part of a name is enough; <a href={links.to('/kinds')}>all kinds of bodies</a> are
          listed with their acronyms, each with how many there were.
        </p>
      )}
      {answer.near.length > 0 && (
        <section aria-labelledby="near">
          <h2 id="near">Did you mean…?</h2>
          <ul>
            {answer.near.map((body) => (
              <li key={body.id}>
                <RefLine body={body} links={links} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>,
  );
}

function FoundItem({ found, links, at }: { readonly found: Found; readonly links: Links; readonly at: string }): VNode {
  const { matched } = found;
  return (
    <li>
      <BodyLink body={found} links={links} at={at} /> <Sure of={found.existence} />
      <br />
      <span class="muted">
        {[kindInWords(found.kind, false), codesInWords(found.codes), periodInWords(found.from, found.until)]
          .filter(Boolean)
          .join('; ')}
        .
      </span>{' '}
      {matched.what !== 'name' && matched.what !== 'id' && (
        <span>
          Matched by its {matched.what} {matched.value}
          {matched.from && `, ${periodInWords(matched.from, matched.until)}`}.{' '}
        </span>
      )}
      {found.successors.length > 0 && (
        <span>
          It led on to{' '}
          {found.successors.map((successor, n) => (
            <span key={successor.id}>
              {n > 0 && ', '}
              <BodyLink body={successor} links={links} />
            </span>
          ))}
          .
        </span>
      )}
    </li>
  );
}
