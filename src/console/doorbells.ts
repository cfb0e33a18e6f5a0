import { useEffect, useMemo, useRef } from 'react';
import { useK8sWatchResources, type K8sResourceCommon, type WatchK8sResource } from '@openshift-console/dynamic-plugin-sdk';
import { type Diagnosis, type Source, keyOf } from '../engine';

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

const marks = (data: unknown): string =>
  (Array.isArray(data) ? data : [data]).map((one: K8sResourceCommon | undefined) => `${one?.metadata?.uid}/${one?.metadata?.resourceVersion}`).join(' ');

/**
 * Rings when a live source changes. The hooks only ring: what they hold is no evidence, because they call themselves
 * loaded after a first page, keep deleted objects and keep old data beside an error.
 */
export const useDoorbells = (diagnosis: Diagnosis, sources: readonly Source[], enabled: boolean): void => {
  // A key is its source, canonically written: while the keys stay the same, so does the subscription.
  const keys = enabled ? sources.filter(isWatchable).map(keyOf).join('\n') : '';
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
