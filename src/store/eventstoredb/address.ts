import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BadStoreUrl } from '../errors.ts';

export interface Host {
  readonly address: string;
  readonly port: number;
}

/** A connection string, taken apart. */
export interface Address {
  readonly hosts: readonly Host[];
  /** Whether the hosts are asked for the members of their cluster: several hosts, or `+discover`. */
  readonly discover: 'no' | 'hosts' | 'dns';
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly tls: boolean;
  readonly authority: Buffer | undefined;
  readonly userCertificate: { readonly certificate: Buffer; readonly key: Buffer } | undefined;
  readonly nodePreference: NodePreference;
  readonly connectionName: string | undefined;
  readonly keepAliveInterval: number;
  readonly keepAliveTimeout: number;
  /** Milliseconds of `defaultDeadline`, when it is given. */
  readonly deadline: number | undefined;
  /** The connection string without its password. */
  readonly shown: string;
}

export type NodePreference = 'leader' | 'follower' | 'read_only_replica' | 'random';

const SCHEMES: Readonly<Record<string, 'no' | 'dns'>> = {
  esdb: 'no',
  'esdb+discover': 'dns',
  kurrentdb: 'no',
  'kurrentdb+discover': 'dns',
  kurrent: 'no',
  'kurrent+discover': 'dns',
  kdb: 'no',
  'kdb+discover': 'dns',
};
const DEFAULT_PORT = 2113;
const DEFAULT_KEEP_ALIVE = 10_000;
const PREFERENCES: readonly NodePreference[] = ['leader', 'follower', 'read_only_replica', 'random'];
/** Understood by the client, of no use here: the adapter sees to them itself. */
const SEEN_TO = new Set([
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
  'throwonappendfailure',
  'tlsverifycert',
]);
const EXAMPLE = 'esdb://user:password@host:2113?tls=true&tlsCAFile=/path/to/ca.crt';

/** Whether a URL is the connection string of an EventStoreDB or KurrentDB. */
export function isEventStoreDBUrl(url: string): boolean {
  const [scheme] = url.split('://', 1);
  return scheme !== undefined && scheme !== url && scheme.toLowerCase() in SCHEMES;
}

/**
 * Takes a connection string apart: `esdb://`, `esdb+discover://` and their `kurrentdb` names. User name and password are URL-encoded.
 * Throws `BadStoreUrl` without repeating a password.
 */
export function parseAddress(url: string): Address {
  const [, scheme = '', credentialsPart, hostsPart = '', query = ''] =
    /^([a-z+]+):\/\/(?:([^@/?]*)@)?([^/?]*)\/?(?:\?(.*))?$/i.exec(url.trim()) ?? [];
  const discovery = SCHEMES[scheme.toLowerCase()];
  if (discovery === undefined)
    throw bad('it begins with esdb://, esdb+discover://, kurrentdb:// or kurrentdb+discover://');
  const hosts = hostsPart.split(',').map(parseHost);
  const credentials = credentialsPart === undefined ? undefined : parseCredentials(credentialsPart);
  const options = parseOptions(query);
  const tls = truth(options, 'tls') ?? true;
  if (truth(options, 'tlsverifycert') === false && tls) {
    throw bad(
      'tlsVerifyCert=false is not supported by the client',
      'name the certificate authority instead: tlsCAFile=/path/to/ca.crt',
    );
  }
  const preference = (options.get('nodepreference') ?? 'leader').toLowerCase().replaceAll(/[_-]/g, '');
  const nodePreference = PREFERENCES.find((name) => name.replaceAll('_', '') === preference);
  if (nodePreference === undefined) throw bad(`nodePreference is one of ${PREFERENCES.join(', ')}`);
  const certificate = options.get('usercertfile');
  const key = options.get('userkeyfile');
  if ((certificate === undefined) !== (key === undefined)) throw bad('userCertFile and userKeyFile come together');
  const authorityFile = options.get('tlscafile');
  const shownCredentials = credentials === undefined ? '' : `${encodeURIComponent(credentials.username)}@`;
  return {
    hosts,
    discover: discovery === 'dns' ? 'dns' : hosts.length > 1 ? 'hosts' : 'no',
    credentials,
    tls,
    authority: authorityFile === undefined || !tls ? undefined : fileOf('tlsCAFile', authorityFile),
    userCertificate:
      certificate === undefined || key === undefined
        ? undefined
        : { certificate: fileOf('userCertFile', certificate), key: fileOf('userKeyFile', key) },
    nodePreference,
    connectionName: options.get('connectionname'),
    keepAliveInterval: whole(options, 'keepaliveinterval') ?? DEFAULT_KEEP_ALIVE,
    keepAliveTimeout: whole(options, 'keepalivetimeout') ?? DEFAULT_KEEP_ALIVE,
    deadline: whole(options, 'defaultdeadline'),
    shown: `${scheme.toLowerCase()}://${shownCredentials}${hostsPart}${query === '' ? '' : `?${query}`}`,
  };
}

function bad(what: string, hint = `for example ${EXAMPLE}`): BadStoreUrl {
  return new BadStoreUrl(`the connection string cannot be read: ${what}`, { hint });
}

function parseHost(text: string): Host {
  const [, address, port] = /^([^\s:,]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(text.trim()) ?? [];
  if (address === undefined || Number(port ?? DEFAULT_PORT) > 65_535) throw bad(`"${text}" is not host:port`);
  return { address, port: Number(port ?? DEFAULT_PORT) };
}

function parseCredentials(text: string): { username: string; password: string } {
  const at = text.indexOf(':');
  if (at < 1) throw bad('before the @ stands user:password');
  try {
    return { username: decodeURIComponent(text.slice(0, at)), password: decodeURIComponent(text.slice(at + 1)) };
  } catch {
    throw bad('user name and password are not URL-encoded', 'write % as %25, @ as %40, : as %3A, / as %2F');
  }
}

const KNOWN = new Set([
  ...SEEN_TO,
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'nodepreference',
  'connectionname',
  'keepaliveinterval',
  'keepalivetimeout',
  'defaultdeadline',
]);

function parseOptions(query: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', value = ''] = pair.split('=', 2);
    const key = name.trim().toLowerCase().replaceAll(/[_-]/g, '');
    if (!KNOWN.has(key)) throw bad(`there is no option "${name}"`);
    options.set(key, decodeURIComponent(value));
  }
  return options;
}

function truth(options: ReadonlyMap<string, string>, key: string): boolean | undefined {
  const value = options.get(key);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw bad(`${key} is true or false`);
  return value === 'true';
}

function whole(options: ReadonlyMap<string, string>, key: string): number | undefined {
  const value = options.get(key);
  if (value === undefined) return undefined;
  if (!/^-?\d+$/.test(value)) throw bad(`${key} is a whole number of milliseconds`);
  return Number(value);
}

function fileOf(option: string, path: string): Buffer {
  if (!existsSync(path))
    throw bad(
      `${option} names a file that is not there: ${resolve(path)}`,
      'the path is taken from the current folder',
    );
  return readFileSync(path);
}
