import net from 'node:net';
import tls from 'node:tls';
import type { Host } from './address.ts';

/** What listens at a port: nobody, a web server, something that speaks TLS or does not, HTTP/2, or somebody who is silent or hangs up. */
export type Heard = 'nobody' | 'web' | 'tls' | 'noTls' | 'http2' | 'silent' | 'hungUp';

const PATIENCE = 1_000;
const TLS_ALERT = 0x15;
const HTTP2_SETTINGS = 4;

/** Knocks at a port once, to say something useful of a server that does not answer as an event store should. */
export async function probe({ address, port }: Host, secure: boolean): Promise<Heard> {
  if (secure) return knockSecurely(address, port);
  const heard = await knock(address, port);
  // Some who speak TLS hang up on whoever does not, without a word.
  return heard === 'hungUp' && (await knockSecurely(address, port)) === 'http2' ? 'tls' : heard;
}

function settling(socket: net.Socket, start: (settle: (heard: Heard) => void) => void): Promise<Heard> {
  return new Promise((resolve) => {
    const settle = (heard: Heard): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.destroy();
      resolve(heard);
    };
    const timer = setTimeout(() => settle('silent'), PATIENCE);
    start(settle);
  });
}

function knock(host: string, port: number): Promise<Heard> {
  const socket = net.connect({ host, port });
  return settling(socket, (settle) => {
    socket.on('error', () => settle('nobody'));
    socket.on('close', () => settle('hungUp'));
    socket.on('connect', () =>
      socket.write(`GET /info HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (data: Buffer) => {
      if (data[0] === TLS_ALERT) return settle('tls');
      if (data.toString('latin1', 0, 5) === 'HTTP/')
        return settle(/dbVersion|esVersion/.test(data.toString('latin1')) ? 'http2' : 'web');
      settle(data[3] === HTTP2_SETTINGS ? 'http2' : 'hungUp');
    });
  });
}

function knockSecurely(host: string, port: number): Promise<Heard> {
  const socket = tls.connect({ host, port, rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  return settling(socket, (settle) => {
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.syscall === 'connect' ? 'nobody' : 'noTls'));
    socket.on('close', () => settle('noTls'));
    socket.on('secureConnect', () => settle(socket.alpnProtocol === 'h2' ? 'http2' : 'web'));
  });
}
