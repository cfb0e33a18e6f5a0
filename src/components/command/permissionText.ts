import { type Permission } from '../../engine';
import { visible } from '../message/visible';

/** A permission as `oc auth can-i` and a role write it: `get pods/log`. Not a sentence, so never translated. */
export const permissionText = ({ verb, group, resource, subresource }: Permission): string =>
  visible(`${verb} ${resource}${subresource ? `/${subresource}` : ''}${group ? `.${group}` : ''}`);
