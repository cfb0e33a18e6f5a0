import { type Rows } from '../engine/finding';
import { type LogLine } from '../engine/source';

/** Something known that a line of a log can say. */
export interface LogPattern<R extends string> {
  readonly reason: R;
  readonly matches: RegExp;
  /** Lines that look alike and mean nothing. */
  readonly butNot?: RegExp;
}

/**
 * What stops an operator of KubeVirt, most telling first: KubeVirt 1.8.4, cmd/virt-operator and pkg/virt-operator/application.go;
 * client-go and Go's own runtime for the rest.
 */
export const OPERATOR_LINES = [
  // Before the panic that follows it: its certificates cannot be watched (pkg/certificates/bootstrap/cert-manager.go), kubevirt/kubevirt#10977.
  { reason: 'noInotify', matches: /too many open files/ },
  { reason: 'panic', matches: /^(panic: |fatal error: |goroutine \d+ \[running\])|panic: runtime error/ },
  { reason: 'leaseLost', matches: /leaderelection lost|failed to renew lease/i },
  { reason: 'forbidden', matches: /is forbidden: User "system:serviceaccount:[^"]+" cannot \w+ resource/ },
  // Our own server's side of somebody else's bad handshake, an aborted probe for instance, is not our certificate.
  { reason: 'certificate', matches: /x509: |tls: failed to verify certificate/, butNot: /TLS handshake error from/ },
  { reason: 'apiUnreachable', matches: /dial tcp \S+: (connect: )?(connection refused|i\/o timeout|no route to host|network is unreachable)|dial tcp: lookup \S+ .*no such host|net\/http: TLS handshake timeout/ },
] as const satisfies readonly LogPattern<string>[];

/** Which of these patterns a line shows. */
export const patternOf = <R extends string>(patterns: readonly LogPattern<R>[], { text }: LogLine): R | undefined =>
  patterns.find(({ matches, butNot }) => matches.test(text) && !butNot?.test(text))?.reason;

/** Lines to show, with those marked that a pattern knows. */
export const logRows = (patterns: readonly LogPattern<string>[], lines: readonly LogLine[]): readonly Rows[] =>
  (lines.length === 0 ? [] : [{
    of: 'log',
    lines: lines.map((line) => ({
      from: line.pod, text: line.text, ...(line.at ? { at: line.at } : {}), ...(patternOf(patterns, line) ? { marked: true } : {}),
    })),
  }]);
