// `make test`: runs the parts named on the command line, or all. A part that fails does not keep the others from running.
import { type Outcome, allParts } from './parts';

const ran = (outcome: Outcome): outcome is Extract<Outcome, { ran: true }> => outcome.ran;

const parts = allParts();
const named = process.argv.slice(2);
const unknown = named.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const results: { name: string; outcome: Outcome; seconds: number }[] = [];
for (const { name, run } of parts.filter((part) => named.length === 0 || named.includes(part.name))) {
  console.log(`\n── ${name} ──`);
  const begin = Date.now();
  const outcome = await run();
  results.push({ name, outcome, seconds: Math.round((Date.now() - begin) / 1_000) });
}

console.log('\n── result ──');
for (const { name, outcome, seconds } of results) {
  if (!ran(outcome)) continue;
  const { passed, failed, skipped } = outcome;
  console.log(`${failed > 0 ? 'FAILED' : 'passed'}  ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped (${seconds} s)`);
}
const left = results.flatMap(({ name, outcome }) => (ran(outcome) ? [] : [`not run ${name}: ${outcome.why}`]));
console.log(left.length === 0 ? 'Nothing was left out.' : left.join('\n'));

const total = (count: 'passed' | 'failed' | 'skipped'): number => results.reduce((sum, { outcome }) => sum + (ran(outcome) ? outcome[count] : 0), 0);
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped') + left.length} skipped`);
process.exitCode = total('failed') > 0 ? 1 : 0;
