import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Radio } from '@patternfly/react-core';
import { type FC, useId } from 'react';
import { type Choice } from '../../engine';
import { MessageText } from '../message/MessageText';
import { useWritten } from '../message/useWritten';
import { NumberField } from './NumberField';
import { SomeField } from './SomeField';

/** Options above which they are no list of buttons any more. */
const RADIOS = 6;

/** What every field of a choice is given: the settled value, and what is called with another. */
export interface FieldProps<K extends Choice['kind']> {
  readonly choice: Extract<Choice, { readonly kind: K }>;
  readonly value: string;
  readonly onPick: (value: string) => void;
}

const Radios: FC<FieldProps<'one'>> = ({ choice, value, onPick }) => {
  const id = useId();
  return (
    <>
      {choice.options.map((option) => (
        <Radio
          key={option.value} id={`${id}-${option.value}`} name={id} isChecked={option.value === value} onChange={() => onPick(option.value)}
          label={<MessageText message={option.label} />} {...(option.hint ? { description: <MessageText message={option.hint} /> } : {})}
        />
      ))}
    </>
  );
};

const Dropdown: FC<FieldProps<'one'> & { readonly id: string }> = ({ choice, value, onPick, id }) => {
  const written = useWritten();
  const hint = choice.options.find((option) => option.value === value)?.hint;
  return (
    <>
      <FormSelect id={id} value={value} onChange={(_, next) => onPick(next)}>
        {choice.options.map((option) => <FormSelectOption key={option.value} value={option.value} label={written(option.label)} />)}
      </FormSelect>
      {hint && <FormHelperText><HelperText><HelperTextItem><MessageText message={hint} /></HelperTextItem></HelperText></FormHelperText>}
    </>
  );
};

const Field: FC<{ readonly choice: Choice; readonly value: string; readonly onPick: (value: string) => void; readonly id: string }> = ({ choice, ...rest }) => {
  switch (choice.kind) {
    case 'one': return choice.options.length > RADIOS ? <Dropdown choice={choice} {...rest} /> : <Radios choice={choice} {...rest} />;
    case 'some': return <SomeField choice={choice} {...rest} />;
    case 'number': return <NumberField choice={choice} {...rest} />;
    default: return choice satisfies never;
  }
};

/** One thing that a person decides before there is a plan. */
export const ChoiceField: FC<{ readonly choice: Choice; readonly value: string; readonly onPick: (value: string) => void }> = ({ choice, value, onPick }) => {
  const id = useId();
  const isGroup = choice.kind === 'some' || (choice.kind === 'one' && choice.options.length <= RADIOS);
  return (
    <FormGroup
      label={<MessageText message={choice.asks} />}
      {...(isGroup ? { role: choice.kind === 'one' ? 'radiogroup' : 'group', isStack: true, fieldId: id } : { fieldId: id })}
    >
      {choice.hint && <FormHelperText><HelperText><HelperTextItem><MessageText message={choice.hint} /></HelperTextItem></HelperText></FormHelperText>}
      <Field choice={choice} value={value} onPick={onPick} id={id} />
    </FormGroup>
  );
};
