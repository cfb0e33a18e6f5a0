import { type Permission, resourceArgument } from '../../engine';
import { visible } from '../message/visible';

/** A permission as `oc auth can-i` takes it: `get pods/log`. Not a sentence, so never translated. */
export const permissionText = ({ verb, group, resource, subresource }: Permission): string =>
  visible(`${verb} ${resourceArgument({ plural: resource, group })}${subresource ? `/${subresource}` : ''}`);
