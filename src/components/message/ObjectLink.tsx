import { type FC } from 'react';
import { type ObjectRef } from '../../engine';
import { Link } from '../../console/address';
import { objectHref } from '../../console/places';
import { objectText } from './useWritten';

interface ObjectLinkProps {
  readonly object: ObjectRef;
  /** Its namespace is said elsewhere. */
  readonly isShort?: boolean;
}

/** The name of an object, leading to its page where the console has one. */
export const ObjectLink: FC<ObjectLinkProps> = ({ object, isShort = false }) => {
  const href = objectHref(object);
  const text = objectText(isShort ? { kind: object.kind, name: object.name } : object);
  return href === undefined ? <>{text}</> : <Link to={href}>{text}</Link>;
};
