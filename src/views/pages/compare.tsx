import type { VNode } from 'preact';
import type { Correspondence, Diff, Difference } from '../../machine/answers.ts';
import { dateInWords } from '../dates.ts';
import { Clocks, ClocksPanel, type Frame, type Links, page } from '../frame.tsx';
import { BodyLink, CountsTable, Notes, RowGroup, SourceLink, Table } from '../parts.tsx';
import { capital, kindInWords, numbered, shareInWords } from '../words.ts';

const ROWS = 250;

/** What changed between two days. */
export function comparePage(frame: Frame, diff: Diff): string {
  const { links } = frame;
  const groups = new Map<string, Difference[]>();
  for (const one of diff.differences) {
    const key = `${one.change} ${one.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const whole = frame.carried.kind !== undefined;
  return page(
    frame,
    <>
      <h1>
        <span class="over">What changed between</span>
        {dateInWords(diff.from)} and {dateInWords(diff.to)}
      </h1>
      <p class="pager screen">
        <a class="button" href={links.to(`/at/${diff.from}`)}>
          All of {dateInWords(diff.from)}
        </a>
        <a class="button" href={links.to(`/at/${diff.to}`)}>
          All of {dateInWords(diff.to)}
        </a>
        <a class="button" href={links.to(`/correspondence/${diff.from}..${diff.to}`)}>
          What became of each body
        </a>
      </p>
      <DaysForm frame={frame} from={diff.from} to={diff.to} />
      <section aria-labelledby="counts">
        <h2 id="counts">How many of each kind</h2>
        <CountsTable counts={diff.counts} before={dateInWords(diff.from)} after={dateInWords(diff.to)} links={links} />
      </section>
      <section aria-labelledby="differences">
        <h2 id="differences">{numbered(diff.differences.length, 'difference')}</h2>
        {diff.differences.length > 0 && (
          <Table label="Differences" head={['Body', 'Before', 'After', 'When', 'Source']} wide={true}>
            {[...groups].map(([key, members]) => {
              const [first] = members;
              if (!first) return null;
              const shown = whole ? members.slice(0, ROWS) : members.slice(0, members.length <= 12 ? 12 : 8);
              return (
                <RowGroup
                  key={key}
                  title={`${capital(kindInWords(first.kind, members.length !== 1))}: ${first.change}`}
                  count={members.length}
                  columns={5}
                  more={
                    shown.length < members.length &&
                    (whole || frame.fixed ? (
                      `${members.length - shown.length} more, in the data`
                    ) : (
                      <a href={links.to(frame.path, { kind: first.kind })}>
                        All {members.length} {kindInWords(first.kind)}
                      </a>
                    ))
                  }
                >
                  {shown.map((one) => (
                    <DifferenceRow key={`${one.id} ${one.change} ${one.before} ${one.after}`} one={one} links={links} />
                  ))}
                </RowGroup>
              );
            })}
          </Table>
        )}
      </section>
      <Notes notes={diff.notes} />
      <ClocksPanel frame={frame} />
    </>,
  );
}

function DifferenceRow({ one, links }: { readonly one: Difference; readonly links: Links }): VNode {
  const [via] = one.via;
  const [source] = via?.sources ?? [];
  return (
    <tr class={one.change === 'ended' ? 'ended' : undefined}>
      <th scope="row">
        <BodyLink body={one} links={links} />
      </th>
      <td>{one.change === 'ended' ? 'existed' : one.before}</td>
      <td>{one.change === 'appeared' ? 'exists' : one.change === 'ended' ? 'is no more' : one.after}</td>
      <td>{via && <a href={links.to(`/event/${via.event}`)}>{via.date}</a>}</td>
      <td>{source && <SourceLink source={source} links={links} short={44} />}</td>
    </tr>
  );
}

function DaysForm({
  frame,
  from,
  to,
}: {
  readonly frame: Frame;
  readonly from: string;
  readonly to: string;
}): VNode | null {
  if (frame.fixed) return null;
  return (
    <form class="filter screen" action={frame.links.to('/at', {})} method="get">
      <div class="field">
        <label for="from">From</label>
        <input id="from" name="from" type="text" value={dateInWords(from)} autocomplete="off" />
      </div>
      <div class="field">
        <label for="to">To</label>
        <input id="to" name="to" type="text" value={dateInWords(to)} autocomplete="off" />
      </div>
      <Clocks frame={frame} />
      <button type="submit">Compare</button>
    </form>
  );
}

/** What became of each body between two days. */
export function correspondencePage(frame: Frame, answer: Correspondence): string {
  const { links } = frame;
  const shown = answer.rows.slice(0, ROWS);
  return page(
    frame,
    <>
      <h1>
        <span class="over">What became of each {answer.kind ? kindInWords(answer.kind, false) : 'body'} between</span>
        {dateInWords(answer.from)} and {dateInWords(answer.to)}
      </h1>
      <ul class="formats">
        {Object.entries(answer.summary)
          .filter(([, count]) => count > 0)
          .map(([relation, count]) => (
            <li key={relation}>
              <strong>{count}</strong> {relation}
            </li>
          ))}
      </ul>
      <Table
        label="What became of each body"
        head={['Body before', 'Became', 'Body after', 'Share', 'When']}
        wide={true}
      >
        {shown.map((row) => (
          <tr key={`${row.from?.id} ${row.to?.id}`}>
            <th scope="row">
              {row.from ? <BodyLink body={row.from} links={links} at={answer.from} /> : 'none before'}
            </th>
            <td>
              {row.relation}
              {row.ambiguous && <span class="tag">one of several</span>}
            </td>
            <td>{row.to ? <BodyLink body={row.to} links={links} at={answer.to} /> : 'no successor is recorded'}</td>
            <td>{row.share && shareInWords(row.share)}</td>
            <td>{row.via[0] && <a href={links.to(`/event/${row.via[0].event}`)}>{row.via[0].date}</a>}</td>
          </tr>
        ))}
      </Table>
      {shown.length < answer.rows.length && <p>{answer.rows.length - shown.length} more, in the data.</p>}
      <Notes notes={answer.notes} />
    </>,
  );
}
