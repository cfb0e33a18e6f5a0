/** A WebSocket that goes nowhere: a test is the server. */
export class FakeSocket {
  /** All that were opened since the last render, the oldest first. */
  static readonly opened: FakeSocket[] = [];

  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  isClosed = false;

  constructor(readonly url: string) {
    FakeSocket.opened.push(this);
    queueMicrotask(() => this.onopen?.());
  }

  /** Sends a watch event to the page. The SDK hands events on every half second. */
  push(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: object): void {
    this.onmessage?.({ data: JSON.stringify({ type, object }) });
  }

  send(): void {
    throw new Error('A watch sends nothing.');
  }

  close(): void {
    this.isClosed = true;
  }
}
