import { readRealOptions } from './realOptions';
import { newFolder } from './testing-realServer';

let folder: Awaited<ReturnType<typeof newFolder>>;
let kubeconfig: string;
beforeAll(async () => {
  folder = await newFolder();
  kubeconfig = await folder.write('config', '');
});
afterAll(() => folder.remove());

/** As make hands them over: what stands behind it on the command line is named in GIVEN. */
const typed = (variables: Record<string, string>) => readRealOptions({ ...variables, GIVEN: Object.keys(variables).join('  '), PORT: '59321' });

test('what is merely in the environment means nothing', async () => {
  expect(await readRealOptions({ KUBECONFIG: kubeconfig, PROMETHEUS: 'nonsense' })).toBeUndefined();
  expect(await readRealOptions({ KUBECONFIG: kubeconfig, GIVEN: '     ' })).toBeUndefined();
  const options = await readRealOptions({ KUBECONFIG: kubeconfig, GIVEN: 'KUBECONFIG', CONTEXT: 'of the environment', PORT: '59321' });
  expect(options?.wanted).toEqual({ kubeconfig });
});

test('all that can be typed', async () => {
  expect(await typed({ KUBECONFIG: kubeconfig, CONTEXT: 'prod', PROMETHEUS: 'https://thanos/', ALERTMANAGER: 'http://am', TOKEN_FILE: kubeconfig, CA_FILE: kubeconfig })).toEqual({
    wanted: { kubeconfig, context: 'prod', tokenFile: kubeconfig, caFile: kubeconfig }, prometheus: 'https://thanos', alertmanager: 'http://am', port: 59_321, watch: false,
  });
});

test('several kubeconfigs are left to be merged, each having been looked at', async () => {
  expect((await typed({ KUBECONFIG: `${kubeconfig}:${kubeconfig}` }))?.wanted).toEqual({});
  await expect(typed({ KUBECONFIG: `${kubeconfig}:/none` })).rejects.toThrow('KUBECONFIG=/none: there is no such file. Give the path of the file.');
});

test.each([
  ['no such file', { KUBECONFIG: '/none' }, 'KUBECONFIG=/none: there is no such file. Give the path of the file.'],
  ['a token that is not there', { TOKEN_FILE: '/none' }, 'TOKEN_FILE=/none: there is no such file. Give the path of the file.'],
  ['a CA that is not there', { CA_FILE: '/none' }, 'CA_FILE=/none: there is no such file. Give the path of the file.'],
  ['no address', { PROMETHEUS: 'thanos.example' }, 'PROMETHEUS=thanos.example is no address: give one that begins with http:// or https://.'],
  ['a scenario beside', { SCENARIO: 'healthy' }, 'SCENARIO=… is for the simulated cluster and KUBECONFIG=… for a real one: give one of the two.'],
])('refused: %s', async (_, variables, sentence) => {
  await expect(typed({ KUBECONFIG: kubeconfig, ...variables })).rejects.toMatchObject({ name: 'Refusal', message: sentence });
});

test('refused: the rest of it without a kubeconfig', async () => {
  await expect(typed({ PROMETHEUS: 'https://thanos' })).rejects.toThrow('PROMETHEUS=… is for a real cluster: name its kubeconfig too, with KUBECONFIG=… .');
});
