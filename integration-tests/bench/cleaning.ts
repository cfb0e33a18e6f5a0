// `make bench-cleaning`: 20,000 failed virt-launcher pods in 200 namespaces, deleted by the page and by typed commands, on one API server.
// Prints the table and writes docs/speed-cleaning.md.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../sandbox/launch/port';
import { startRealConsole } from '../../sandbox/launch/realConsole';
import { Refusal } from '../../sandbox/launch/refusal';
import { buildPrograms } from '../control-plane/build';
import { cleaningDocument } from './cleaningDocument';
import { compareCleaning } from './litter';
import { endAtSignal, fail, measuredOn } from './machine';
import { startBrowser } from './page';
import { setStage } from './stage';
import { litteredWorld } from './world';

const DOCUMENT = path.resolve('docs', 'speed-cleaning.md');
const LITTER = { pods: Number(process.env['LITTER'] ?? 20_000), namespaces: 200 };
const say = (sentence: string): void => console.log(sentence);

endAtSignal('Nothing was written.');
const on = measuredOn();
try {
  const { kubectl } = await buildPrograms(['kubectl'], say);
  const stage = await setStage(litteredWorld(LITTER), say);
  const console_ = await startRealConsole({ wanted: { kubeconfig: stage.kubeconfig }, prometheus: stage.prometheus, port: await freePort(), watch: false }, { progress: say, lost: (sentence) => fail(new Refusal(sentence)) });
  const browser = await startBrowser();
  const measured = await compareCleaning(stage, LITTER, { browser, entrance: console_.entrance, programs: path.dirname(kubectl), say });
  await browser.close();
  await console_.close();
  await stage.close();
  const text = cleaningDocument({ ...on, ...measured });
  await writeFile(DOCUMENT, text);
  say(`\n${text}\nWritten to ${path.relative('.', DOCUMENT)}.`);
  process.exit(0);
} catch (error) {
  fail(error);
}
