import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessOf, monitoringRights, type AccessAttributes } from './access';
import { ask, reasonOf } from './ask';
import { addressOf, passOn, unreachable, type Backend } from './proxy';
import { bodyOf, replyError, replyJson, replyText } from './reply';
import { confine, isNamespaceName, rulesOf, tenancyEndpoint, UnenforceableQuery } from './tenancy';

/** What stands behind the bridge. */
export interface Backends {
  kubernetes: Backend;
  prometheus: Backend;
  alertmanager: Backend;
}

/** Answers what is below `/api/`: the same addresses as the console's own server, with the same rights. */
export async function api(backends: Backends, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, name, rest] = /^\/api\/([^/?]+)(.*)$/.exec(request.url ?? '') ?? [];
  const path = rest?.startsWith('/') ? rest : `/${rest ?? ''}`;
  switch (name) {
    case 'kubernetes':
      await passOn(request, response, backends.kubernetes, path);
      return;
    case 'prometheus':
      if (await isAllowed(backends, request, response, monitoringRights.prometheus(request)))
        await passOn(request, response, backends.prometheus, path);
      return;
    case 'alertmanager':
      if (await isAllowed(backends, request, response, monitoringRights.alertmanager(request)))
        await passOn(request, response, backends.alertmanager, path);
      return;
    case 'prometheus-tenancy':
      await tenancy(backends, request, response, new URL(path, 'http://localhost'));
      return;
    default:
      replyError(response, 404, `There is nothing at /api/${name ?? ''}.`);
  }
}

/**
 * Answers the request itself if its user may not do this, or if that cannot be told. Before a real cluster's monitoring
 * stands a proxy of its own, which judges by the credentials that the request carries.
 */
async function isAllowed(
  { kubernetes }: Backends,
  request: IncomingMessage,
  response: ServerResponse,
  attributes: AccessAttributes,
): Promise<boolean> {
  if (kubernetes.credentials) return true;
  const access = await accessOf(request, kubernetes, attributes);
  // In plain text, and who cannot be judged is not let in: both as kube-rbac-proxy does.
  if (access.state === 'denied') replyText(response, 403, access.message);
  if (access.state === 'unknown') replyError(response, 500, access.message);
  return access.state === 'allowed';
}

/** Metrics of one namespace for somebody who may not see all: the parameter `namespace` is required and enforced. */
async function tenancy(backends: Backends, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const endpoint = tenancyEndpoint(url.pathname);
  if (endpoint === undefined) {
    replyError(response, 404, `The tenancy address serves queries, labels, series and rules, not ${url.pathname}.`);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'POST') {
    // Go reads a form from the body of PUT and PATCH as well.
    replyError(response, 405, 'The tenancy address takes GET and POST.');
    return;
  }
  const form = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)) : undefined;
  const namespaces = new Set([...url.searchParams.getAll('namespace'), ...(form?.getAll('namespace') ?? [])]);
  const [namespace] = namespaces;
  if (namespace === undefined || namespaces.size > 1 || !isNamespaceName(namespace)) {
    replyError(response, 400, 'The tenancy address needs exactly one query parameter "namespace", the name of a namespace.');
    return;
  }
  const right = endpoint === 'rules' ? monitoringRights.tenantRules(namespace) : monitoringRights.tenantMetrics(namespace);
  if (!(await isAllowed(backends, request, response, right))) return;
  if (endpoint === 'rules') {
    await tenantRules(backends.prometheus, response, namespace);
    return;
  }
  try {
    const query = confine(url.searchParams, namespace, form === undefined ? endpoint : 'query');
    const body = form && confine(form, namespace, endpoint).toString();
    await passOn(request, response, backends.prometheus, `${url.pathname}?${query}`, body);
  } catch (error) {
    if (!(error instanceof UnenforceableQuery)) throw error;
    replyError(response, 400, `The query cannot be confined to the namespace "${namespace}": ${error.message}.`);
  }
}

async function tenantRules(prometheus: Backend, response: ServerResponse, namespace: string): Promise<void> {
  const address = addressOf(prometheus);
  if (address === undefined) {
    replyError(response, 502, unreachable(prometheus, address));
    return;
  }
  try {
    const carried = await prometheus.credentials?.carriedTo(address);
    const answer = await ask(`${address}/api/v1/rules`, { headers: { ...carried?.headers }, agent: carried?.agent });
    if (answer.status !== 200) replyError(response, answer.status === 401 || answer.status === 403 ? answer.status : 502, `${prometheus.name} answered the rules with ${answer.status}.`);
    else replyJson(response, 200, rulesOf(JSON.parse(answer.body) as Parameters<typeof rulesOf>[0], namespace));
  } catch (error) {
    replyError(response, 502, unreachable(prometheus, address, reasonOf(error)));
  }
}
