import { Fragment, type FC } from 'react';
import { type Hole } from '../../engine';
import { useLanguage } from '../../console/text';
import { Instant } from './Instant';
import { MessageText } from './MessageText';
import { ObjectLink } from './ObjectLink';
import { useHoleText } from './useWritten';

/** What stands in one hole of a message or in one cell of a table. */
export const HoleText: FC<{ readonly hole: Hole }> = ({ hole }) => {
  const write = useHoleText();
  const language = useLanguage();
  if (typeof hole !== 'object') return <>{write(hole)}</>;
  if ('instant' in hole) return <Instant at={hole.instant} />;
  if ('object' in hole) return <ObjectLink object={hole.object} />;
  if ('message' in hole) return <MessageText message={hole.message} />;
  if (!('list' in hole)) return <>{write(hole)}</>;
  const { list } = hole;
  // The language says what stands between the elements; the elements themselves may be links.
  const parts = new Intl.ListFormat(language, { style: 'long' }).formatToParts(list.map((_, index) => String(index)));
  return <>{parts.map((part, place) => {
    const element = part.type === 'element' ? list[Number(part.value)] : undefined;
    return <Fragment key={place}>{element === undefined ? part.value : <HoleText hole={element} />}</Fragment>;
  })}</>;
};
