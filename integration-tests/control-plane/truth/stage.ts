import { type Cluster } from '../../../src/testing/cluster';
import { type KubeObject } from '../../../src/testing/types';
import { type ApiServer, type ApiServerOptions, startApiServer } from '../launch/apiServer';
import { pathOf } from '../rights/roles';
import { kubeVirtDefinitions } from './definitions';
import { startKubelet } from './kubelet';
import { createLoader } from './load';

/** A real API server on which clusters of the world are shown. */
export interface Stage {
  readonly server: ApiServer;
  /** Puts a cluster in the place of the last one, and lets its clock follow the real one. */
  readonly show: (cluster: Cluster, options?: { readonly open?: boolean }) => Promise<void>;
  /** Creates roles and bindings; what is there already stays. Throws for one that is refused. */
  readonly grant: (objects: readonly KubeObject[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts it, with KubeVirt's own definitions of its kinds. */
export const openStage = async (options: ApiServerOptions): Promise<Stage> => {
  const definitions = await kubeVirtDefinitions();
  const server = await startApiServer(options);
  const kubelet = await startKubelet(server.dir);
  const loader = createLoader(server, kubelet, definitions);
  return {
    server,
    show: async (cluster, how) => {
      cluster.clock.follow(Date.now);
      kubelet.show(cluster);
      await loader.load(cluster, how);
    },
    grant: async (objects) => {
      for (const object of objects) {
        const { status, body } = await server.as('admin')({ method: 'POST', path: pathOf(object), body: object });
        if (status !== 201 && status !== 409) throw new Error(body);
      }
    },
    close: async () => {
      await kubelet.close();
      await server.stop();
    },
  };
};
