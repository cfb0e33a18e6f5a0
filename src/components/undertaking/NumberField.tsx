import { FormHelperText, HelperText, HelperTextItem, NumberInput } from '@patternfly/react-core';
import { type FC, useState } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { numberText } from '../../engine/format';
import { useWritten } from '../message/useWritten';
import { type FieldProps } from './ChoiceField';
import './NumberField.css';

/** A whole number within bounds. What is out of them stays in the field, is said to be so, and is not taken. */
export const NumberField: FC<FieldProps<'number'> & { readonly id: string }> = ({ choice: { least, most, unit, asks }, value, onPick, id }) => {
  const t = useWords();
  const written = useWritten();
  const language = useLanguage();
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const isValid = (wanted: string): boolean => /^\d{1,9}$/.test(wanted) && Number(wanted) >= least && Number(wanted) <= most;
  const take = (wanted: string): void => {
    setDraft(isValid(wanted) ? undefined : wanted);
    if (isValid(wanted)) onPick(wanted);
  };
  const step = (by: number) => () => take(String(Math.min(most, Math.max(least, Number(value) + by))));
  const name = written(asks);
  return (
    <>
      <NumberInput
        className="virt-runbooks__number"
        value={text === '' || !Number.isFinite(Number(text)) ? '' : Number(text)} min={least} max={most} unit={written(unit)} widthChars={String(most).length + 1} validated={isValid(text) ? 'default' : 'error'}
        onMinus={step(-1)} onPlus={step(1)} onChange={({ currentTarget }) => take(currentTarget.value)} onBlur={() => setDraft(undefined)}
        inputProps={{ id }} inputAriaLabel={name} minusBtnAriaLabel={t('One less: {{name}}', { name })} plusBtnAriaLabel={t('One more: {{name}}', { name })}
      />
      <FormHelperText>
        <HelperText isLiveRegion><HelperTextItem variant={isValid(text) ? 'default' : 'error'}>{t('A whole number from {{least}} to {{most}}.', { least: numberText(least, language), most: numberText(most, language) })}</HelperTextItem></HelperText>
      </FormHelperText>
    </>
  );
};
