import { KINDS, type KindInfo } from '../../../src/testing/kinds';
import { type KubeObject } from '../../../src/testing/types';

/** A definition of a custom kind that takes any fields: what a real API server needs to serve the kind as the world does. */
export const definitionOf = (info: KindInfo): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${info.plural}.${info.group}` },
  spec: {
    group: info.group, scope: info.namespaced ? 'Namespaced' : 'Cluster',
    names: { kind: info.kind, plural: info.plural, singular: info.kind.toLowerCase(), listKind: `${info.kind}List`, shortNames: [...info.shortNames] },
    versions: [{
      name: info.version, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      ...(info.statusSubresource ? { subresources: { status: {} } } : {}),
    }],
  },
});

/** Definitions of every custom kind of the world. */
export const definitions = (): readonly KubeObject[] => KINDS.filter(({ servedBy }) => servedBy === 'crd').map(definitionOf);
