import { type FC } from 'react';
import { type ObjectRef } from '../../engine';
import { Link } from '../../console/address';
import { objectHref } from '../../console/places';
import { objectText } from './useWritten';

/** The name of an object, leading to its page where the console has one. */
export const ObjectLink: FC<{ readonly object: ObjectRef }> = ({ object }) => {
  const href = objectHref(object);
  return href === undefined ? <>{objectText(object)}</> : <Link to={href}>{objectText(object)}</Link>;
};
