/** The addresses of our pages in all projects. */
export const OVERVIEW = '/k8s/all-namespaces/virtualization-overview';
export const RUNBOOKS = `${OVERVIEW}/runbooks`;

const search = (labels: Readonly<Record<string, string>>): string => {
  const text = new URLSearchParams(labels).toString();
  return text === '' ? '' : `?${text}`;
};

/** The page of a runbook, with the labels of an instance. */
export const runbook = (alert: string, labels: Readonly<Record<string, string>> = {}): string => `${RUNBOOKS}/${encodeURIComponent(alert)}${search(labels)}`;

/** The page of a mitigation. */
export const mitigation = (alert: string, id: string): string => `${RUNBOOKS}/${alert}/mitigate/${id}`;
