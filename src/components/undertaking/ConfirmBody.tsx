import { Checkbox, Content, DescriptionList, FormGroup, Stack, StackItem, TextInput } from '@patternfly/react-core';
import { type FC, useId } from 'react';
import { useWords } from '../../console/text';
import { type Plan } from '../../engine';
import { Fact } from '../facts/Fact';
import { MessageText } from '../message/MessageText';
import { visible } from '../../engine/visible';
import { type Certainty } from './useCertainty';

interface ConfirmBodyProps {
  readonly plan: Plan;
  readonly certainty: Certainty;
  /** What it costs stands on another step: here it is said again. */
  readonly repeatsCost?: boolean;
}

/** Repeats the sentence of the plan and asks for as much certainty as it needs: nothing but the button, a tick, or a typed name. */
export const ConfirmBody: FC<ConfirmBodyProps> = ({ plan: { sentence, confirm, vmsAffected, undo }, certainty: { isTicked, typed, setTicked, setTyped }, repeatsCost = false }) => {
  const t = useWords();
  const id = useId();
  return (
    <Stack hasGutter>
      <StackItem><Content component="p"><strong><MessageText message={sentence} /></strong></Content></StackItem>
      {repeatsCost && (
        <StackItem>
          <DescriptionList isCompact orientation={{ lg: 'horizontal' }}>
            <Fact name={t('VMs that notice')}><MessageText message={vmsAffected} /></Fact>
            <Fact name={t('Undo')}><MessageText message={undo.says} /></Fact>
          </DescriptionList>
        </StackItem>
      )}
      {confirm.kind === 'acknowledge' && <StackItem><Checkbox id={id} label={<MessageText message={confirm.says} />} isChecked={isTicked} onChange={(_, ticked) => setTicked(ticked)} /></StackItem>}
      {confirm.kind === 'typed' && (
        <StackItem>
          <Content component="p"><MessageText message={confirm.says} /></Content>
          <FormGroup fieldId={id} label={t('Type {{name}} to confirm', { name: visible(confirm.name) })}><TextInput id={id} value={typed} onChange={(_, value) => setTyped(value)} autoComplete="off" /></FormGroup>
        </StackItem>
      )}
    </Stack>
  );
};
