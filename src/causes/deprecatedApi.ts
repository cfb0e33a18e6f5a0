import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { awaitCounters, moveManifests, renewReferences, updateVirtualization, updateWorkload } from '../mitigations/deprecatedApi';
import { deprecatedAudit } from '../steps/deprecatedAudit';
import { deprecatedCalls } from '../steps/deprecatedCalls';
import { deprecatedClients } from '../steps/deprecatedClients';

/** A program with a service account asks for the old version. */
export const oldWorkload = cause({
  id: 'old-workload',
  says: msg('A program asks for the old version with a service account.'),
  confirmedBy: deprecatedClients.is('workload'),
  supportedBy: deprecatedAudit.is('workload'),
  refutedBy: deprecatedCalls.is('sumMoved'),
  mitigations: [updateWorkload(deprecatedClients), moveManifests],
});

/** Somebody asks for it with a tool or a manifest of their own. */
export const oldManifests = cause({
  id: 'old-manifests',
  says: msg('A person asks for the old version, with an old tool or manifest.'),
  confirmedBy: deprecatedClients.is('person'),
  supportedBy: deprecatedAudit.is('person'),
  refutedBy: deprecatedCalls.is('sumMoved'),
  mitigations: [moveManifests],
});

/** The garbage collector looks up owners in the version that references name: k8s.io/kubernetes `pkg/controller/garbagecollector`. */
export const oldReferences = cause({
  id: 'old-references',
  says: msg('Objects name their owner in the old version, and the garbage collector looks it up there.'),
  confirmedBy: deprecatedClients.is('garbageCollector'),
  supportedBy: deprecatedAudit.is('garbageCollector'),
  refutedBy: deprecatedCalls.is('sumMoved'),
  mitigations: [renewReferences],
});

/** Neither users nor their programs. */
export const oldPlatform = cause({
  id: 'old-platform',
  says: msg('Virtualization or the platform itself asks for the old version.'),
  confirmedBy: deprecatedClients.is('virtualization', 'platform'),
  refutedBy: deprecatedCalls.is('sumMoved'),
  mitigations: [updateVirtualization],
});

/** Nobody asked: an API server started again, or is scraped again. */
export const countersMoved = cause({
  id: 'counters-moved',
  nature: 'falseAlarm',
  says: msg('False alarm: nobody asked. An API server started again or is scraped again, and the sum of the counters moved.'),
  confirmedBy: deprecatedCalls.is('sumMoved'),
  refutedBy: deprecatedCalls.is('ongoing'),
  mitigations: [awaitCounters],
});
