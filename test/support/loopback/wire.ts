import { randomUUID } from 'node:crypto';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream, ServiceError } from '@grpc/grpc-js';
import { grpc, shared, streams } from './definitions.ts';
import type { WireError } from './faults.ts';
import { type Recorded, TOMBSTONE } from './log.ts';

const LAST_REVISION = '9223372036854775807';
/** Messages on their way to one reader before the server waits for it. */
const ROOM = 256;
const TICKS_PER_MILLISECOND = 10_000n;

const revisionText = (revision: number): string => (revision === TOMBSTONE ? LAST_REVISION : String(revision));
export const nameOf = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export function identifierOf(stream: string) {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}

/** The id in the text form, whichever of the two forms it came in. */
export function idOf(uuid: UUID | undefined): string {
  if (uuid === undefined) return randomUUID();
  const structured = uuid.getStructured();
  if (structured === undefined) return uuid.getString().toLowerCase();
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(structured.getMostSignificantBits()), 0);
  bytes.writeBigInt64BE(BigInt(structured.getLeastSignificantBits()), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function uuidOf(id: string, structured = false): UUID {
  if (!structured) return new shared.UUID().setString(id);
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return new shared.UUID().setStructured(
    new shared.UUID.Structured()
      .setMostSignificantBits(bytes.readBigInt64BE(0).toString())
      .setLeastSignificantBits(bytes.readBigInt64BE(8).toString()),
  );
}

/** Fills in a message of an event: the same fields in a read and in a persistent subscription. */
export function fillRecorded<Message extends ReadResp.ReadEvent.RecordedEvent>(
  message: Message,
  event: Recorded,
  structured: boolean,
): Message {
  message.setId(uuidOf(event.id, structured));
  message.setStreamIdentifier(identifierOf(event.stream));
  message.setStreamRevision(revisionText(event.revision));
  message.setCommitPosition(String(event.position));
  message.setPreparePosition(String(event.prepare));
  message.getMetadataMap().set('type', event.type);
  message.getMetadataMap().set('content-type', event.contentType);
  message.getMetadataMap().set('created', (BigInt(event.created) * TICKS_PER_MILLISECOND).toString());
  message.setCustomMetadata(event.metadata);
  message.setData(event.data);
  return message;
}

/** An event as a read answers with it; `link` is the `$>` event through which it was found. */
export function eventResponse(event: Recorded, structured: boolean, link?: Recorded): ReadResp {
  const read = new streams.ReadResp.ReadEvent().setCommitPosition(String((link ?? event).position));
  read.setEvent(fillRecorded(new streams.ReadResp.ReadEvent.RecordedEvent(), event, structured));
  if (link !== undefined) read.setLink(fillRecorded(new streams.ReadResp.ReadEvent.RecordedEvent(), link, structured));
  return new streams.ReadResp().setEvent(read);
}

type Filter = Pick<ReadReq.Options.FilterOptions, 'getEventType' | 'getStreamIdentifier'>;

/** The filter of a subscription to `$all`, as a function. */
export function filterOf(filter: Filter | undefined): (event: Recorded) => boolean {
  const byType = filter?.getEventType();
  const byStream = filter?.getStreamIdentifier();
  const expression = byType ?? byStream;
  if (expression === undefined) return () => true;
  const text = (event: Recorded): string => (byType === undefined ? event.stream : event.type);
  const pattern = expression.getRegex();
  if (pattern !== '') {
    const regex = new RegExp(pattern);
    return (event) => regex.test(text(event));
  }
  const prefixes = expression.getPrefixList();
  return (event) => prefixes.some((prefix) => text(event).startsWith(prefix));
}

/** An error as the library sends it: the status, and trailers from which the client reads which error it is. */
export function serviceError({ code, details, trailers }: WireError): ServiceError {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(trailers ?? {})) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

/** Writes, and waits until the other side has room; false once the call is over. */
export async function writeOut<Request, Response>(
  call: ServerWritableStream<Request, Response>,
  message: Response,
): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (call.write(message) || call.writableLength < ROOM) return true;
  return new Promise((resolve) => {
    const go = (open: boolean) => () => {
      call.off('drain', onDrain);
      call.off('cancelled', onEnd);
      call.off('close', onEnd);
      resolve(open);
    };
    const onDrain = go(true);
    const onEnd = go(false);
    call.once('drain', onDrain);
    call.once('cancelled', onEnd);
    call.once('close', onEnd);
  });
}
