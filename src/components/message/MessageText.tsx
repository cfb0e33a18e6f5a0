import { Fragment, type FC, type ReactNode } from 'react';
import { type Message } from '../../engine';
import { useText } from '../../console/text';
import { HoleText } from './HoleText';
import { translated } from './useWritten';

// Private-use characters: `visible` never lets them through, so no text from a server can pose as a mark. A number stands
// between them, which a made-up language that rewrites letters leaves alone.
const mark = (place: number): string => `\uE000${place}\uE001`;
const MARK = /\uE000(\d+)\uE001/;

/**
 * A message in the reader's language: translated first, then its holes are put in as what they are (links, times that
 * tell both age and date, numbers). Nothing that came from a server passes through the translation.
 */
export const MessageText: FC<{ readonly message: Message }> = ({ message }) => {
  const translate = useText();
  const names = Object.keys(message.holes ?? {});
  // Splitting by an expression with a group puts the groups, here the names of holes, at the odd places.
  const pieces = translated(message, translate, (_, name) => mark(names.indexOf(name))).split(MARK);
  const drawn = pieces.map((piece, place): ReactNode => {
    const hole = place % 2 === 1 ? message.holes?.[names[Number(piece)] ?? ''] : undefined;
    return hole === undefined ? piece : <HoleText hole={hole} />;
  });
  return <>{drawn.map((piece, place) => <Fragment key={place}>{piece}</Fragment>)}</>;
};
