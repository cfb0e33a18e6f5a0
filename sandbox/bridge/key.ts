import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { cookie } from './security';

/** The parameter of the first address that carries the key; the page takes it out of the address bar. */
export const KEY_PARAMETER = 'key';

/**
 * What a bridge with somebody's rights behind it asks of everybody but the one who started it. A loopback port can be
 * reached by every user and every program of the machine; the address printed by the launcher by one.
 */
export class Key {
  readonly value = randomBytes(32).toString('base64url');

  private isRight(text: string | undefined | null): boolean {
    const [given, right] = [Buffer.from(text ?? ''), Buffer.from(this.value)];
    return given.length === right.length && timingSafeEqual(given, right);
  }

  // Cookies of localhost are sent to all of its ports: two bridges must not take each other's.
  private nameFor(request: IncomingMessage): string {
    return `bridge-key-${request.socket.localPort ?? 0}`;
  }

  /** Has this browser been let in before? */
  isHeldBy(request: IncomingMessage): boolean {
    return this.isRight(cookie(request, this.nameFor(request)));
  }

  /** Is the key in the address? */
  isIn(url: URL): boolean {
    return this.isRight(url.searchParams.get(KEY_PARAMETER));
  }

  /** The cookie that lets a browser in; no script can read it, and no other site's request carries it. */
  cookieFor(request: IncomingMessage): string {
    return `${this.nameFor(request)}=${this.value}; Path=/; HttpOnly; SameSite=Strict`;
  }
}
