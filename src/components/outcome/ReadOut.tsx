import { type FC } from 'react';
import './ReadOut.css';

/** Text for screen readers alone, read out once whenever it changes. */
export const ReadOut: FC<{ readonly text: string }> = ({ text }) => <span className="virt-runbooks__read-out" role="status">{text}</span>;
