import { type Message } from './message';

/** One value that may be picked. */
export interface Option {
  /** As it stands in the address: no comma. */
  readonly value: string;
  readonly label: Message;
  readonly hint?: Message;
}

/** Something a person decides before there is a plan. What may be picked is evidence; what was picked is part of the plan and of its address. */
export type Choice = {
  readonly id: string;
  readonly asks: Message;
  readonly hint?: Message;
} & (
  /** One of these; the first is picked if nobody picks. */
  | { readonly kind: 'one'; readonly options: readonly [Option, ...Option[]] }
  /** Some of these, at least one; `picked` if nobody picks. */
  | { readonly kind: 'some'; readonly options: readonly Option[]; readonly picked: readonly string[] }
  /** A whole number within bounds. */
  | { readonly kind: 'number'; readonly least: number; readonly most: number; readonly usual: number; readonly unit: Message }
);

/** What was picked, by the id of the choice. Values of `some` are joined by commas. */
export type Picked = Readonly<Record<string, string>>;

const offered = (options: readonly Option[], value: string): boolean => options.some((option) => option.value === value);

/** The value of a choice: what was picked if it is on offer, else what the author chose. */
export const valueOfChoice = (choice: Choice, picked: Picked): string => {
  const value = picked[choice.id];
  switch (choice.kind) {
    case 'one': return value !== undefined && offered(choice.options, value) ? value : choice.options[0].value;
    case 'some': {
      const values = (value ?? '').split(',').filter((each) => offered(choice.options, each));
      return (values.length > 0 ? values : choice.picked).join(',');
    }
    case 'number': return value !== undefined && /^\d{1,9}$/.test(value) && Number(value) >= choice.least && Number(value) <= choice.most ? String(Number(value)) : String(choice.usual);
    default: return choice satisfies never;
  }
};

/** What was picked, held against what is on offer: every choice has a value, and no value is foreign. */
export const settled = (choices: readonly Choice[], picked: Picked): Picked => Object.fromEntries(choices.map((choice) => [choice.id, valueOfChoice(choice, picked)]));
