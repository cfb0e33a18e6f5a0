import { type Table } from '../table';
import { type Case } from './case';
import { EXCEPTIONS } from './exceptions';
import { CONTRACT, keyOf } from './table';

const areas = [...new Set(CONTRACT.map(({ area }) => area))];
const inArea = (area: Case['area']): readonly Case[] => CONTRACT.filter((row) => row.area === area);
const methodsOf = (rows: readonly Case[]): string => [...new Set(rows.map(({ method = 'GET' }) => method))].join(', ');
const excepted = (rows: readonly Case[]): number => rows.filter((row) => EXCEPTIONS.some((one) => one.row === keyOf(row))).length;

/** What is asked of both servers, by area. */
export const CONTRACT_TABLE: Table = {
  title: 'Contract: the simulator answers as a real API server',
  intro: `Everything that sources and operations can send, ${CONTRACT.length} requests, goes to kube-apiserver 1.35.4, whose answers are kept in \`integration-tests/control-plane/contract/answers.json\`, and in every \`make test\` to the simulator. Status codes and bodies agree, the server's own words included; uids, resource versions, times and managed fields aside, and of objects what the product reads.`,
  columns: ['Area', 'Requests', 'Methods', 'Exceptions'],
  rows: areas.map((area) => [area, String(inArea(area).length), methodsOf(inArea(area)), String(excepted(inArea(area)))]),
};

/** Where the simulator may differ, and why. */
export const EXCEPTION_TABLE: Table = {
  title: 'Contract: exceptions',
  intro: 'In these the part that is named is not compared.',
  columns: ['Request', 'Part', 'Why'],
  rows: EXCEPTIONS.map(({ row, parts, why }) => [row, parts.join(', '), why]),
};
