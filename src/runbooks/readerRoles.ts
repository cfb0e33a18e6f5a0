import { type ReaderRole, type Runbook, rolesOf } from '../engine';
import { installed } from '../steps/installed';

/** What the roles are called, unless somebody names them otherwise. */
export const READER_ROLE = 'virt-runbooks-reader';

/** The roles that reading these runbooks needs, where virtualization is installed in `namespace`. */
export const readerRoles = (runbooks: readonly Runbook[], namespace: string, name: string = READER_ROLE): readonly ReaderRole[] =>
  rolesOf(runbooks, { ref: installed.out.namespace, namespace }, name);
