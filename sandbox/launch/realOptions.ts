import { accessSync, constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Wanted } from '../../src/headless/access';
import { isWatching, readPort } from './port';
import { Refusal } from './refusal';

/** What `make start KUBECONFIG=…` was asked for. */
export interface RealOptions {
  /** Kubeconfig, context, token and CA, as the command `virt-runbooks` takes them. */
  wanted: Wanted;
  /** Addresses of the monitoring; what is not given is looked for in the cluster. */
  prometheus?: string;
  alertmanager?: string;
  port: number;
  watch: boolean;
}

/** The variables of `make start` that mean a real cluster. */
const REAL = ['KUBECONFIG', 'CONTEXT', 'PROMETHEUS', 'ALERTMANAGER', 'TOKEN_FILE', 'CA_FILE'] as const;
type Variable = (typeof REAL)[number];

// A shell expands it only at the start of a word.
const atHome = (file: string): string => (file.startsWith('~/') ? path.join(os.homedir(), file.slice(2)) : file);

function readable(variable: Variable, given: string): string {
  const file = atHome(given);
  try {
    accessSync(file, constants.R_OK);
    return file;
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read';
    throw new Refusal(`${variable}=${given}: ${why}. Give the path of the file.`);
  }
}

function address(variable: Variable, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new Refusal(`${variable}=${text} is no address: give one that begins with http:// or https://.`);
  return text.replace(/\/+$/, '');
}

/** Variables the person typed behind `make`. Those of the environment do not count: many have a KUBECONFIG there, and mean the sandbox. */
const typed = (env: NodeJS.ProcessEnv): readonly Variable[] => {
  const given = (env['GIVEN'] ?? '').split(' ');
  return REAL.filter((name) => given.includes(name) && env[name] !== undefined && env[name] !== '');
};

// Like kubectl's: several files are merged, and the library takes their list from the environment alone.
const kubeconfigOf = (text: string): Pick<Wanted, 'kubeconfig'> => {
  const files = text.split(path.delimiter).filter((file) => file !== '').map((file) => readable('KUBECONFIG', file));
  return files.length === 1 && files[0] !== undefined ? { kubeconfig: files[0] } : {};
};

/**
 * Reads what names a real cluster; undefined if nothing does. `GIVEN` holds the names of the variables that were typed
 * behind `make`. Throws a {@link Refusal} for what cannot be.
 */
export async function readRealOptions(env: NodeJS.ProcessEnv): Promise<RealOptions | undefined> {
  const given = typed(env);
  const [first] = given;
  if (first === undefined) return undefined;
  const valueOf = (name: Variable): string | undefined => (given.includes(name) ? env[name] : undefined);
  const kubeconfig = valueOf('KUBECONFIG');
  if (kubeconfig === undefined) throw new Refusal(`${first}=… is for a real cluster: name its kubeconfig too, with KUBECONFIG=… .`);
  if (env['SCENARIO'] !== undefined && env['SCENARIO'] !== '') throw new Refusal('SCENARIO=… is for the simulated cluster and KUBECONFIG=… for a real one: give one of the two.');
  const [context, prometheus, alertmanager, tokenFile, caFile] = (['CONTEXT', 'PROMETHEUS', 'ALERTMANAGER', 'TOKEN_FILE', 'CA_FILE'] as const).map(valueOf);
  return {
    wanted: {
      ...kubeconfigOf(kubeconfig),
      ...(context === undefined ? {} : { context }),
      ...(tokenFile === undefined ? {} : { tokenFile: readable('TOKEN_FILE', tokenFile) }),
      ...(caFile === undefined ? {} : { caFile: readable('CA_FILE', caFile) }),
    },
    ...(prometheus === undefined ? {} : { prometheus: address('PROMETHEUS', prometheus) }),
    ...(alertmanager === undefined ? {} : { alertmanager: address('ALERTMANAGER', alertmanager) }),
    port: await readPort(env),
    watch: isWatching(env),
  };
}
