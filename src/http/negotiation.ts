import type { OutputFormat } from './formats.ts';

interface Accepted {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
}

/** Longest Accept header that is read; a longer one counts as none. */
const LONGEST = 1000;

function accepted(header: string | null): readonly Accepted[] {
  if (header === null || header.trim() === '' || header.length > LONGEST)
    return [{ type: '*', subtype: '*', quality: 1 }];
  return header.split(',').flatMap((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const [type = '', subtype = ''] = range.split('/');
    if (type === '' || subtype === '') return [];
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const read = quality === undefined ? 1 : Number(quality);
    return Number.isNaN(read) ? [] : [{ type, subtype, quality: Math.min(1, Math.max(0, read)) }];
  });
}

/** How much a media type is wanted, by the most exact range that takes it in; undefined when none does. */
function wanted(mediaType: string, ranges: readonly Accepted[]): number | undefined {
  const [type = '', subtype = ''] = mediaType.split(';')[0]?.split('/') ?? [];
  const exactness = (range: Accepted) => (range.type === '*' ? 0 : range.subtype === '*' ? 1 : 2);
  let best: Accepted | undefined;
  for (const range of ranges) {
    if (range.type !== '*' && range.type !== type) continue;
    if (range.subtype !== '*' && range.subtype !== subtype) continue;
    if (!best || exactness(range) > exactness(best)) best = range;
  }
  return best?.quality;
}

/** The format that an Accept header wants most; of equals the first. Undefined when it wants none of them. */
export function negotiated<F extends Pick<OutputFormat, 'mediaType'>>(
  header: string | null,
  formats: readonly F[],
): F | undefined {
  const ranges = accepted(header);
  let best: { readonly format: F; readonly quality: number } | undefined;
  for (const format of formats) {
    const quality = wanted(format.mediaType, ranges) ?? 0;
    if (quality > 0 && (!best || quality > best.quality)) best = { format, quality };
  }
  return best?.format;
}

/** True when somebody asks for HTML by name, as browsers do. */
export function asksForHtml(header: string | null): boolean {
  return (
    header !== null &&
    header.length <= LONGEST &&
    accepted(header).some(({ type, subtype, quality }) => type === 'text' && subtype === 'html' && quality > 0)
  );
}

/** True when an Accept-Encoding header takes gzip. */
export function takesGzip(header: string | null): boolean {
  if (header === null) return false;
  for (const part of header.slice(0, LONGEST).split(',')) {
    const [coding = '', quality = ''] = part.split(';').map((piece) => piece.trim().toLowerCase());
    if (coding === 'gzip' || coding === '*') return !/^q=0(\.0*)?$/.test(quality);
  }
  return false;
}
