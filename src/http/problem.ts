import type { Trouble } from './page.ts';

/** What goes wrong at this door, with its status and its title. Each has its place on the page at `/api`. */
export const PROBLEMS = {
  'asked-wrongly': { status: 400, title: 'The question cannot be read' },
  unauthorised: { status: 401, title: 'The token is not the right one' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address can only be read' },
  'not-acceptable': { status: 406, title: 'This address does not answer in that format' },
  conflict: { status: 409, title: 'Somebody else was first' },
  'expected-otherwise': { status: 412, title: 'The milestone is not as expected' },
  'too-large': { status: 413, title: 'That is too large' },
  'too-long': { status: 414, title: 'The address is too long' },
  'unknown-format': { status: 415, title: 'The milestone is in a format that is not read' },
  'breaks-rules': { status: 422, title: 'The milestone breaks the rules of the record' },
  'too-many-headers': { status: 431, title: 'There are too many headers' },
  broken: { status: 500, title: 'Something went wrong that should not' },
  unavailable: { status: 503, title: 'The record cannot be read at the moment' },
} as const;

export type ProblemName = keyof typeof PROBLEMS;

/** Something that an address has to say instead of an answer; thrown on the way to one, and told as a problem document or a page. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly problem: ProblemName;
  readonly hint: string | undefined;
  readonly near: Trouble['near'];
  readonly headers: Readonly<Record<string, string>>;
  /** More members of the problem document. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    problem: ProblemName,
    detail: string,
    options: {
      readonly hint?: string | undefined;
      readonly near?: Trouble['near'];
      readonly headers?: Readonly<Record<string, string>>;
      readonly more?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(detail);
    this.problem = problem;
    this.hint = options.hint;
    this.near = options.near ?? [];
    this.headers = options.headers ?? {};
    this.more = options.more ?? {};
  }
}

/** The same for people. */
export function troubleOf({ problem, message, hint, near }: Problem): Trouble {
  const { status, title } = PROBLEMS[problem];
  return { status, title, detail: message, ...(hint === undefined ? {} : { hint }), near };
}

/** A problem document after RFC 9457, as JSON. */
export function problemJson(problem: Problem, prefix: string): string {
  const { status, title, detail, hint, near } = troubleOf(problem);
  const document = {
    type: `${prefix}/api#${problem.problem}`,
    title,
    status,
    detail,
    ...(hint === undefined ? {} : { hint }),
    ...(near.length === 0 ? {} : { near }),
    ...problem.more,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
