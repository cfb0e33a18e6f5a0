import { fail, pass } from '../engine/finding';
import { msg } from '../engine/message';
import { step } from '../engine/step';
import { type KubeObject } from '../sources/objects';
import { storageClasses } from '../sources/storage';

/**
 * The annotations that make a storage class the default, `true` or not: for every claim (k8s.io/kubernetes pkg/volume/util/storageclass.go, which
 * still reads the beta one), and for disks of VMs before that (containerized-data-importer, pkg/controller/common/util.go).
 */
export const DEFAULT_MARKS = {
  cluster: ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'],
  virtualization: ['storageclass.kubevirt.io/is-default-virt-class'],
} as const;

/** For what a storage class may be the default. */
export type DefaultFor = keyof typeof DEFAULT_MARKS;

/** Is a class marked as the default? */
export const isDefaultFor = (what: DefaultFor, { metadata: { annotations = {} } }: KubeObject): boolean => DEFAULT_MARKS[what].some((mark) => annotations[mark] === 'true');

/** Is exactly this class the default? Seen after a mitigation. */
export const onlyDefault = (what: DefaultFor, name: string) => step({
  id: `only-default:${what}`,
  asks: msg('Is {{name}} the one default storage class?', { name }),
  reads: { classes: storageClasses() },
  reasons: ['only', 'others', 'notIt'],
  check: ({ classes: { items } }) => {
    const marked = items.filter((one) => isDefaultFor(what, one)).map(({ metadata }) => metadata.name);
    const details = { expected: msg('{{name}}', { name }), actual: marked.length === 0 ? msg('none') : msg('{{names}}', { names: { list: marked } }) };
    if (!marked.includes(name)) return fail('notIt', msg('No. The mark of {{name}} is gone again.', { name }), details);
    return marked.length === 1 ? pass('only', msg('Yes. {{name}} is the one default.', { name }), details) : fail('others', msg('No. Another class carries the mark, too: whoever looks after it may have put it back.'), details);
  },
});
