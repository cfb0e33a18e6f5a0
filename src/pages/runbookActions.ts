import { useMemo } from 'react';
import { paths, useGoTo } from '../console/address';
import { useProject } from '../console/project';
import { useWords } from '../console/text';
import { NAMES } from '../runbooks/names';

type Labels = Readonly<Record<string, string>>;

/** The part of the console's alert that a link needs. */
export interface AlertScope {
  readonly alert?: { readonly labels?: Labels; readonly rule?: { readonly name?: string } };
}

/** What the runbook's page needs to find this alert again; undefined for an alert without a runbook. */
export const runbookOf = (labels: Labels): { readonly runbook: string; readonly labels: Labels } | undefined => {
  const { alertname = '' } = labels;
  const known = Object.hasOwn(NAMES, alertname) ? NAMES[alertname] : undefined;
  return known && {
    runbook: known.runbook,
    labels: Object.fromEntries(known.identity.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]]))),
  };
};

/**
 * Adds "Open runbook" to the alert pages of Observe. Mounted for every row of the alert list: it knows names, and asks
 * nobody. Always loaded; a list that never loads would hide the actions of every other plugin.
 */
const useRunbookActions = ({ alert }: AlertScope) => {
  const t = useWords();
  const goTo = useGoTo();
  const project = useProject();
  const labels = alert?.labels;
  return useMemo(() => {
    const found = labels && runbookOf(labels);
    const actions = found
      ? [{ id: 'virt-runbooks-open', label: t('Open runbook'), cta: () => goTo(paths.runbook(project, found.runbook, found.labels)) }]
      : [];
    return [actions, true, undefined] as const;
  }, [labels, t, goTo, project]);
};

export default useRunbookActions;
