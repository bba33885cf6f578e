import { describe, expect, it } from 'vitest';
import { LOSSES, type Loss } from '../../src/catalog/data/losses.ts';
import { settingsOf } from '../../src/catalog/lookup.ts';
import { fits } from '../../src/catalog/shape.ts';
import type { Scope } from '../../src/model/target.ts';
import type { Json } from '../../src/util/json.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];
const SETTINGS = SCOPES.flatMap((scope) => [...settingsOf(scope).values()]);

function settingsAt(pattern: string) {
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
  const path = new RegExp(`^${parts.join('.*')}$`);
  return SETTINGS.filter((setting) => path.test(setting.path));
}

const formOf = ({ when }: Loss) => Object.keys(when).join();
const valuesIn = ({ when }: Loss): readonly Json[] => [
  ...('from' in when ? when.from : []),
  ...('becomes' in when && when.becomes !== undefined ? [when.becomes] : []),
];
const withForm = (form: string) => LOSSES.filter((loss) => formOf(loss) === form);

describe('losses', () => {
  it.each([
    ['becomes', 24],
    ['from,becomes', 3],
    ['from', 1],
    ['shrinks', 5],
    ['losesItems', 9],
    ['gainsItems', 1],
    ['changes', 2],
  ])('%s: %i', (form, count) => {
    expect(withForm(form)).toHaveLength(count);
  });

  it('stop what cannot be brought back, and tell of the rest', () => {
    expect(LOSSES.filter(({ lossy }) => lossy)).toHaveLength(26);
    expect(LOSSES.filter(({ lossy }) => !lossy)).toHaveLength(19);
  });

  it('are about settings that exist', () => {
    const unknown = LOSSES.flatMap(({ paths }) => paths).filter((pattern) => settingsAt(pattern).length === 0);
    expect(unknown).toEqual([]);
  });

  it('come with values that one of the settings can have, wherever it is', () => {
    for (const loss of LOSSES) {
      for (const value of valuesIn(loss)) {
        for (const pattern of loss.paths) {
          const takers = settingsAt(pattern).filter(({ declared }) => fits(value, declared));
          const scopesOf = (settings: typeof SETTINGS) => new Set(settings.map(({ scope }) => scope));
          expect(scopesOf(takers), `${pattern} ${JSON.stringify(value)}`).toEqual(scopesOf(settingsAt(pattern)));
        }
      }
    }
  });

  it.each([
    ['shrinks', ['integer', 'string']],
    ['losesItems', ['array', 'string']],
    ['gainsItems', ['array']],
    ['changes', ['string']],
  ])('%s is said of %j', (form, expected) => {
    const paths = withForm(form).flatMap((loss) => loss.paths);
    const types = new Set(paths.flatMap(settingsAt).map(({ declared }) => declared.type));
    expect([...types].sort()).toEqual(expected);
  });

  it('say of the lists that verbs change when they lose items', () => {
    const lists = new Set(SETTINGS.flatMap(({ items, path }) => (items === undefined ? [] : [path])));
    const said = withForm('losesItems').flatMap(({ paths }) => paths);
    expect([...lists].filter((path) => !said.includes(path))).toEqual([]);
  });

  it('are not there twice', () => {
    const names = LOSSES.flatMap((loss) => loss.paths.map((path) => JSON.stringify([path, loss.when])));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('tell what happens as a clause', () => {
    for (const { effect } of LOSSES) expect(effect).toMatch(/^[a-z].*[^.\s]$/);
  });
});
