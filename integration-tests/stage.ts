import type { APIRequestContext, Request } from '@playwright/test';

/** What the local console plays at the moment, and how another scenario is put on. */
export class Stage {
  /** `isTouched`: somebody may have written to the cluster before. */
  constructor(
    private readonly request: APIRequestContext,
    private isTouched: boolean,
  ) {}

  /** Puts the scenario on, unless it is on already and nobody has written to its cluster. */
  async show(id: string): Promise<void> {
    const { current } = (await (await this.request.get('/sandbox/scenarios')).json()) as { current: string };
    if (current === id && !this.isTouched) return;
    const reply = await this.request.post('/sandbox/scenario', { data: { id }, headers: await this.token(), timeout: 120_000 });
    if (!reply.ok()) throw new Error(`The scenario ${id} was not put on: ${await reply.text()}`);
    this.isTouched = false;
  }

  /** What the bridge wants to see on everything that changes something. */
  private async token(): Promise<Record<string, string>> {
    await this.request.get('/');
    const { cookies } = await this.request.storageState();
    return { 'X-CSRFToken': cookies.find(({ name }) => name === 'csrf-token')?.value ?? '' };
  }

  /** Somebody else annotates an object, beside the page. */
  annotate(path: string, name: string): Promise<void> {
    return this.write('PATCH', path, { metadata: { annotations: { [name]: String(Date.now()) } } });
  }

  /** Writes as somebody else would, beside the page: a merge patch, or an object. */
  async write(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<void> {
    this.isTouched = true;
    const headers = { ...(await this.token()), 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
    const reply = await this.request.fetch(`/api/kubernetes${path}`, { method, headers, ...(body ? { data: JSON.stringify(body) } : {}) });
    if (!reply.ok()) throw new Error(`${method} ${path} was refused: ${await reply.text()}`);
  }

  /** Notes a request that changes the cluster: the next test gets a new one. */
  notice(request: Request): void {
    const { pathname, searchParams } = new URL(request.url());
    const isWrite = request.method() !== 'GET' && pathname.startsWith('/api/kubernetes/') && !pathname.includes('authorization.k8s.io');
    if (isWrite && searchParams.get('dryRun') !== 'All') this.isTouched = true;
  }

  /** Names of the alerts that fire or wait, as Prometheus itself answers. */
  async alerts(): Promise<readonly string[]> {
    const reply = await this.request.get('/api/prometheus/api/v1/alerts');
    const { data } = (await reply.json()) as { data: { alerts: { labels: { alertname: string } }[] } };
    return data.alerts.map(({ labels }) => labels.alertname);
  }

  /** An object of the simulated cluster, as its API answers. */
  async read<T>(path: string): Promise<T> {
    return (await (await this.request.get(`/api/kubernetes${path}`)).json()) as T;
  }
}
