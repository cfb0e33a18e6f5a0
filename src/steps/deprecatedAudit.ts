import { sh } from '../engine/command';
import { label } from '../engine/late';
import { msg } from '../engine/message';
import { ask } from '../engine/step';

const words = { version: label('version'), resource: label('resource') };

/** Who asks, by the audit log: where nothing counts by client, or the client is not among the ten that are kept. */
export const deprecatedAudit = ask({
  id: 'deprecated-audit',
  asks: msg('Whom does the audit log name?'),
  why: msg('It has every request with user, program and address. Needed only where the count by client is missing or too short.'),
  lookFor: msg('In each line: user.username, userAgent and sourceIPs.'),
  commands: [
    sh`oc adm node-logs --role=master --path=kube-apiserver/audit.log | grep -F /apis/kubevirt.io/${words.version}/ | grep -F ${words.resource} | grep -oE '"(username|userAgent)":"[^"]*"' | sort | uniq -c | sort -rn | head -20`,
  ],
  answers: [
    { reason: 'workload', label: msg('A service account outside of virtualization'), outcome: 'warn', says: msg('A program on this cluster, or one with an account of it, asks.') },
    { reason: 'person', label: msg('A person'), outcome: 'warn', says: msg('A person asks, with a tool or a manifest.') },
    { reason: 'garbageCollector', label: msg('generic-garbage-collector'), outcome: 'warn', says: msg('The garbage collector asks, because some object names an owner in the old version.') },
    { reason: 'nobody', label: msg('Nobody'), outcome: 'pass', says: msg('The audit log names nobody.') },
  ],
});
