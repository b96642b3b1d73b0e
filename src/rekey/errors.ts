/** The file cannot be read as a table; the message says where, the hint what to do. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Values of the file are not all of the day that it was said to be from. */
export class MixedVintages extends Error {
  override readonly name = 'MixedVintages';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
