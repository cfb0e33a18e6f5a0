import { ClipboardCopyButton, CodeBlock, CodeBlockAction, CodeBlockCode, HelperText, HelperTextItem } from '@patternfly/react-core';
import { type FC, useId, useState } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type FilledCommand } from '../../engine';
import { listText } from '../message/format';
import { visible } from '../message/visible';
import './CommandBlock.css';

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
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(command.text).then(() => setCopied(true));
  };
  const button = (
    <CodeBlockAction>
      <ClipboardCopyButton
        id={`${id}-copy`} textId={`${id}-text`} variant="plain" onClick={copy} disabled={isLocked}
        aria-label={name === undefined ? t('Copy') : t('Copy: {{name}}', { name })}
        onTooltipHidden={() => setCopied(false)}
      >
        {isCopied ? t('Copied') : t('Copy')}
      </ClipboardCopyButton>
    </CodeBlockAction>
  );
  return (
    <>
      <CodeBlock className="virt-runbooks__command" actions={button}>
        <CodeBlockCode id={`${id}-text`}>{visible(command.text, 10_000)}</CodeBlockCode>
      </CodeBlock>
      {command.open.length > 0 && (
        <HelperText>
          <HelperTextItem>{t('Not known yet, fill in: {{names}}', { names: listText(command.open, language) })}</HelperTextItem>
        </HelperText>
      )}
    </>
  );
};
