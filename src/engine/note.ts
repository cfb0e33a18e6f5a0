import { type Message, plainText } from './message';
import { type Manifest, type Operation, type Plan, type Target, targetToBe } from './operation';
import { type Kind } from './source';

const Event: Kind = { kind: 'Event', plural: 'events', group: '', versions: ['v1'], namespaced: true };
/** Where events of objects outside namespaces stand: k8s.io/client-go/tools/record, `makeEvent`. */
const OF_THE_CLUSTER = 'default';
/** Characters that the server takes in a message of an event: k8s.io/kubernetes/pkg/apis/core/validation, `NoteLengthLimit`. */
const LONGEST = 1_024;

const eventOf = ({ kind, apiVersion, name, namespace = OF_THE_CLUSTER, uid }: Target, title: Message, sentence: Message, at: string): Manifest => ({
  apiVersion: 'v1', kind: 'Event',
  metadata: { name: `virt-runbooks.${uid.slice(0, 8)}.${Date.parse(at).toString(16)}`, namespace },
  involvedObject: { kind, apiVersion, name, uid, ...(namespace === OF_THE_CLUSTER ? {} : { namespace }) },
  type: 'Normal', reason: 'Mitigation', action: plainText(title).slice(0, 128), message: plainText(sentence).slice(0, LONGEST),
  eventTime: null, firstTimestamp: at, lastTimestamp: at, count: 1, source: { component: 'virt-runbooks-plugin' }, reportingComponent: 'virt-runbooks-plugin', reportingInstance: 'console',
});

/** Objects beyond which a plan leaves no notes. */
export const MOST_NOTES = 20;

/** The plan, and an Event on each object that it changes, sent after everything else. None on what is only to be created, and none on a selection. */
export const withNotes = (plan: Plan, title: Message, at: string): Plan => {
  const targets = new Map(plan.operations.filter(({ verb }) => verb !== 'create').map(({ target }) => [target.uid, target]));
  if (plan.selection || targets.size > MOST_NOTES) return plan;
  const notes = [...targets.values()].map((target): Operation => {
    const object = eventOf(target, title, plan.sentence, at);
    return { id: `note-${target.uid}`, verb: 'create', afterAll: true, object, target: targetToBe(Event, object) };
  });
  return { ...plan, operations: [...plan.operations, ...notes] };
};

/** Could notes be left on what a plan changes? */
export const takesNotes = ({ selection, operations }: Plan): boolean => !selection && operations.length <= MOST_NOTES && operations.some(({ verb }) => verb !== 'create');
