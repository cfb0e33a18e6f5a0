import { type MitigationRecord, endOf, endSays } from './record';
import { type OperationResult } from './execute';

const results = (...states: readonly OperationResult['state'][]): MitigationRecord['results'] => states.map((state, place) => ({ operation: `${place}`, state }));
const selection = (ends: Readonly<Partial<Record<OperationResult['state'], number>>>): MitigationRecord['selection'] => ({ says: { text: '.' }, namespaces: {}, ends });
const clearedAt = '2026-11-21T10:00:00Z';

describe('how a record ended', () => {
  it.each<[string, Parameters<typeof endOf>[0], ReturnType<typeof endOf>]>([
    ['all was taken and the alert cleared', { results: results('accepted'), clearedAt }, 'cleared'],
    ['all was taken', { results: results('accepted'), clearedAt: undefined }, 'done'],
    ['one was refused', { results: results('accepted', 'rejected'), clearedAt: undefined }, 'stopped'],
    ['the page was left while one was sent', { results: results('accepted', 'sending'), clearedAt: undefined }, 'unknown'],
    ['one is not known, though the alert cleared: something else may have done that', { results: results('accepted', 'unknown'), clearedAt }, 'unknown'],
    ['one of a selection was gone already', { results: results('changed'), selection: selection({ accepted: 9, changed: 1 }), clearedAt: undefined }, 'done'],
    ['one of a selection was refused, of which no result was kept', { results: results('changed'), selection: selection({ changed: 300, rejected: 1 }), clearedAt: undefined }, 'stopped'],
  ])('%s', (_, record, end) => expect(endOf(record as Parameters<typeof endOf>[0])).toBe(end));

  it('says both where the alert cleared and not all is known', () => {
    expect(endSays({ results: results('unknown'), clearedAt }).text).toBe('What became of some of it is not known. The alert cleared.');
  });
});
