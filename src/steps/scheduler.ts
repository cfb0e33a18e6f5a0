import { CORDONED, isTrouble } from './hosts';

/** What keeps a pod off a node, most telling first between equals. */
export const OBSTACLES = ['nodeTrouble', 'cordoned', 'taint', 'selector', 'memory', 'cpu', 'tooManyPods', 'affinity', 'volume', 'otherwise'] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** What kind of obstacle a taint is, by its key. */
export const ofTaint = (key: string): Obstacle => (isTrouble(key) ? 'nodeTrouble' : key === CORDONED ? 'cordoned' : 'taint');

/** The scheduler's sentences: kubernetes 1.35, pkg/scheduler/framework/plugins/{noderesources,tainttoleration,nodeaffinity,…}. */
const SENTENCES: readonly (readonly [RegExp, Obstacle | ((words: RegExpExecArray) => Obstacle)])[] = [
  [/untolerated taint \{([^:}]+)/, ([, key = '']) => ofTaint(key)],
  [/untolerated taint\(s\)/, 'taint'],
  [/were unschedulable/, 'cordoned'],
  [/didn't match Pod's node affinity\/selector/, 'selector'],
  // All nodes but the one that a pod of a DaemonSet asks for by its name.
  [/didn't satisfy plugin\(s\) \[NodeAffinity\]/, 'selector'],
  [/^Insufficient memory/, 'memory'],
  [/^Insufficient cpu/, 'cpu'],
  [/^Too many pods/, 'tooManyPods'],
  [/pods? (anti-)?affinity/, 'affinity'],
  [/volume|PersistentVolume/, 'volume'],
];

/** An obstacle and how many nodes it keeps the pod off. */
export interface Count {
  readonly nodes: number;
  readonly obstacle: Obstacle;
}

/** The scheduler's sentence without what it says about preemption, which comes after and tells nothing more. */
export const withoutPreemption = (words: string): string => words.split(/\.? (?=preemption:|no new claims)/)[0] ?? '';

/**
 * What keeps the pod off how many nodes, from the scheduler's own words: "0/6 nodes are available: 3 Insufficient cpu, 3
 * node(s) didn't match …".
 */
export const obstaclesIn = (words: string): readonly Count[] => {
  const [, list = ''] = /^\d+\/\d+ nodes are available: (.*)$/s.exec(withoutPreemption(words)) ?? [];
  return list.split(/, (?=\d+ )/).flatMap((part) => {
    const [, count, text = ''] = /^(\d+) (.*)$/s.exec(part.trim()) ?? [];
    if (count === undefined) return [];
    const [pattern, is] = SENTENCES.find(([one]) => one.test(text)) ?? [];
    const found = pattern?.exec(text);
    return [{ nodes: Number(count), obstacle: found && is ? (typeof is === 'string' ? is : is(found)) : 'otherwise' }];
  });
};
