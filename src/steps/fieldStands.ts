import { valueAt } from '../engine/differences';
import { fail, pass } from '../engine/finding';
import { type Hole, msg } from '../engine/message';
import { type Kind } from '../engine/source';
import { step } from '../engine/step';

/** A value of a field as it is shown. */
export const valueShown = (value: unknown): Hole => {
  if (value === undefined || value === null) return { message: msg('not set') };
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.length === 0 ? { message: msg('an empty list') } : { list: value };
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** A JSON pointer as people write a field: `spec.mode`. */
export const fieldShown = (path: string): string => path.split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')).join('.');

/** Does a field still stand as it was set? Seen after a mitigation, for what an owner reverts within seconds. */
export const fieldStands = ({ of, namespace, name, path, wants }: {
  readonly of: Kind; readonly namespace?: string; readonly name: string; readonly path: string; readonly wants: unknown;
}) => step({
  id: `field-stands:${of.plural}/${namespace ?? ''}/${name}${path}`,
  asks: msg('Is {{field}} of {{kind}} {{name}} as it was set?', { field: fieldShown(path), kind: of.kind, name }),
  reads: { object: { kind: 'object', of, in: namespace ?? 'the cluster', name, part: 'full' } },
  reasons: ['stands', 'differs', 'gone'],
  check: ({ object: { items: [object] } }) => {
    const now = valueAt(object, path);
    const details = { expected: msg('{{value}}', { value: valueShown(wants) }), actual: msg('{{value}}', { value: valueShown(now) }) };
    if (object === undefined) return fail('gone', msg('There is no {{kind}} {{name}} any more.', { kind: of.kind, name }), details);
    const holes = { field: fieldShown(path), kind: of.kind, name, value: valueShown(now) };
    return JSON.stringify(now) === JSON.stringify(wants)
      ? pass('stands', msg('Yes: {{field}} of {{kind}} {{name}} is {{value}}.', holes), details)
      : fail('differs', msg('No: {{field}} of {{kind}} {{name}} is {{value}}. Whoever owns the object has set it back, or a tool that keeps it as it was, or it has not been set.', holes), details);
  },
});
