import storeHandler from '@openshift-console/dynamic-plugin-sdk/lib/app/storeHandler';
import { Map as ImmutableMap } from 'immutable';
import { applyMiddleware, combineReducers, legacy_createStore, type Reducer, type Store, type UnknownAction } from 'redux';
import { thunk, type ThunkDispatch } from 'redux-thunk';
import { k8sReducer, type K8sSlice } from './k8sReducer';

/** Feature flags by name; one that is not there yet is not known yet. */
export type FlagsSlice = ImmutableMap<string, boolean>;

/** The state under the names that the SDK looks for. */
export interface HostState {
  k8s: K8sSlice;
  sdkCore: { impersonate?: undefined; user?: { username: string } };
  FLAGS: FlagsSlice;
}

export type HostStore = Store<HostState> & { dispatch: ThunkDispatch<HostState, undefined, UnknownAction> };

/** Sets one feature flag. */
export const setFlag = (flag: string, value: boolean): UnknownAction => ({ type: 'host/setFlag', flag, value });

const flagsReducer = (state: FlagsSlice = ImmutableMap<string, boolean>(), action: UnknownAction): FlagsSlice =>
  action.type === 'host/setFlag' ? state.set(String(action['flag']), action['value'] === true) : state;

// Whoever is logged in: here nobody is, so everybody is the same person.
const coreReducer = (state: HostState['sdkCore'] = { user: { username: 'sandbox' } }): HostState['sdkCore'] => state;

/** A new store, made known to the SDK: without that its access review hook throws. */
export function createHostStore(): HostStore {
  const reducer = combineReducers({
    k8s: k8sReducer as Reducer<K8sSlice>,
    sdkCore: coreReducer,
    FLAGS: flagsReducer,
  }) as Reducer<HostState>;
  const store = legacy_createStore(reducer, applyMiddleware(thunk)) as HostStore;
  storeHandler.setStore(store as Parameters<typeof storeHandler.setStore>[0]);
  return store;
}
