import { type Finding, info, warn } from '../engine/finding';
import { label } from '../engine/late';
import { type Message, msg } from '../engine/message';
import { type Evidence } from '../engine/observation';
import { type Series, promql } from '../engine/source';
import { step } from '../engine/step';
import { metricOver } from '../sources/metrics';
import { node } from '../sources/nodes';
import { type Node } from '../sources/objects';
import { type Measured, type componentUsage, type requestsShipped } from './componentUsage';

/** A day in points of half an hour, seconds: long enough for a slow leak, short enough for one night. */
const DAY = { range: 24 * 60 * 60, step: 30 * 60 };
/** A use that rises by less than this over the day is steady. */
const GROWTH = 1.15;
/** The last two hours are a spike if they reach this many times what is usual. */
const SPIKE = 2;
const LAST = 4;

const REASONS = ['nodePressed', 'otherContainers', 'patched', 'growing', 'grewWithVms', 'spike', 'steady', 'noHistory'] as const;
type Reason = (typeof REASONS)[number];

const valuesOf = ({ items: [series] }: Evidence<Series>): readonly number[] => (series?.points ?? []).map(([, value]) => value).filter(Number.isFinite);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The day in four parts: the mean of each. */
const quarters = (values: readonly number[]): readonly number[] =>
  [0, 1, 2, 3].map((part) => mean(values.slice(Math.floor((part * values.length) / 4), Math.floor(((part + 1) * values.length) / 4))));

const growthOf = (values: readonly number[]): number => {
  const parts = quarters(values);
  const [first = 0, , , last = 0] = parts;
  const rises = parts.every((part, index) => index === 0 || part > (parts[index - 1] ?? 0));
  return rises && first > 0 ? last / first : 1;
};

const courseOf = (values: readonly number[], vms: readonly number[]): Extract<Reason, 'growing' | 'grewWithVms' | 'spike' | 'steady'> => {
  const growth = growthOf(values);
  const before = values.slice(0, -LAST);
  if (growth <= GROWTH) return Math.max(...values.slice(-LAST)) > SPIKE * median(before) ? 'spike' : 'steady';
  // As many times more VMs as use explain it.
  const [atFirst = 0, now = 0] = vms.length > 1 ? [vms[0], vms.at(-1)] : [];
  return atFirst > 0 && now / atFirst > GROWTH ? 'grewWithVms' : 'growing';
};

const pressureOn = ({ items: [of] }: Evidence<Node>): string | undefined =>
  of?.status?.conditions?.find(({ type, status }) => ['MemoryPressure', 'PIDPressure', 'DiskPressure'].includes(type) && status === 'True')?.type;

const SAYS: Readonly<Record<Exclude<Reason, 'nodePressed' | 'noHistory'>, Message>> = {
  otherContainers: msg('The other containers of the pod, not the one with the request.'),
  patched: msg('Its request was changed by a patch.'),
  growing: msg('It has grown all day, and VMs have not become more. That looks like a leak.'),
  grewWithVms: msg('It grew with the number of VMs.'),
  spike: msg('It rose within the last 2 hours, above twice of what is usual.'),
  steady: msg('Nothing: it uses about as much as it did all day. The request is smaller than the work.'),
};

interface Seen {
  readonly used: Evidence<Series>;
  readonly vms: Evidence<Series>;
  readonly node: Evidence<Node>;
}

const conclude = ({ used, vms, node: on }: Seen, measured: Measured, { request, others, patched }: { request: number; others: boolean; patched: boolean }): Finding<Reason> => {
  const values = valuesOf(used);
  const details = {
    rows: used.items.length === 0 ? [] : [
      { of: 'series' as const, unit: measured.unit, series: used.items.map(({ points }) => ({ name: measured.name, points })), ...(request > 0 ? { threshold: request } : {}) },
      ...(vms.items.length === 0 ? [] : [{ of: 'series' as const, unit: 'count' as const, series: vms.items.map(({ points }) => ({ name: 'VMs', points })) }]),
    ],
  };
  const pressure = pressureOn(on);
  if (pressure) return warn<Reason>('nodePressed', msg('Its node {{node}} reports {{pressure}}: there it matters who uses more than was reserved.', { node: on.items[0]?.metadata.name ?? '', pressure }), details);
  if (others) return info<Reason>('otherContainers', SAYS.otherContainers, details);
  if (patched) return warn<Reason>('patched', SAYS.patched, details);
  if (values.length <= 2 * LAST) return info<Reason>('noHistory', msg('Not known yet: there are too few values of the last day.'), details);
  const course = courseOf(values, valuesOf(vms));
  return (course === 'growing' ? warn : info)<Reason>(course, SAYS[course], details);
};

/** What makes it use more than it asks for: the shape of the last day, the node, the other containers, a patch. */
export const usageCourse = (measured: Measured, usage: ReturnType<typeof componentUsage>, shipped: typeof requestsShipped) => step({
  id: 'usage-course',
  asks: msg('What makes it use more than it asks for?'),
  why: msg('A leak grows whatever happens. Load follows the VMs, or comes and goes.'),
  reads: {
    used: metricOver(measured.ofPod, DAY),
    vms: metricOver(promql`sum(kubevirt_vmi_phase_count{phase="running"}) or count(kubevirt_vmi_info{phase="running"})`, DAY),
    node: node(label('node')),
  },
  optional: ['vms', 'node'],
  inputs: { request: usage.out.request, others: usage.out.others, patched: shipped.out.patched },
  reasons: REASONS,
  check: (seen, { inputs }) => conclude(seen, measured, inputs),
});
