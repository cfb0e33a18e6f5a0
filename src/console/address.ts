import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';

export { Link } from 'react-router';

type Labels = Readonly<Record<string, string>>;

/** First segment of all our addresses after the namespace. */
const ROOT = 'virtualization-overview';

const below = (namespace: string | undefined) => `/k8s/${namespace === undefined ? 'all-namespaces' : `ns/${encodeURIComponent(namespace)}`}/${ROOT}`;

const search = (labels: Labels): string => {
  const parameters = new URLSearchParams(Object.entries(labels)).toString();
  return parameters && `?${parameters}`;
};

/** The addresses of our pages, without the console's base path. `namespace` undefined means all. */
export const paths = {
  overview: (namespace: string | undefined): string => below(namespace),
  runbooks: (namespace: string | undefined): string => `${below(namespace)}/runbooks`,
  runbook: (namespace: string | undefined, alert: string, labels: Labels = {}): string =>
    `${below(namespace)}/runbooks/${encodeURIComponent(alert)}${search(labels)}`,
  mitigate: (namespace: string | undefined, alert: string, labels: Labels, mitigation: string): string =>
    `${below(namespace)}/runbooks/${encodeURIComponent(alert)}/mitigate/${encodeURIComponent(mitigation)}${search(labels)}`,
};

/** A label name as Prometheus allows it. Our own parameters contain a hyphen, which it does not. */
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** What the address of a page says. */
export interface Address {
  /** Undefined for all namespaces. */
  readonly namespace: string | undefined;
  readonly alertname: string;
  readonly mitigation: string;
  /** Labels of the alert, from the search part. */
  readonly labels: Labels;
  /** Parameters that are neither labels nor ours. */
  readonly malformed: readonly string[];
  /** Our own parameters, each with a hyphen in its name. */
  readonly own: Labels;
  /** Changes our own parameters; an empty value removes one. The entry in the history is replaced. */
  readonly setOwn: (parameters: Labels) => void;
}

/** The address of the page, taken apart. */
export const useAddress = (): Address => {
  const { ns, alertname = '', mitigation = '' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const parts = useMemo(() => {
    const all = [...new URLSearchParams(location.search)];
    const repeated = all.map(([name]) => name).filter((name, i, names) => names.indexOf(name) !== i);
    const isLabel = ([name]: readonly [string, string]) => LABEL.test(name) && !repeated.includes(name);
    const isOwn = ([name]: readonly [string, string]) => name.includes('-');
    return {
      labels: Object.fromEntries(all.filter((one) => isLabel(one) && one[0] !== 'alertname')),
      own: Object.fromEntries(all.filter(isOwn)),
      malformed: [...new Set(all.filter((one) => !isLabel(one) && !isOwn(one)).map(([name]) => name))],
    };
  }, [location.search]);
  const setOwn = useCallback((parameters: Labels) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(parameters)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    void navigate(`${location.pathname}${next.size > 0 ? `?${next}` : ''}`, { replace: true });
  }, [location.pathname, location.search, navigate]);
  return { namespace: ns, alertname, mitigation, ...parts, setOwn };
};

/** Goes to another address of the console. */
export const useGoTo = (): ((path: string) => void) => {
  const navigate = useNavigate();
  return useCallback((path) => void navigate(path), [navigate]);
};
