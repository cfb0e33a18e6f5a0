import { useEffect, useMemo, useRef, useState } from 'react';
import { useK8sWatchResources, type K8sResourceCommon, type WatchK8sResource } from '@openshift-console/dynamic-plugin-sdk';
import { type Diagnosis, type Permission, type Reader, type Source, keyOf, permissionOf } from '../engine';

type Live = Extract<Source, { kind: 'object' | 'list' }>;

const watchOf = (source: Live): WatchK8sResource => {
  const { group, kind, versions: [version] } = source.of;
  return {
    groupVersionKind: { group, version, kind },
    partialMetadata: true,
    isList: source.kind === 'list',
    ...(source.in === 'all namespaces' || source.in === 'the cluster' ? {} : { namespace: source.in as string }),
    ...(source.kind === 'object' ? { name: source.name as string } : {}),
    ...(source.kind === 'list' && source.labels ? { selector: { matchLabels: Object.fromEntries((source.labels as string).split(',').map((pair) => pair.split('='))) } } : {}),
    ...(source.kind === 'list' && source.fields ? { fieldSelector: source.fields as string } : {}),
  };
};

// Set-based selectors have no equal in the hook; such a list is read by the clock alone.
const isWatchable = (source: Source): source is Live =>
  (source.kind === 'object' || source.kind === 'list') && source.live === true &&
  !(source.kind === 'list' && source.labels !== undefined && !/^[^=!,() ]+=[^=!,() ]*(,[^=!,() ]+=[^=!,() ]*)*$/.test(source.labels as string));

/** An answer about a right is believed for so long, milliseconds. */
const BELIEVED = 300_000;

const mayWatch = async (source: Live, reader: Reader, signal: AbortSignal): Promise<boolean> => {
  const seen = await reader.read({ kind: 'access', permission: { ...(permissionOf(source) as Permission), verb: 'watch' } }, { signal, maxAge: BELIEVED });
  return seen.state === 'ok' && (seen.items[0] as { allowed: boolean }).allowed;
};

/**
 * Those of the keys that may be watched. A watch needs a right of its own, which readers of KubeVirt objects do not have
 * (ClusterRole kubevirt.io:view: get and list), and a watch that is refused is tried again and again.
 */
const useAllowed = (keys: string, reader: Reader): string => {
  const [allowed, setAllowed] = useState('');
  useEffect(() => {
    const leaving = new AbortController();
    const asked = keys.split('\n').filter(Boolean);
    Promise.all(asked.map((key) => mayWatch(JSON.parse(key) as Live, reader, leaving.signal))).then(
      (answers) => setAllowed(asked.filter((_, i) => answers[i]).join('\n')),
      // The page was left, or other sources are wanted by now.
      () => undefined,
    );
    return () => leaving.abort();
  }, [keys, reader]);
  // What is not wanted any more, or not asked about yet, is not watched.
  const wanted = keys.split('\n');
  return allowed.split('\n').filter((key) => wanted.includes(key)).join('\n');
};

const marks = (data: unknown): string =>
  (Array.isArray(data) ? data : [data]).map((one: K8sResourceCommon | undefined) => `${one?.metadata?.uid}/${one?.metadata?.resourceVersion}`).join(' ');

/**
 * Rings when a live source changes. The hooks only ring: what they hold is no evidence, because they call themselves
 * loaded after a first page, keep deleted objects and keep old data beside an error.
 */
export const useDoorbells = (diagnosis: Diagnosis, sources: readonly Source[], reader: Reader, enabled: boolean): void => {
  // A key is its source, canonically written: while the keys stay the same, so does the subscription.
  const keys = useAllowed(enabled ? sources.filter(isWatchable).map(keyOf).join('\n') : '', reader);
  const watched = useMemo(
    () => Object.fromEntries(keys.split('\n').filter(Boolean).map((key) => [key, watchOf(JSON.parse(key) as Live)])),
    [keys],
  );
  const seen = useK8sWatchResources<Record<string, K8sResourceCommon | K8sResourceCommon[]>>(watched);
  const before = useRef(new Map<string, string>());
  useEffect(() => {
    const rang = Object.entries(seen).flatMap(([key, { data, loaded, loadError }]) => {
      if (!loaded || loadError) return [];
      const now = marks(data);
      const earlier = before.current.get(key);
      before.current.set(key, now);
      return earlier !== undefined && earlier !== now ? [key] : [];
    });
    if (rang.length > 0) diagnosis.readAgain({ keys: rang });
  }, [diagnosis, seen]);
};
