/**
 * The id of the designation that a StatusConferred event makes: as given, or `designation/<status>-<holder>`.
 * A designation is a thing of its own: it can change holder and name and still be one.
 */
export function designationId(data: {
  readonly designation?: string | undefined;
  readonly status: string;
  readonly holder: string;
}): string {
  return data.designation ?? `designation/${tail(data.status)}-${tail(data.holder)}`;
}

function tail(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
