import { render } from '@testing-library/react';
import i18next from 'i18next';
import { type FC } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { type Message, msg } from '../engine';
import { RUNBOOK_TEXTS, useAddTexts, useText } from './text';

const missing = jest.fn();
beforeEach(() => missing.mockClear());

// As the console sets it up; `post` rewrites what comes out, as its made-up language does.
const translations = async (texts: Record<string, string>, language = 'de', post = (text: string) => text) => {
  const instance = i18next.createInstance();
  await instance.use(initReactI18next).use({ type: 'postProcessor', name: 'post', process: post }).init({
    postProcess: ['post'], saveMissing: true, missingKeyHandler: missing, lng: language, fallbackLng: 'en', resources: { [language]: { [RUNBOOK_TEXTS]: texts } }, nsSeparator: '~', keySeparator: false, interpolation: { escapeValue: true }, showSupportNotice: false });
  return instance;
};

const written = async (message: Message, texts: Record<string, string> = {}, language?: string, post?: (text: string) => string) => {
  let says = '';
  const Text: FC = () => {
    says = useText()(message);
    return null;
  };
  render(<I18nextProvider i18n={await translations(texts, language, post)}><Text /></I18nextProvider>);
  return says;
};

describe('useText', () => {
  it('translates the marked text, and is English where there is no translation', async () => {
    expect(await written(msg('No pods.'), { 'No pods.': 'Keine Pods.' })).toBe('Keine Pods.');
    expect(await written(msg('{{n}} pods in {{where}}.', { n: '3', where: 'red' }), { '{{n}} pods in {{where}}.': 'In {{where}}: {{n}} Pods.' })).toBe('In red: 3 Pods.');
    expect(await written(msg('{{n}} pods.', { n: '3' }))).toBe('3 pods.');
  });
  it('chooses the plural by a count', async () => {
    const texts = { '{{count}} pods.': 'x', '{{count}} pods._one': '{{count}} Pod.', '{{count}} pods._other': '{{count}} Pods.' };
    expect(await written(msg('{{count}} pods.', { count: 1 }), texts)).toBe('1 Pod.');
    expect(await written(msg('{{count}} pods.', { count: 2 }), texts)).toBe('2 Pods.');
    expect(await written(msg('{{count}} pods.', { count: '2' }), texts)).toBe('x');
  });
  it('takes English that stands in the code the way of every text: nothing is missing, and a made-up language shows it', async () => {
    expect(await written(msg('{{n}} pods in {{where}}.', { n: '3', where: '{{n}} $t(x)' }))).toBe('3 pods in {{n}} $t(x).');
    expect(await written(msg('{{n}} pods.', { n: '3' }), {}, 'en', (text) => `[${text}]`)).toBe('[3 pods.]');
    expect(await written(msg('{{count}} pods.', { count: 1 }), { '{{count}} pods._one': '{{count}} pod.' }, 'en', (text) => `[${text}]`)).toBe('[1 pod.]');
    expect(missing).not.toHaveBeenCalled();
  });
  it.each(['ns', 'lng', 'context', 'defaultValue', 'keySeparator', 'replace', 'ordinal', 'lngs', 'nsSeparator', 'joinArrays', 'returnObjects', 'postProcess'])('takes a hole that is called %s for a hole', async (name) => {
    const text = `In {{${name}}}.`;
    expect(await written({ text, holes: { [name]: 'red' } }, { [text]: `Im {{${name}}}.` })).toBe('Im red.');
  });
  it.each(['<b>x</b>', '{{n}}', '$t(No pods.)', '$t(secret, {"a": 1})', 'a~b', '$& $1', '\\'])('shows %j from a server as it is', async (hostile) => {
    expect(await written(msg('It says {{words}}.', { words: hostile }), { 'It says {{words}}.': 'Es sagt {{words}}.', 'No pods.': 'Keine Pods.', secret: 'x' })).toBe(`Es sagt ${hostile}.`);
  });
  it('is not led astray by blanks, dots and colons of a sentence', async () => {
    expect(await written(msg('Read: a.b.c'), { 'Read: a.b.c': 'Gelesen: a.b.c' })).toBe('Gelesen: a.b.c');
    expect(await written(msg('Read: a.b.c'))).toBe('Read: a.b.c');
  });
});

describe('useAddTexts', () => {
  it('adds the texts of a group before anything of it is drawn', async () => {
    let says = '';
    const Text: FC = () => {
      useAddTexts()({ 'No pods.': 'Keine Pods.' });
      says = useText()(msg('No pods.'));
      return null;
    };
    render(<I18nextProvider i18n={await translations({})}><Text /></I18nextProvider>);
    expect(says).toBe('Keine Pods.');
  });
});
