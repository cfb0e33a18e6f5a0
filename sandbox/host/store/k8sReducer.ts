import { ActionType } from '@openshift-console/dynamic-plugin-sdk/lib/app/k8s/actions/k8s';
import { getReferenceForModel } from '@openshift-console/dynamic-plugin-sdk/lib/utils/k8s/k8s-ref';
import type { K8sModel, K8sResourceCommon } from '@openshift-console/dynamic-plugin-sdk';
import { fromJS, Map as ImmutableMap } from 'immutable';
import { staticModels } from '../shims/models';

/** The console's `k8s` slice, which the SDK's hooks read: models below `RESOURCES`, and one entry per watch. */
export type K8sSlice = ImmutableMap<string, unknown>;

type Entry = ImmutableMap<string, unknown>;
/** Items of a list watch by their name, with the namespace before it. */
type Items = ImmutableMap<string, Entry>;

interface WatchEvent {
  type: string;
  object: K8sResourceCommon;
}

/** The SDK's actions (lib/app/k8s/actions/k8s.js), which it types loosely. */
export type K8sAction =
  | { type: ActionType.GetResourcesInFlight }
  | { type: ActionType.ReceivedResources; payload: { resources: { models: K8sModel[] } } }
  | { type: ActionType.StartWatchK8sObject | ActionType.StartWatchK8sList | ActionType.StopWatchK8s; payload: { id: string } }
  | { type: ActionType.ModifyObject; payload: { id: string; k8sObjects: K8sResourceCommon } }
  | { type: ActionType.Errored; payload: { id: string; k8sObjects: unknown } }
  | { type: ActionType.Loaded | ActionType.BulkAddToList; payload: { id: string; k8sObjects: K8sResourceCommon[] | undefined } }
  | { type: ActionType.UpdateListFromWS; payload: { id: string; k8sObjects: WatchEvent[] } }
  | { type: ActionType.FilterList; payload: { id: string; name: string; value: unknown } };

const initial = (): K8sSlice =>
  ImmutableMap<string, unknown>({ RESOURCES: ImmutableMap<string, unknown>({ models: ImmutableMap(), inFlight: false, loaded: false }) });

/** The reducer of the slice. What it keeps and what it forgets is the console's, surprises included: see each case. */
export function k8sReducer(state: K8sSlice = initial(), action: K8sAction): K8sSlice {
  switch (action.type) {
    case ActionType.GetResourcesInFlight:
      return state.setIn(['RESOURCES', 'inFlight'], true);
    case ActionType.ReceivedResources:
      return receivedModels(state, action.payload.resources.models);
    case ActionType.StartWatchK8sObject:
      return state.set(action.payload.id, ImmutableMap<string, unknown>({ loadError: '', loaded: false, data: {} }));
    case ActionType.StartWatchK8sList:
      return state.has(action.payload.id)
        ? state
        : state.set(
            action.payload.id,
            ImmutableMap<string, unknown>({ loadError: '', loaded: false, data: ImmutableMap(), filters: ImmutableMap(), selected: null }),
          );
    case ActionType.StopWatchK8s:
      return state.delete(action.payload.id);
    case ActionType.ModifyObject:
      return modifiedObject(state, action.payload.id, action.payload.k8sObjects);
    case ActionType.Errored:
      // Old data and `loaded` stay beside the error: a page may go on showing what it had.
      return state.has(action.payload.id) ? state.setIn([action.payload.id, 'loadError'], action.payload.k8sObjects) : state;
    case ActionType.Loaded:
      return changedList(state, action.payload.id, (items) => loadedItems(items, action.payload.k8sObjects ?? []), {
        loaded: true,
        loadError: '',
      });
    case ActionType.BulkAddToList:
      return changedList(state, action.payload.id, (items) =>
        (action.payload.k8sObjects ?? []).reduce((all, object) => all.set(keyOf(object), frozen(object)), items),
      );
    case ActionType.UpdateListFromWS:
      return changedList(state, action.payload.id, (items) => action.payload.k8sObjects.reduce(afterEvent, items));
    case ActionType.FilterList:
      return state.setIn([action.payload.id, 'filters', action.payload.name], action.payload.value);
    default:
      return state;
  }
}

const frozen = (object: K8sResourceCommon): Entry => fromJS(object) as Entry;

const keyOf = ({ metadata }: K8sResourceCommon): string =>
  `${metadata?.namespace === undefined ? '' : `(${metadata.namespace})-`}${metadata?.name ?? ''}`;

/**
 * Kinds that the console itself knows are kept under their kind alone, all others as `group~version~Kind`: so that both
 * `{ kind: 'Pod' }` and `{ group, version, kind }` find them.
 */
function receivedModels(state: K8sSlice, models: K8sModel[]): K8sSlice {
  const byKey = models.reduce(
    (known, model) => {
      const reference = getReferenceForModel(model);
      const own = staticModels.find((candidate) => getReferenceForModel(candidate) === reference);
      return own ? known.set(own.kind, { ...own, verbs: model.verbs, shortNames: model.shortNames }) : known.set(reference, model);
    },
    state.getIn(['RESOURCES', 'models']) as ImmutableMap<string, unknown>,
  );
  return state.setIn(['RESOURCES', 'models'], byKey).setIn(['RESOURCES', 'inFlight'], false).setIn(['RESOURCES', 'loaded'], true);
}

function modifiedObject(state: K8sSlice, id: string, object: K8sResourceCommon): K8sSlice {
  if (!state.has(id)) return state;
  const next = frozen(object);
  const known = state.getIn([id, 'data']) as unknown;
  // A change of the resource version alone tells nobody.
  const isSame = ImmutableMap.isMap(known) && withoutVersion(known as Entry).equals(withoutVersion(next));
  return isSame ? state : state.mergeIn([id], ImmutableMap<string, unknown>({ loadError: '', loaded: true, data: next }));
}

const withoutVersion = (object: Entry): Entry => object.deleteIn(['metadata', 'resourceVersion']);

function changedList(state: K8sSlice, id: string, change: (items: Items) => Items, besides: Record<string, unknown> = {}): K8sSlice {
  if (!state.has(id)) return state;
  const items = state.getIn([id, 'data']) as Items;
  return state.mergeIn([id], ImmutableMap<string, unknown>({ ...besides, data: change(items) }));
}

/** The list as the server sent it; an item we hold a newer version of keeps that one. */
function loadedItems(items: Items, objects: K8sResourceCommon[]): Items {
  return objects.reduce<Items>((all, object) => {
    const key = keyOf(object);
    const known = items.get(key);
    const next = frozen(object);
    return all.set(key, known && !isNewer(next, known) ? known : next);
  }, ImmutableMap());
}

function afterEvent(items: Items, { type, object }: WatchEvent): Items {
  const key = keyOf(object);
  if (type === 'DELETED') return items.delete(key);
  if (type !== 'ADDED' && type !== 'MODIFIED') {
    console.warn(`The watch sent an event of type ${type}, which is ignored.`);
    return items;
  }
  const known = items.get(key);
  const next = frozen(object);
  if (known && (!isNewer(next, known) || withoutVersion(known).equals(withoutVersion(next)))) return items;
  return items.set(key, next);
}

function isNewer(next: Entry, known: Entry): boolean {
  const field = (object: Entry, name: string) => String(object.getIn(['metadata', name]) ?? '');
  return field(next, 'uid') === field(known, 'uid')
    ? Number(field(next, 'resourceVersion')) > Number(field(known, 'resourceVersion'))
    : Date.parse(field(next, 'creationTimestamp')) >= Date.parse(field(known, 'creationTimestamp'));
}
