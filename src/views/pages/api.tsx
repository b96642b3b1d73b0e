import type { VNode } from 'preact';
import { type Frame, type Links, page } from '../frame.tsx';
import { Table } from '../parts.tsx';
import { capital } from '../words.ts';

/** An address that answers, for the page of all of them. */
export interface Address {
  readonly name: string;
  readonly summary: string;
  readonly paths: readonly string[];
  readonly command?: string;
  readonly pageOnly: boolean;
  /** Endings in which it answers: `.json`. */
  readonly formats: readonly string[];
  readonly parameters: readonly { readonly in: string; readonly parameter: string; readonly description: string }[];
  readonly examples: readonly { readonly path: string; readonly means: string }[];
}

/** Something that an address may say instead of an answer; `type` is the address that problem documents name: its line on this page. */
export interface ProblemKind {
  readonly type: string;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

/** Every address, what it takes and answers, with examples to follow. */
export function apiPage(
  frame: Frame,
  {
    openapi,
    addresses,
    problems,
  }: {
    readonly openapi: string;
    readonly addresses: readonly Address[];
    readonly problems: readonly ProblemKind[];
  },
): string {
  const { links } = frame;
  return page(
    frame,
    <>
      <h1>
        <span class="over">For people and programs</span>
        Take the data
      </h1>
      <p class="lead">
        Every page is an address, and every address answers in the formats named at its foot: put <code>.json</code>,{' '}
        <code>.csv</code> or another ending after it, or ask with <code>Accept</code>. The answers are those of the
        command line.
      </p>
      {!frame.fixed && (
        <ul class="formats">
          <li>
            <a href={links.to(openapi)}>OpenAPI description</a>
          </li>
          <li>
            <a href={links.to('/changes')}>What was added</a>
          </li>
          <li>
            <a href={links.to('/changes.atom')}>The same as a feed</a>
          </li>
          <li>
            <a href={links.to('/timemap')}>Time map</a>
          </li>
          <li>
            <a href="#problems">When there is no answer</a>
          </li>
        </ul>
      )}
      {addresses.map((address) => (
        <section key={address.name} aria-labelledby={`a-${address.name}`}>
          <h2 id={`a-${address.name}`}>{address.name === 'api' ? 'Addresses' : capital(address.name)}</h2>
          <p>
            {address.summary} {address.command && <span class="muted">Like {address.command}.</span>}
          </p>
          <p>
            {address.paths.map((path, n) => (
              <span key={path}>
                {n > 0 && ', '}
                <code>{path}</code>
              </span>
            ))}
          </p>
          {formatsOf(address).length > 0 && (
            <p class="small">
              Answers as a page, and in{' '}
              {formatsOf(address).map((extension, n) => (
                <span key={extension}>
                  {n > 0 && ' '}
                  <code>{extension}</code>
                </span>
              ))}
            </p>
          )}
          <Examples address={address} links={links} />
          {address.parameters.length > 0 && (
            <details>
              <summary>
                What it takes<span class="hidden">: {address.name}</span>
              </summary>
              <dl class="facts">
                {address.parameters.map(({ parameter, description }) => (
                  <>
                    <dt key={parameter}>
                      <code>{parameter}</code>
                    </dt>
                    <dd key={`${parameter} told`}>{description}</dd>
                  </>
                ))}
              </dl>
            </details>
          )}
        </section>
      ))}
      {!frame.fixed && <Problems problems={problems} />}
    </>,
  );
}

/** The formats beside the page itself. */
function formatsOf({ formats }: Address): readonly string[] {
  return formats.filter((extension) => extension !== '.html');
}

function Problems({ problems }: { readonly problems: readonly ProblemKind[] }): VNode {
  return (
    <section aria-labelledby="problems">
      <h2 id="problems">When there is no answer</h2>
      <p>
        A program is told why in a problem document (RFC 9457), a person on a page. The <code>type</code> of a problem
        document leads to its line here.
      </p>
      <Table label="Problems" head={['Problem', 'Status', 'What to do']}>
        {problems.map(({ type, status, title, remedy }) => {
          const name = type.slice(type.indexOf('#') + 1);
          return (
            <tr key={name} id={name}>
              <th scope="row">
                {title} <span class="muted">{name}</span>
              </th>
              <td>{status}</td>
              <td>{remedy}</td>
            </tr>
          );
        })}
      </Table>
    </section>
  );
}

function Examples({ address, links }: { readonly address: Address; readonly links: Links }): VNode | null {
  if (address.examples.length === 0) return null;
  return (
    <ul>
      {address.examples.map(({ path, means }) => {
        const [to = '/', query = ''] = path.split('?');
        return (
          <li key={path}>
            <a href={links.to(to, Object.fromEntries(new URLSearchParams(query)))}>
              <code>{path}</code>
            </a>{' '}
            {means}
          </li>
        );
      })}
    </ul>
  );
}
