import { ClipboardCopy, CodeBlock, CodeBlockCode, HelperText, HelperTextItem } from '@patternfly/react-core';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type FilledCommand } from '../../engine';
import { listText } from '../../engine/format';
import { visible } from '../../engine/visible';
import './CommandBlock.css';

/** Longest command that is drawn, characters; all of it is copied. */
const SHOWN = 10_000;

interface CommandBlockProps {
  readonly command: FilledCommand;
  /** What the command is for, said by the copy button. */
  readonly name?: string;
  /** The command may be read but not yet be taken along. */
  readonly isLocked?: boolean;
}

/** A command or a query with a button that copies it, and a line that says what it still lacks. */
export const CommandBlock: FC<CommandBlockProps> = ({ command, name, isLocked = false }) => {
  const t = useWords();
  const language = useLanguage();
  const shown = visible(command.text, SHOWN);
  // What is copied is the command itself, not what makes its hidden characters visible.
  const copy = () => void navigator.clipboard.writeText(command.text);
  return (
    <>
      {isLocked
        ? <CodeBlock className="virt-runbooks__command"><CodeBlockCode>{shown}</CodeBlockCode></CodeBlock>
        : (
          <ClipboardCopy
            className="virt-runbooks__command" variant="inline-compact" isCode isBlock hoverTip={t('Copy')} clickTip={t('Copied')} onCopy={copy}
            copyAriaLabel={name === undefined ? t('Copy') : t('Copy: {{name}}', { name })}
          >
            {shown}
          </ClipboardCopy>
        )}
      {command.open.length > 0 && (
        <HelperText>
          <HelperTextItem>{t('Not known yet, fill in: {{names}}', { names: listText(command.open, language) })}</HelperTextItem>
        </HelperText>
      )}
    </>
  );
};
