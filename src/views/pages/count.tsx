import type { Count, CountSeries } from '../../machine/answers.ts';
import { dateInWords } from '../dates.ts';
import { Carried, Clocks, ClocksPanel, type Frame, page } from '../frame.tsx';
import { Drawing, type Drawn, Sure, Table } from '../parts.tsx';
import { capital, countedInWords, coverageInWords, kindInWords } from '../words.ts';

/** How many of a kind, on a day and over time. */
export interface CountModel {
  readonly series: CountSeries;
  readonly now: Count;
  readonly picture?: Drawn;
}

/** The page of a kind or a status: how many there were. */
export function countPage(frame: Frame, { series, now, picture }: CountModel): string {
  const { links } = frame;
  const kind = kindInWords(series.of);
  const known = now.coverage.completeness !== 'none' || now.expected > 0;
  return page(
    frame,
    <>
      <h1>
        <span class="over">How many</span>
        {capital(kind)}
      </h1>
      <p class="sentence">
        {!known
          ? `Not covered on ${dateInWords(now.at)}.`
          : `${now.expected > 0 ? now.expected : countedInWords(now)} on ${dateInWords(now.at)}.`}{' '}
        {known && <Sure of={now.expected > 0 ? 'expected' : now.possible > now.certain ? 'possible' : 'certain'} />}
      </p>
      <p>
        {capital(coverageInWords(now.coverage))}. {now.coverage.note}
      </p>
      {!frame.fixed && (
        <form class="filter screen" action={links.to(frame.path, {})} method="get">
          <div class="field">
            <label for="at">On another day</label>
            <input id="at" name="at" type="text" value={dateInWords(now.at)} autocomplete="off" />
          </div>
          <Carried frame={frame} but="at" />
          <Clocks frame={frame} />
          <button type="submit">Count</button>
        </form>
      )}
      {now.waves.length > 0 && (
        <p>By wave: {now.waves.map((wave) => `${wave.wave}: ${countedInWords(wave)}`).join('; ')}.</p>
      )}
      <p class="pager screen">
        <a class="button" href={links.to(`/why/${series.of}`, { at: now.at })}>
          Why so many
        </a>
        <a class="button" href={links.to(`/at/${now.at}`, { kind: series.of })}>
          Which ones
        </a>
      </p>
      {picture && <Drawing drawn={picture} id="picture" />}
      <section aria-labelledby="series">
        <h2 id="series">Each day on which the number changed</h2>
        <Table label="Each day on which the number changed" head={['Day', 'Called', 'How many']}>
          {series.counts.slice(0, ROWS).map((count) => (
            <tr key={count.at}>
              <th scope="row">
                <a href={links.to(`/at/${count.at}`)}>{dateInWords(count.at)}</a>
              </th>
              <td>{capital(count.title)}</td>
              <td class="number">{count.covered ? countedInWords(count) : 'not covered'}</td>
            </tr>
          ))}
        </Table>
        {series.counts.length > ROWS && <p>{series.counts.length - ROWS} more, in the data.</p>}
        {series.counts.some(({ certain, possible }) => possible > certain) && (
          <p class="small">A range is from what is certain to what is possible.</p>
        )}
      </section>
      <ClocksPanel frame={frame} />
    </>,
  );
}

const ROWS = 300;
