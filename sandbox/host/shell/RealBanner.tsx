import { Banner } from '@patternfly/react-core';
import type { FC } from 'react';
import { serverFlags } from '../serverFlags';

/** Says on every page whose cluster this is and that what is done here is done. It cannot be closed. */
export const RealBanner: FC = () => {
  const { real } = serverFlags().sandbox;
  if (real === undefined) return null;
  return (
    <Banner isSticky status="danger" screenReaderText="Caution:" data-test="real-banner" className="host-banner">
      Real cluster {real.context} ({real.server}). Writes are real.
    </Banner>
  );
};
