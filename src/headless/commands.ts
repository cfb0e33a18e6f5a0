import { type Runbook } from '../engine';
import { SHELF, loadRunbook } from '../runbooks/library';
import { readerRoles } from '../runbooks/readerRoles';
import { type ClusterOptions } from './cluster';
import { type Progress } from './diagnose';
import { explain, explainMarkdown, explainText } from './explain';
import { findingsMarkdown, findingsText } from './findingsText';
import { look, writerFor } from './look';
import { runbookNamed } from './names';
import { exitCodeOf } from './outcome';
import { Refusal } from './refusal';
import { following } from './stopping';
import { type Screen, penFor } from './terminal';

/** What a command may do to the world outside: write, and be stopped. */
export interface Outside {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly screen: Screen;
  /** Shows how far a run is; `undefined` takes it away. */
  readonly progress: (text: string | undefined) => void;
  /** Aborted when somebody wants the command to end. */
  readonly stopped: AbortSignal;
  readonly setExitCode: (code: number) => void;
}

interface DiagnoseOptions extends ClusterOptions {
  readonly label: Readonly<Record<string, string>>;
  readonly all?: boolean;
  readonly timeout: number;
  readonly verbose?: boolean;
  readonly output: string;
}

/** What the sub-commands do. */
export interface Commands {
  readonly diagnose: (alert: string | undefined, options: DiagnoseOptions) => Promise<void>;
  readonly list: (options: { readonly output: string }) => void;
  readonly explain: (alert: string, options: { readonly output: string }) => Promise<void>;
  readonly needs: (alerts: readonly string[], options: { readonly all?: boolean; readonly namespace: string; readonly name: string }) => Promise<void>;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const progressText = ({ done, of, alert, answered, questions }: Progress): string =>
  (of === 1 ? `${alert}: ${answered} of ${questions} questions answered` : `${done} of ${of} runbooks done; ${alert}: ${answered} of ${questions} questions answered`);

const loaded = async (alert: string): Promise<Runbook> => {
  const runbook = await loadRunbook(runbookNamed(alert));
  if (!runbook) throw new Error(`The runbook of ${alert} is on the shelf and not in its group.`);
  return runbook;
};

/** The sub-commands, on a world outside. */
export const createCommands = ({ out, err, screen, progress, stopped, setExitCode }: Outside): Commands => ({
  diagnose: async (name, { label, all, timeout, verbose, output, ...cluster }) => {
    if (name !== undefined && all) throw new Refusal('Give the name of an alert or --all, not both.', 'usage');
    if (name === undefined && Object.keys(label).length > 0) throw new Refusal('--label tells instances of one alert apart: give the name of the alert too.', 'usage');
    const alert = name === undefined ? undefined : runbookNamed(name);
    const run = following(stopped);
    const limit = setTimeout(() => run.abort(), timeout * 1000);
    // Waits for nobody: a run that has ended does not stay for it.
    limit.unref();
    const { signal } = run;
    // What talks to a cluster is most of the command, and only this needs it.
    const { openCluster } = await import('./cluster');
    const opened = await openCluster(cluster, signal);
    const findings = await look({ ...(alert === undefined ? {} : { alert }), labels: label, isAll: all === true }, opened, signal, (at) => progress(progressText(at)));
    progress(undefined);
    opened.close();
    clearTimeout(limit);
    for (const notice of findings.notices) err(`${notice}\n`);
    if (output === 'json') out(json(findings));
    else {
      const write = await writerFor(findings.reports.map(({ runbook }) => runbook), Date.parse(findings.at));
      out(output === 'markdown' ? findingsMarkdown(findings, write) : findingsText(findings, { pen: penFor(screen), write, isVerbose: verbose === true }));
    }
    setExitCode(exitCodeOf(findings));
  },

  list: ({ output }) => {
    if (output === 'json') {
      out(json(SHELF.map(({ summary, ...shelved }) => ({ ...shelved, summary: summary.text }))));
      return;
    }
    const { table, colours } = penFor(screen);
    const rows = SHELF.map(({ alert, severities, group, summary, deprecated }) => [alert, severities.join(', '), group, `${summary.text}${deprecated ? ' (deprecated)' : ''}`]);
    out(`${table([['ALERT', 'SEVERITY', 'GROUP', 'SAYS'].map((head) => colours.dim(head)), ...rows])}\n`);
  },

  explain: async (alert, { output }) => {
    const runbook = await loaded(alert);
    const explained = explain(runbook, await writerFor([runbook.alert], Date.now()));
    out(output === 'json' ? json(explained) : `${output === 'markdown' ? explainMarkdown(explained) : explainText(explained, penFor(screen))}\n`);
  },

  needs: async (alerts, { all, namespace, name }) => {
    if ((alerts.length > 0) === (all === true)) throw new Refusal('Give the names of alerts, or --all.', 'usage');
    const runbooks = await Promise.all((all ? SHELF.map((one) => one.alert) : alerts).map(loaded));
    const { stringify } = await import('yaml');
    const roles = readerRoles(runbooks, namespace, name);
    const binds = roles.map(({ kind, metadata }) => (kind === 'ClusterRole'
      ? `# oc adm policy add-cluster-role-to-user ${name} USER`
      : `# oc adm policy add-role-to-user ${name} USER --role-namespace=${metadata.namespace ?? ''} -n ${metadata.namespace ?? ''}`));
    out([
      `# Reading ${all ? 'every runbook' : alerts.join(', ')} takes these roles; nothing in them writes, and none reads secrets.`,
      '# Create them with oc apply -f, then bind them to whoever is to read:', ...binds, ...roles.map((role) => `---\n${stringify(role)}`.trimEnd()), '',
    ].join('\n'));
  },
});
