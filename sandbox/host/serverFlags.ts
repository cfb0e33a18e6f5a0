import type { ServerFlags } from '../bridge/indexPage';

/** What the bridge told the page before its first script ran. In a component test `testing-setup.ts` tells it. */
export const serverFlags = (): ServerFlags => (window as unknown as { SERVER_FLAGS: ServerFlags }).SERVER_FLAGS;
