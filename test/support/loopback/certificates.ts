import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

// Just enough of X.509 to make a certificate authority and a certificate for this machine, with what Node brings.

const tagged = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => tagged(0x06, Buffer.from(bytes));
const text = (tag: number, value: string): Buffer => tagged(tag, Buffer.from(value, 'latin1'));
const bits = (value: Buffer): Buffer => tagged(0x03, Buffer.from([0]), value);

const ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = oid(0x55, 0x04, 0x03);
const BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
const ALTERNATIVE_NAMES = oid(0x55, 0x1d, 0x11);
const TRUE = tagged(0x01, Buffer.from([0xff]));

const named = (name: string): Buffer => sequence(tagged(0x31, sequence(COMMON_NAME, text(0x0c, name))));
const asUtcTime = (year: number): Buffer => text(0x17, `${String(year % 100).padStart(2, '0')}0101000000Z`);

function certificate(
  subject: string,
  issuer: string,
  publicKey: KeyObject,
  signedWith: KeyObject,
  authority: boolean,
): string {
  const year = new Date().getUTCFullYear();
  const constraints = sequence(BASIC_CONSTRAINTS, TRUE, tagged(0x04, authority ? sequence(TRUE) : sequence()));
  const here = sequence(
    text(0x82, 'localhost'),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
    tagged(0x87, Buffer.alloc(16, 0).fill(1, 15)),
  );
  const alternatives = sequence(ALTERNATIVE_NAMES, tagged(0x04, here));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const toBeSigned = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    ECDSA_WITH_SHA256,
    named(issuer),
    sequence(asUtcTime(year - 1), asUtcTime(year + 2)),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, authority ? sequence(constraints) : sequence(constraints, alternatives)),
  );
  const whole = sequence(toBeSigned, ECDSA_WITH_SHA256, bits(sign('sha256', toBeSigned, signedWith)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that nobody knows, and a certificate by it for `localhost` and 127.0.0.1; all PEM. */
export function makeCertificates(): Certificates {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = `Loopback authority ${randomBytes(4).toString('hex')}`;
  return {
    authority: certificate(name, name, authority.publicKey, authority.privateKey, true),
    certificate: certificate('localhost', name, server.publicKey, authority.privateKey, false),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
