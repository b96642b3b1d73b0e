/** The question cannot be answered as asked: an unreadable date, an unknown id. The hint says what to try. */
export class AskedWrongly extends Error {
  override readonly name: string = 'AskedWrongly';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The question names something that the record does not hold: a door may say "not found" where it was the thing asked for. */
export class NotInRecord extends AskedWrongly {
  override readonly name = 'NotInRecord';
  /** What was named, as it was typed. */
  readonly asked: string;
  readonly what: 'thing' | 'event' | 'milestone' | 'kind' | 'step' | 'lesson';

  constructor(what: NotInRecord['what'], asked: string, message: string, hint?: string) {
    super(message, hint);
    this.what = what;
    this.asked = asked;
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

/** A store holds event types that the vocabulary does not have, and was to be read strictly. */
export class UnknownEvents extends Error {
  override readonly name = 'UnknownEvents';
  readonly types: ReadonlyMap<string, number>;
  readonly hint = 'update as-it-stood, or leave out --strict to pass them over';

  constructor(url: string, types: ReadonlyMap<string, number>) {
    const counted = [...types].map(([type, count]) => `${type.slice(0, 60)} (${count})`);
    super(
      `${url} holds event types that this program does not know: ${counted.slice(0, 10).join(', ')}${counted.length > 10 ? ` and ${counted.length - 10} more` : ''}`,
    );
    this.types = types;
  }
}
