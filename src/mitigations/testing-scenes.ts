import { BUILDER_SCENES } from './testing-builderScenes';
import { SCENES, type Scene } from './testing-faultScenes';

/** One mitigation of each builder. */
export const ALL_SCENES: readonly Scene[] = [...SCENES, ...BUILDER_SCENES];
