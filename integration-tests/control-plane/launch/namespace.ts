import { spawn } from 'node:child_process';
import { run } from '../../../sandbox/launch/child';
import { Refusal } from '../../../sandbox/launch/refusal';

/** Set inside the network namespace. */
const MARK = 'VIRT_RUNBOOKS_NETWORK';

/**
 * Every address of pods, nodes and services is local: two replicas listen on the same port of different addresses, and
 * nothing leaves. `$@` is what runs in it.
 */
const INSIDE = 'ip link set lo up && ip route add local 10.0.0.0/8 dev lo && exec "$@"';

/** Whether this process stands in a network of its own, made by {@link inNamespace}. */
export const isInNamespace = (): boolean => process.env[MARK] === 'own';

const worksWith = async (flags: string): Promise<boolean> => run('unshare', [flags, '--', 'setpriv', '--pdeathsig', 'KILL', '--', 'sh', '-c', INSIDE, 'sh', 'true']).then(() => true, () => false);

/** How a network namespace can be had here, as flags of `unshare`. Throws a {@link Refusal} that says what to do if it cannot. */
async function flagsHere(): Promise<string> {
  // As root the network alone; otherwise as root of a user namespace, in which it is one's own.
  for (const flags of ['-n', '-Urn']) if (await worksWith(flags)) return flags;
  throw new Refusal('The control plane needs a network namespace of its own, and neither `unshare -n` nor `unshare -Urn` works here (with `setpriv` and `ip`): '
    + 'install util-linux and iproute2 and start again as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1).');
}

/** Why the whole control plane cannot run here, in one sentence; undefined if it can. */
export const whyNoNamespace = (): Promise<string | undefined> => flagsHere().then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));

/**
 * Runs a command in a network namespace that goes with it, with this process' terminal. The kernel kills it if this
 * process dies. Resolves with its exit code.
 */
export async function inNamespace(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const flags = await flagsHere();
  const child = spawn('unshare', [flags, '--', 'setpriv', '--pdeathsig', 'KILL', '--', 'sh', '-c', INSIDE, 'sh', command, ...args], {
    stdio: 'inherit', env: { ...process.env, ...env, [MARK]: 'own' },
  });
  // Ctrl-C reaches the child by itself; whoever ends this process alone ends it too, properly.
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  const ignore = (): void => undefined;
  process.on('SIGTERM', pass).on('SIGHUP', pass).on('SIGINT', ignore);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    process.off('SIGTERM', pass).off('SIGHUP', pass).off('SIGINT', ignore);
  }
}
