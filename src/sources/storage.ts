import { type ListSource } from '../engine/source';
import { kinds } from './kinds';
import { type KubeObject, type StorageProfile } from './objects';

/** All storage classes of the cluster. */
export const storageClasses = (): ListSource<KubeObject> => ({ kind: 'list', of: kinds.StorageClass, in: 'the cluster', part: 'full', atMost: 200 });

/** What CDI knows of each of them, by the class's name. */
export const storageProfiles = (): ListSource<StorageProfile> => ({ kind: 'list', of: kinds.StorageProfile, in: 'the cluster', part: 'full', atMost: 200 });
