import { TestEnvironment as JsdomEnvironment } from 'jest-environment-jsdom';

// What browsers have and jsdom lacks; Node has them all.
const FROM_NODE = { BroadcastChannel, fetch, Headers, Request, Response, ReadableStream, TextDecoder, TextEncoder, setImmediate, structuredClone };

/** jsdom with fetch and its kin, for everything that runs in a page. */
export default class PageEnvironment extends JsdomEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, FROM_NODE);
  }
}
