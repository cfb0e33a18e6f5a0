import type { Action, ActionProvider, ActionServiceProviderProps, ResourceActionProvider } from '@openshift-console/dynamic-plugin-sdk';
import { useCallback, useEffect, useMemo, useState, type FC } from 'react';
import { useResolvedExtensions } from './useResolvedExtensions';
import type { ExtensionGuard } from '../plugins/extensions';

type Provider = ActionProvider | ResourceActionProvider;
type UseActions = (scope: unknown) => [Action[], boolean, unknown];

interface Found {
  actions: Action[];
  error?: unknown;
}

/** Is this a provider for the context: by name, or, for a kind, by `group~version~Kind`? */
const providesFor =
  (contextId: string): ExtensionGuard<Provider> =>
  (extension): extension is Provider => {
    if (extension.type === 'console.action/provider') return extension.properties['contextId'] === contextId;
    if (extension.type !== 'console.action/resource-provider') return false;
    const { group, version, kind } = extension.properties['model'] as ResourceActionProvider['properties']['model'];
    return [group || 'core', version, kind].join('~') === contextId;
  };

/** Runs one provider's hook. A component of its own, or the order of hooks would change with the plugins. */
const ProviderRunner: FC<{ useActions: UseActions; scope: unknown; onFound: (found: Found) => void }> = ({
  useActions,
  scope,
  onFound,
}) => {
  const [actions, loaded, error] = useActions(scope);
  useEffect(() => {
    if (loaded) onFound({ actions });
  }, [actions, loaded, onFound]);
  useEffect(() => {
    if (error) onFound({ actions: [], error });
  }, [error, onFound]);
  return null;
};

const ContextRunner: FC<{ contextId: string; scope: unknown; onFound: (contextId: string, found: Found) => void }> = ({
  contextId,
  scope,
  onFound,
}) => {
  const [extensions, resolved] = useResolvedExtensions(useMemo(() => providesFor(contextId), [contextId]));
  const [found, setFound] = useState<Record<string, Found>>({});
  // One provider that never loads keeps the actions of all others back: the console's own behaviour.
  const isComplete = resolved && extensions.every(({ uid }) => found[uid]);
  useEffect(() => {
    if (!isComplete) return;
    const all = extensions.map(({ uid }) => found[uid]);
    onFound(contextId, { actions: all.flatMap((one) => one?.actions ?? []), error: all.find((one) => one?.error)?.error });
  }, [contextId, extensions, found, isComplete, onFound]);
  return (
    <>
      {extensions.map(({ uid, properties }) => (
        <ProviderSlot key={uid} uid={uid} useActions={properties.provider as UseActions} scope={scope} onFound={setFound} />
      ))}
    </>
  );
};

const ProviderSlot: FC<{
  uid: string;
  useActions: UseActions;
  scope: unknown;
  onFound: (change: (all: Record<string, Found>) => Record<string, Found>) => void;
}> = ({ uid, onFound, ...rest }) => {
  const keep = useCallback((one: Found) => onFound((all) => ({ ...all, [uid]: one })), [uid, onFound]);
  return <ProviderRunner {...rest} onFound={keep} />;
};

/** Gives its child the actions that plugins provide for the contexts: `context` maps a context's name to its scope. */
const ActionServiceProvider: FC<ActionServiceProviderProps> = ({ context, children }) => {
  const [found, setFound] = useState<Record<string, Found>>({});
  const keep = useCallback((contextId: string, one: Found) => setFound((all) => ({ ...all, [contextId]: one })), []);
  const contexts = Object.keys(context);
  const actions = useMemo(() => Object.values(found).flatMap((one) => one.actions), [found]);
  const service = {
    actions,
    options: actions,
    loaded: contexts.every((contextId) => found[contextId]),
    error: Object.values(found).find(({ error }) => error)?.error,
  };
  return (
    <>
      {contexts.map((contextId) => (
        <ContextRunner key={contextId} contextId={contextId} scope={(context as Record<string, unknown>)[contextId]} onFound={keep} />
      ))}
      {children(service)}
    </>
  );
};

export default ActionServiceProvider;
