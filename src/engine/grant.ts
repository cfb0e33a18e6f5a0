import { type FilledCommand, fillCommand, quoted } from './command';
import { type Late, type Lookup } from './late';
import { commandOf } from './needs';
import { type Permission } from './source';

const KNOWN: Lookup = () => ({ state: 'pending' });

const shell = (text: string, open: readonly string[]): FilledCommand => ({ language: 'shell', text, open });

/** `deployments.apps/scale`, as `oc create role --resource` takes it. */
const resourceOf = ({ resource, group, subresource }: Permission): string => `${resource}${group ? `.${group}` : ''}${subresource ? `/${subresource}` : ''}`;

/**
 * What somebody who may grant permissions types to grant these, and no more, to a user: a role, its binding and a check for each.
 * An empty `user` is one that is not known.
 */
export const grantOf = (permissions: readonly Permission[], user: string): readonly FilledCommand[] => {
  const open = user === '' ? ['user'] : [];
  const subject = user === '' ? '‹user›' : quoted(user);
  return permissions.flatMap((permission) => {
    const { verb, namespace, name, resource, subresource } = permission;
    const kind = namespace === undefined ? 'clusterrole' : 'role';
    const where = namespace === undefined ? '' : ` -n ${quoted(namespace)}`;
    const role = ['virt-runbooks', verb, resource, ...(subresource ? [subresource] : []), ...(name === undefined ? [] : [name])].join('-');
    const only = name === undefined ? '' : ` --resource-name=${quoted(name)}`;
    const check = fillCommand(commandOf({ kind: 'access', permission: permission as Permission<Late<string>> }), KNOWN).text;
    return [
      shell(`oc create ${kind} ${quoted(role)}${where} --verb=${verb} --resource=${resourceOf(permission)}${only}`, []),
      shell(`oc create ${kind}binding ${quoted(role)}${where} --${kind}=${quoted(role)} --user=${subject}`, open),
      shell(`${check} --as=${subject}`, open),
    ];
  });
};
