import { resourceArgument } from './needs';
import { type Permission } from './source';
import { visible } from './visible';

/** A permission as `oc auth can-i` takes it: `get pods/log`. Not a sentence, so never translated. */
export const permissionText = ({ verb, group, resource, subresource }: Permission): string =>
  visible(`${verb} ${resourceArgument({ plural: resource, group })}${subresource ? `/${subresource}` : ''}`);
