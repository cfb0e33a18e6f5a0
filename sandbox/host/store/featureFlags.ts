import { getK8sModel } from '@openshift-console/dynamic-plugin-sdk/lib/utils/k8s/hooks/useK8sModel';
import type { ModelFeatureFlag } from '@openshift-console/dynamic-plugin-sdk';
import { PluginEventType, type LoadedExtension, type PluginStore } from '@openshift/dynamic-plugin-sdk';
import { setFlag, type HostStore } from './store';

const isModelFlag = (extension: LoadedExtension): extension is LoadedExtension<ModelFeatureFlag> => extension.type === 'console.flag/model';

/**
 * Keeps the flags of `console.flag/model` extensions true to the API, and the plugin store's flags equal to those of the
 * state. Nothing is set before discovery: an unknown flag hides what requires it, and that is not the same as "absent".
 */
export function keepModelFlags(store: HostStore, plugins: PluginStore): void {
  const evaluate = (): void => {
    const { k8s, FLAGS } = store.getState();
    if (k8s.getIn(['RESOURCES', 'loaded']) === true) {
      for (const extension of plugins.getExtensions().filter(isModelFlag)) {
        const { flag, model } = extension.properties;
        const isServed = getK8sModel(k8s, model) !== undefined;
        if (FLAGS.get(flag) !== isServed) store.dispatch(setFlag(flag, isServed));
      }
    }
    plugins.setFeatureFlags(store.getState().FLAGS.toObject());
  };
  let models: unknown;
  store.subscribe(() => {
    const current = store.getState().k8s.getIn(['RESOURCES', 'models']) as unknown;
    if (current === models) return;
    models = current;
    evaluate();
  });
  plugins.subscribe([PluginEventType.ExtensionsChanged], evaluate);
  evaluate();
}
