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
  readonly parameters: readonly { readonly in: string; readonly parameter: string; readonly description: string }[];
  readonly examples: readonly { readonly path: string; readonly means: string }[];
}

/** A sort of problem, by the address of its place on the page. */
export interface Trouble {
  readonly type: string;
  readonly status: number;
  readonly title: string;
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
    readonly problems: readonly Trouble[];
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
      <p>
        <a href={links.to(openapi)}>OpenAPI description</a> of all of it;{' '}
        <a href={links.to('/changes')}>what was added</a>, in an order that loses nothing.
      </p>
      {addresses.map((address) => (
        <section key={address.name} aria-labelledby={`a-${address.name}`}>
          <h2 id={`a-${address.name}`}>{capital(address.name)}</h2>
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
      <section aria-labelledby="problems">
        <h2 id="problems">Problems</h2>
        <p>What cannot be answered is told as a problem document (RFC 9457), with what to do; its type leads here.</p>
        <Table label="Problems" head={['Type', 'Status', 'What it means']}>
          {problems.map(({ type, status, title }) => (
            <tr key={type} id={type.slice(type.indexOf('#') + 1)}>
              <th scope="row">
                <code>{type.slice(type.indexOf('#') + 1)}</code>
              </th>
              <td>{status}</td>
              <td>{title}</td>
            </tr>
          ))}
        </Table>
      </section>
    </>,
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
