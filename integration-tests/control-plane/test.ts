// `make test-control-plane`: the Jest project control-plane, in a network namespace of its own. What follows on the command line
// goes to Jest. Nothing can be fetched in there, so everything is built and fetched before.
import { Refusal } from '../../sandbox/launch/refusal';
import { findBinaries } from '../../sandbox/monitoring/binaries';
import { buildPrograms } from './build';
import { inNamespace } from './launch/namespace';
import { ALL } from './programs';

try {
  await buildPrograms(ALL, (sentence) => console.log(sentence));
  await findBinaries((sentence) => console.log(sentence));
  // One after the other: each starts servers of its own, and the longest waits for what happens in real time.
  // Jest's own file: a runner in between would outlive its parent.
  process.exitCode = await inNamespace(process.execPath, ['node_modules/jest/bin/jest.js', '--ci', '--runInBand', '--selectProjects', 'control-plane', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}
