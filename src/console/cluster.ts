import { type Clock, type Reader, createClock, createReader, limited } from '../engine';
import { consoleTransport } from './transport';

/** Requests of ours under way at once, over all pages. */
const AT_ONCE = 6;

const transport = limited(consoleTransport, AT_ONCE);

/** What time it is on the cluster. */
export const clock: Clock = createClock(() => Date.now());

const readers = new Map<string | undefined, Reader>();

/** The reader of this browser tab; `tenant` is the project of the page, which a tenant's Prometheus queries are confined to. */
export const readerFor = (tenant: string | undefined): Reader => {
  const reader = readers.get(tenant) ?? createReader(transport, clock, tenant);
  readers.set(tenant, reader);
  return reader;
};
