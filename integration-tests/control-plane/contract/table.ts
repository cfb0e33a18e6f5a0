import { type Case } from './case';
import { discovery } from './discovery';
import { others } from './others';
import { reads } from './reads';
import { writes } from './writes';

/** Everything that sources and operations can send: goes to the simulator and to a real API server, and both must answer the same. */
export const CONTRACT: readonly Case[] = [...discovery, ...reads, ...writes, ...others];

/** How a row is called where answers are kept. */
export const keyOf = ({ area, name }: Pick<Case, 'area' | 'name'>): string => `${area}: ${name}`;
