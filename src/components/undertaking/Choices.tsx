import { Form } from '@patternfly/react-core';
import { type FC } from 'react';
import { type UndertakingState } from '../../engine';
import { ChoiceField } from './ChoiceField';

interface ChoicesProps {
  readonly state: Pick<UndertakingState, 'choices' | 'picked'>;
  readonly onPick: (choice: string, value: string) => void;
}

/** What is decided before there is a plan. Each decision makes the plan anew at once. */
export const Choices: FC<ChoicesProps> = ({ state: { choices, picked }, onPick }) => (choices.length === 0 ? null : (
  <Form onSubmit={(event) => event.preventDefault()}>
    {choices.map((choice) => <ChoiceField key={choice.id} choice={choice} value={picked[choice.id] ?? ''} onPick={(value) => onPick(choice.id, value)} />)}
  </Form>
));
