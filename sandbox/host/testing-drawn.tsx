import { type FC, type ReactElement, type ReactNode, useState } from 'react';
import { type FakeFetch, type HostOptions, type InHost, answering, renderInHost } from './testing';
import { useAddTexts } from '../../src/console/text';
import { NowProvider } from '../../src/components/message/Now';
import DIAGNOSIS from '../../locales/en/runbooks/diagnosis.json';
import { REPORTED_AT } from '../../src/testing/reports';

// Enough of an API for the console to start: one kind, and whatever is asked of it is not found.
const EMPTY = answering(
  [/\/apis$/, { groups: [] }],
  [/\/api\/v1$/, { groupVersion: 'v1', resources: [{ name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get', 'list', 'watch'] }] }],
);

/** As a page does before anything of a runbook is drawn. English stands in the code, but for what is counted. */
const WithTexts: FC<{ readonly children: ReactNode }> = ({ children }) => {
  const add = useAddTexts();
  useState(() => add(DIAGNOSIS));
  return <>{children}</>;
};

/**
 * Draws a component in the host at the time of the fixture reports, with the English of the code as texts of the
 * runbooks. Whatever else is asked of the network is answered by `fetch`, by default with 404.
 */
export const drawn = (element: ReactElement, options: Partial<HostOptions> = {}): Promise<InHost> => {
  const fetch: FakeFetch = (asked) => options.fetch?.(asked) ?? EMPTY(asked);
  return renderInHost(<WithTexts><NowProvider at={Date.parse(REPORTED_AT)}>{element}</NowProvider></WithTexts>, { ...options, fetch });
};
