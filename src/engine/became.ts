import { valueAt } from './differences';
import { type Looks } from './looks';
import { type Message, msg } from './message';
import { type Observation } from './observation';
import { type Operation } from './operation';
import { changesOf } from './send';

/** What can be seen of a write whose answer nobody has. `done`: things are as it would have made them, whoever did it. */
export interface Became {
  readonly state: 'done' | 'notDone' | 'unknown';
  readonly says: Message;
}

interface Found {
  readonly metadata: { readonly uid?: string; readonly deletionTimestamp?: string };
}

const done = (says: Message): Became => ({ state: 'done', says });
const notDone = (says: Message): Became => ({ state: 'notDone', says });
const unknown = (says: Message): Became => ({ state: 'unknown', says });

const text = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value).slice(0, 200));

const ofChange = (operation: Operation, object: Found): Became => {
  const changes = changesOf(operation);
  // Behind the last element of a list stands nothing that could be read.
  if (changes.some(({ path }) => path.endsWith('/-'))) return unknown(msg('The object cannot tell what was added to a list.'));
  const other = changes.find(({ path, to }) => JSON.stringify(valueAt(object, path)) !== JSON.stringify(to));
  return other
    ? notDone(msg('It is not as the plan wanted it: {{path}} is {{value}}.', { path: other.path, value: text(valueAt(object, other.path)) }))
    : done(msg('It is as the plan wanted it.'));
};

const ofRemoval = ({ target }: Operation, { metadata }: Found): Became => {
  if (metadata.uid !== target.uid) return done(msg('It is gone. Another one has its name now.'));
  return metadata.deletionTimestamp === undefined ? notDone(msg('It is still there.')) : done(msg('It is being deleted.'));
};

const ofPresent = (operation: Operation, object: Found): Became => {
  switch (operation.verb) {
    case 'delete': case 'evict': return ofRemoval(operation, object);
    case 'create': return done(msg('It exists.'));
    case 'patch': return object.metadata.uid === operation.target.uid ? ofChange(operation, object) : unknown(msg('It was deleted and created anew: what became of the change cannot be told.'));
    case 'call': return unknown(msg('The object does not record who called it: look at its state.'));
    default: return operation satisfies never;
  }
};

const ofAbsent = ({ verb }: Operation): Became => {
  switch (verb) {
    case 'delete': case 'evict': return done(msg('It is gone.'));
    case 'create': return notDone(msg('It does not exist.'));
    case 'patch': case 'call': return unknown(msg('It does not exist any more.'));
    default: return verb satisfies never;
  }
};

/** Reads the target of a write again, by its uid, and says what became of it. Never rejects; what cannot be read is not known. */
export const becameOf = async (operation: Operation, { look }: Pick<Looks, 'look'>): Promise<Became> => {
  const seen = await look(operation.target, 'full').catch((error: unknown): Observation => ({ state: 'failed', reason: 'unreachable', detail: String(error), readAt: 0 }));
  if (seen.state === 'failed') return unknown(msg('It could not be read: {{words}}', { words: seen.detail ?? seen.reason }));
  return seen.state === 'absent' ? ofAbsent(operation) : ofPresent(operation, seen.items[0] as Found);
};
