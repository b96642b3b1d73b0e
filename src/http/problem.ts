import type { Trouble } from './page.ts';

/** What goes wrong at this door: its status, its title, and what whoever meets it can do. Each has its place on the page at `/api`. */
export const PROBLEMS = {
  'asked-wrongly': {
    status: 400,
    title: 'The question cannot be read',
    remedy: 'Read the detail and the hint: they say which word or date was not understood, and what would be.',
  },
  unauthorised: {
    status: 401,
    title: 'The token is not the right one',
    remedy: 'Send the token of this server: Authorization: Bearer, a space, and the token.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Look at the addresses named near it, or find the body by its name or code.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address can only be read',
    remedy: 'Ask with GET or HEAD; the Allow header says what this address takes.',
  },
  'not-acceptable': {
    status: 406,
    title: 'This address does not answer in that format',
    remedy: 'Ask for one of the formats that the detail names, or put the ending of one after the address.',
  },
  conflict: {
    status: 409,
    title: 'Somebody else was first',
    remedy: 'Read the milestone as it now stands, see whether yours is still wanted, and send it again.',
  },
  'expected-otherwise': {
    status: 412,
    title: 'The milestone is not as expected',
    remedy: 'Read the milestone as it now stands, and send its revision as If-Match.',
  },
  'too-large': { status: 413, title: 'That is too large', remedy: 'Send less at a time: a milestone is one reform.' },
  'too-long': {
    status: 414,
    title: 'The address is too long',
    remedy: 'Ask for less in one address: narrow by kind or by day, and follow the links to further pages.',
  },
  'unknown-format': {
    status: 415,
    title: 'The milestone is in a format that is not read',
    remedy: 'Send YAML or JSON, and say which in Content-Type.',
  },
  'breaks-rules': {
    status: 422,
    title: 'The milestone breaks the rules of the record',
    remedy: 'Nothing was taken in. Mend what the list of problems names, each with its line, and send it again.',
  },
  'too-many-headers': { status: 431, title: 'There are too many headers', remedy: 'Send fewer headers.' },
  broken: {
    status: 500,
    title: 'Something went wrong that should not',
    remedy: 'It is not your doing. Ask again; if it stays so, tell whoever runs this server the address and the time.',
  },
  unavailable: {
    status: 503,
    title: 'The record cannot be read at the moment',
    remedy: 'Ask again after the seconds named in Retry-After.',
  },
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
