import { type Picked } from '../engine/choice';
import { type ExecuteMitigation } from '../engine/mitigation';
import { type Inputs, type Reads, type ValuesOf } from '../engine/step';
import { type KubeObject } from '../sources/objects';
import { pointer } from './fieldPatch';
import { type FieldSpec, patchField } from './patchField';

/** One label or annotation, whose key may hang on what was picked or on a label of the alert. */
interface KeySpec<T extends KubeObject, X extends Reads, I extends Inputs> extends Omit<FieldSpec<T, X, I>, 'path' | 'to'> {
  readonly of: FieldSpec<T, X, I>['of'];
  readonly where: 'labels' | 'annotations';
  readonly key: string | ((picked: Picked, inputs: ValuesOf<I>) => string);
  /** Undefined takes it off. */
  readonly value: (picked: Picked) => string | undefined;
}

/** Sets one label or annotation of one object, or takes it off. Its value is kept for the undo. */
export const annotate = <T extends KubeObject, const X extends Reads = Record<never, never>, const I extends Inputs = Record<string, never>>({ where, key, value, ...spec }: KeySpec<T, X, I>): ExecuteMitigation =>
  patchField<T, X, I>({ ...spec, path: (picked, inputs) => pointer('metadata', where, typeof key === 'string' ? key : key(picked, inputs)), to: value });
