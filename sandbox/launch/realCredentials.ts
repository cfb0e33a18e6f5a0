import { type Endpoint, type Identity, type Wanted, endpointOf, identify } from '../../src/headless/access';
import { Refusal as HeadlessRefusal } from '../../src/headless/refusal';
import { type Credentials } from '../bridge/proxy';
import { Refusal } from './refusal';

/** Options of the command as make spells them. */
const AS_MAKE: Readonly<Record<string, string>> = {
  '--kubeconfig': 'KUBECONFIG=…', '--context': 'CONTEXT=…', '--token-file': 'TOKEN_FILE=…', '--ca-file': 'CA_FILE=…',
};

/** A refusal of the command in the words of `make start`; any other error as it is. */
const inMakeWords = (error: unknown): unknown =>
  error instanceof HeadlessRefusal ? new Refusal(error.message.replace(/--(kubeconfig|context|token-file|ca-file)/g, (option) => AS_MAKE[option] ?? option)) : error;

/** Between two attempts to get new credentials, milliseconds: a page asks many things at once. */
const NOT_BEFORE = 5_000;

/**
 * The credentials of a kubeconfig's user, made once and again when a server no longer takes them: an exec plugin is
 * run again, and files are read again, so that logging in anew is enough for the page to go on.
 */
export class RealCredentials implements Credentials {
  private identity: Identity;
  private readonly endpoints = new Map<string, Promise<Endpoint>>();
  private madeAt = Date.now();

  /** Throws a {@link Refusal} for a kubeconfig, context or token that is not there. */
  constructor(private readonly wanted: Wanted) {
    try {
      this.identity = identify(wanted);
    } catch (error) {
      throw inMakeWords(error);
    }
  }

  get context(): string {
    return this.identity.context;
  }

  /** Address of the API server, without a slash at its end. */
  get server(): string {
    return this.identity.cluster.server.replace(/\/+$/, '');
  }

  /** Name of the kubeconfig's entry: what the person calls this user, not what the server does. */
  get entry(): string {
    return this.identity.user.name;
  }

  carriedTo(address: string): Promise<Endpoint> {
    const known = this.endpoints.get(address);
    if (known) return known;
    const { caFile, ...withoutCa } = this.identity;
    // The API server's CA is the kubeconfig's business; the file is for the routes of the monitoring.
    const endpoint = (address === this.server ? endpointOf(withoutCa) : endpointOf({ ...withoutCa, ...(caFile === undefined ? {} : { caFile }) }, address))
      .catch((error: unknown) => {
        this.endpoints.delete(address);
        throw inMakeWords(error);
      });
    this.endpoints.set(address, endpoint);
    return endpoint;
  }

  renew(): Promise<boolean> {
    if (Date.now() - this.madeAt < NOT_BEFORE) return Promise.resolve(false);
    this.madeAt = Date.now();
    try {
      this.identity = identify(this.wanted);
      // Those under way keep what they began with.
      this.endpoints.clear();
      return Promise.resolve(true);
    } catch {
      // The kubeconfig is being written, or gone: what there was still says more than nothing.
      return Promise.resolve(false);
    }
  }
}
