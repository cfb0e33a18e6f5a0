import { type KubeObject } from '../../../src/testing/types';
import { run } from '../../../sandbox/launch/child';
import { buildPrograms } from '../build';

/** KubeVirt's own definitions of its kinds, schemas and all, as its operator would make them. Builds the program that prints them if it is missing. */
export const kubeVirtDefinitions = async (): Promise<readonly KubeObject[]> => {
  const { manifest } = await buildPrograms(['manifest']);
  const { stdout } = await run(manifest, ['-part', 'definitions']);
  return (JSON.parse(stdout) as { items: KubeObject[] }).items;
};
