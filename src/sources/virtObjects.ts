import { type Condition, type Deployment, type KubeObject, type PodSpec } from './objects';

/** Objects of KubeVirt, HCO, OLM and OpenShift: what checks read of them. */

/** Which nodes a placement of HyperConverged or KubeVirt allows. */
type Placement = Pick<PodSpec, 'nodeSelector' | 'affinity' | 'tolerations'>;

export interface KubeVirt extends KubeObject {
  readonly spec?: {
    /** Where virt-handler runs, and with it VMs. */
    readonly workloads?: { readonly nodePlacement?: Placement };
    /** Where and how often virt-api and virt-controller run. */
    readonly infra?: { readonly replicas?: number };
    /** Patches that virt-operator applies to what it makes; not supported on OpenShift. */
    readonly customizeComponents?: { readonly patches?: readonly { readonly resourceName?: string; readonly patch?: string }[] };
    readonly workloadUpdateStrategy?: {
      readonly workloadUpdateMethods?: readonly string[];
      readonly batchEvictionSize?: number;
      /** A Go duration such as `1m0s`. */
      readonly batchEvictionInterval?: string;
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
    readonly operatorVersion?: string;
    readonly observedKubeVirtVersion?: string;
    readonly targetKubeVirtVersion?: string;
    readonly outdatedVirtualMachineInstanceWorkloads?: number;
  };
}

export interface VirtualMachine extends KubeObject {
  readonly spec?: { readonly running?: boolean; readonly runStrategy?: string };
  readonly status?: {
    readonly printableStatus?: string;
    readonly ready?: boolean;
    readonly conditions?: readonly Condition[];
    readonly snapshotInProgress?: string;
    readonly stateChangeRequests?: readonly { readonly action?: string; readonly uid?: string }[];
  };
}

export interface VirtualMachineInstance extends KubeObject {
  readonly spec?: { readonly terminationGracePeriodSeconds?: number; readonly livenessProbe?: { readonly guestAgentPing?: object } };
  readonly status?: {
    readonly phase?: string;
    readonly nodeName?: string;
    readonly evacuationNodeName?: string;
    readonly activePods?: Readonly<Record<string, string>>;
    readonly conditions?: readonly Condition[];
    readonly migrationState?: MigrationState;
  };
}

export interface MigrationState {
  readonly migrationUid?: string;
  readonly mode?: string;
  readonly migrationConfiguration?: { readonly allowPostCopy?: boolean };
  readonly completed?: boolean;
  readonly failed?: boolean;
  readonly sourceNode?: string;
  readonly targetNode?: string;
  readonly sourcePod?: string;
  readonly targetPod?: string;
  readonly startTimestamp?: string;
  readonly endTimestamp?: string;
  readonly failureReason?: string;
}

export interface VirtualMachineInstanceMigration extends KubeObject {
  readonly spec?: { readonly vmiName?: string };
  readonly status?: { readonly phase?: string; readonly migrationState?: MigrationState; readonly conditions?: readonly Condition[] };
}

export interface HyperConverged extends KubeObject {
  readonly spec?: {
    /** v1beta1. */
    readonly workloads?: { readonly nodePlacement?: Placement };
    /** v1. */
    readonly deployment?: { readonly nodePlacements?: { readonly workload?: Placement } };
  };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly versions?: readonly { readonly name?: string; readonly version?: string }[] };
}

export interface ClusterServiceVersion extends KubeObject {
  readonly spec?: {
    readonly version?: string;
    readonly replaces?: string;
    readonly install?: { readonly spec?: { readonly deployments?: readonly { readonly name: string; readonly spec?: Deployment['spec'] }[] } };
    readonly relatedImages?: readonly { readonly name?: string; readonly image?: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly lastTransitionTime?: string;
    readonly requirementStatus?: readonly {
      readonly kind?: string; readonly name?: string; readonly status?: string; readonly message?: string;
    }[];
  };
}

export interface Subscription extends KubeObject {
  readonly spec?: { readonly name?: string; readonly installPlanApproval?: string; readonly channel?: string };
  readonly status?: {
    readonly state?: string;
    readonly installedCSV?: string;
    readonly currentCSV?: string;
    readonly conditions?: readonly Condition[];
  };
}

export interface InstallPlan extends KubeObject {
  readonly spec?: { readonly approved?: boolean; readonly clusterServiceVersionNames?: readonly string[] };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

export interface ClusterVersion extends KubeObject {
  readonly spec?: { readonly desiredUpdate?: { readonly version?: string } | null };
  readonly status?: {
    readonly desired?: { readonly version?: string };
    readonly conditions?: readonly Condition[];
    readonly history?: readonly { readonly state?: string; readonly version?: string; readonly startedTime?: string; readonly completionTime?: string | null }[];
  };
}

export interface MachineConfigPool extends KubeObject {
  readonly spec?: { readonly paused?: boolean };
  readonly status?: {
    readonly machineCount?: number;
    readonly updatedMachineCount?: number;
    readonly degradedMachineCount?: number;
    readonly conditions?: readonly Condition[];
  };
}

export interface KubeDescheduler extends KubeObject {
  readonly spec?: { readonly mode?: string; readonly profiles?: readonly string[]; readonly deschedulingIntervalSeconds?: number };
}

/** What CDI knows of a storage class, under the class's own name. */
export interface StorageProfile extends KubeObject {
  readonly status?: {
    readonly storageClass?: string;
    readonly provisioner?: string;
    /** `snapshot` and `csi-clone` are smart: the storage itself clones. */
    readonly cloneStrategy?: string;
    readonly claimPropertySets?: readonly { readonly accessModes?: readonly string[]; readonly volumeMode?: string }[];
  };
}
