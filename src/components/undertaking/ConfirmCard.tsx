import { ActionList, ActionListItem, Button, Card, CardBody, CardTitle, Checkbox, Content, FormGroup, TextInput } from '@patternfly/react-core';
import { type FC, useId, useState } from 'react';
import { useWords } from '../../console/text';
import { type Plan } from '../../engine';
import { MessageText } from '../message/MessageText';
import { visible } from '../../engine/visible';

interface ConfirmCardProps {
  readonly plan: Plan;
  /** Why it cannot be run, or undefined if it can. */
  readonly obstacle: string | undefined;
  readonly onRun: () => void;
  readonly onStartOver: () => void;
}

/** Repeats the sentence of the plan and asks for as much certainty as it needs: a button, a tick, or a typed name. */
export const ConfirmCard: FC<ConfirmCardProps> = ({ plan: { sentence, confirm }, obstacle, onRun, onStartOver }) => {
  const t = useWords();
  const id = useId();
  const [isTicked, setTicked] = useState(false);
  const [typed, setTyped] = useState('');
  const isSure = confirm.kind === 'button' || (confirm.kind === 'acknowledge' ? isTicked : typed.trim() === confirm.name);
  return (
    <Card>
      <CardTitle component="h2">{t('Confirm')}</CardTitle>
      <CardBody>
        <Content component="p"><strong><MessageText message={sentence} /></strong></Content>
        {confirm.kind === 'acknowledge' && <Checkbox id={id} label={<MessageText message={confirm.says} />} isChecked={isTicked} onChange={(_, ticked) => setTicked(ticked)} />}
        {confirm.kind === 'typed' && (
          <>
            <Content component="p"><MessageText message={confirm.says} /></Content>
            <FormGroup fieldId={id} label={t('Type {{name}} to confirm', { name: visible(confirm.name) })}><TextInput id={id} value={typed} onChange={(_, value) => setTyped(value)} /></FormGroup>
          </>
        )}
        {obstacle !== undefined && <Content component="p" id={`${id}-obstacle`}>{obstacle}</Content>}
      </CardBody>
      <CardBody>
        <ActionList>
          <ActionListItem><Button isAriaDisabled={!isSure || obstacle !== undefined} onClick={onRun} aria-describedby={obstacle === undefined ? undefined : `${id}-obstacle`}>{t('Do it now')}</Button></ActionListItem>
          <ActionListItem><Button variant="link" onClick={onStartOver}>{t('Preview again')}</Button></ActionListItem>
        </ActionList>
      </CardBody>
    </Card>
  );
};
