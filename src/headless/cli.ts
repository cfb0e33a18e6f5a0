import tab from '@bomb.sh/tab/commander';
import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import { type Commands } from './commands';
import { EXIT } from './outcome';
import { alertNames } from './names';

/** The version of the package, put in when it is bundled. */
declare const VIRT_RUNBOOKS_VERSION: string | undefined;
const VERSION = typeof VIRT_RUNBOOKS_VERSION === 'string' ? VIRT_RUNBOOKS_VERSION : '0.0.0-source';

const examples = (...lines: readonly (readonly [command: string, does: string])[]): string =>
  `\nExamples:\n${lines.map(([command, does]) => `  $ ${command}\n    ${does}`).join('\n')}\n`;

const EXIT_CODES = `
Exit codes:
  ${EXIT.noProblem}   no problem found
  ${EXIT.problem}   a problem found
  ${EXIT.notFullyChecked}   not everything could be checked
  ${EXIT.usage}  wrong usage
  ${EXIT.unreachable}  the cluster cannot be reached
`;

// Label names are those of Prometheus; what follows the first = is the value, whatever it holds.
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.*)$/s;

const addLabel = (text: string, before: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> => {
  const [, name, value] = LABEL.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('A label is written name=value.');
  return { ...before, [name]: value };
};

const seconds = (text: string): number => {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('Give a number of seconds above 0.');
  return value;
};

const output = (...formats: readonly string[]): Option => new Option('-o, --output <format>', 'how the result is written').choices(formats).default('text');

/** The command line. What it does stands in {@link Commands}; nothing here reads a cluster. */
export const createProgram = (commands: Commands): Command => {
  const program = new Command('virt-runbooks')
    .description('Finds out why an alert of OpenShift Virtualization (KubeVirt) fires. It only reads.')
    .version(VERSION)
    .showSuggestionAfterError()
    .showHelpAfterError('(--help says more)')
    .exitOverride();

  program.command('diagnose')
    .description('run the runbook of an alert, of every alert that fires, or all of them')
    .argument('[alert]', 'name of an alert; absent: every alert that fires')
    .option('--label <name=value>', 'label of the instance that is meant; may be repeated', addLabel)
    .option('--all', 'every runbook, firing or not: a health check')
    .option('--kubeconfig <file>', 'absent: $KUBECONFIG, then ~/.kube/config, then the service account of the pod')
    .option('--context <name>', 'context of the kubeconfig; absent: the current one')
    .option('--prometheus <url>', 'Prometheus or Thanos; absent: the one OpenShift publishes')
    .option('--alertmanager <url>', 'tells which alerts are silenced; absent: the one OpenShift publishes')
    .option('--token-file <file>', 'bearer token in place of the credentials of the kubeconfig')
    .option('--ca-file <file>', 'CA certificates of the servers, PEM')
    .option('--namespace <name>', 'whose metrics are asked for where others may not be read')
    .option('--timeout <seconds>', 'stop after so long and tell what is known by then', seconds, 120)
    .option('-v, --verbose', 'every check with the commands that show the same')
    .addOption(output('text', 'json', 'markdown'))
    .addHelpText('after', EXIT_CODES + examples(
      ['virt-runbooks diagnose', 'everything that fires'],
      ['virt-runbooks diagnose VirtOperatorDown', 'one alert, whether it fires or not'],
      ['virt-runbooks diagnose --all -o json > health.json', 'a health check for a script'],
      ['virt-runbooks diagnose --prometheus http://localhost:9090 --context lab -o markdown', 'for a ticket, with Prometheus behind a port-forward'],
    ))
    .action((alert: string | undefined, { label = {}, ...options }: Parameters<Commands['diagnose']>[1]) => commands.diagnose(alert, { label, ...options }));

  program.command('list')
    .description('every alert that has a runbook')
    .addOption(output('text', 'json'))
    .addHelpText('after', examples(['virt-runbooks list', 'names, severities and what each alert says']))
    .action((options: { output: string }) => commands.list(options));

  program.command('explain')
    .description('what a runbook holds: meaning, impact, steps, causes, mitigations, commands; without a cluster')
    .argument('<alert>', 'name of an alert, or a name that it had')
    .addOption(output('text', 'json', 'markdown'))
    .addHelpText('after', examples(['virt-runbooks explain VirtOperatorDown', 'read it before the night shift'], ['virt-runbooks explain VirtOperatorDown -o markdown > VirtOperatorDown.md', 'for a wiki']))
    .action((alert: string, options: { output: string }) => commands.explain(alert, options));

  program.command('needs')
    .description('the roles that reading takes, as YAML; without a cluster')
    .argument('[alerts...]', 'names of alerts')
    .option('--all', 'every runbook')
    .option('--namespace <name>', 'where virtualization is installed', 'openshift-cnv')
    .option('--name <name>', 'what the roles are called', 'virt-runbooks-reader')
    .addHelpText('after', examples(['virt-runbooks needs --all | oc apply -f -', 'create the roles; the first lines say how to bind them'], ['virt-runbooks needs VirtOperatorDown', 'what one runbook takes']))
    .action((alerts: readonly string[], options: Parameters<Commands['needs']>[1]) => commands.needs(alerts, options));

  const completion = tab(program, { completionCommandName: 'completion' });
  for (const [command, argument] of [['diagnose', 'alert'], ['explain', 'alert'], ['needs', 'alerts']] as const) {
    const named = completion.commands.get(command)?.arguments.get(argument);
    if (named) named.handler = (complete) => alertNames().forEach(({ name, summary }) => complete(name, summary));
  }
  program.addHelpText('after', examples(
    ['virt-runbooks diagnose', 'why does what fires fire?'],
    ['virt-runbooks explain VirtOperatorDown', 'what would be looked at?'],
    ['source <(virt-runbooks completion bash)', 'names at the touch of a key; zsh, fish and powershell too'],
  ));
  return program;
};

/** Wrong usage as commander tells it, or a help text that was asked for. */
export const exitOfCommander = ({ exitCode }: CommanderError): number => (exitCode === 0 ? EXIT.noProblem : EXIT.usage);
