/** The question cannot be answered as asked: an unreadable date, an unknown id. The hint says what to try. */
export class AskedWrongly extends Error {
  override readonly name = 'AskedWrongly';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The record itself cannot be read or has problems that make answers untrustworthy. */
export class RecordUnreadable extends Error {
  override readonly name = 'RecordUnreadable';
  readonly problems: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly rule: string;
    readonly message: string;
    readonly hint?: string;
  }[];

  constructor(message: string, problems: RecordUnreadable['problems']) {
    super(message);
    this.problems = problems;
  }
}
