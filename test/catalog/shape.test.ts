import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../src/catalog/lookup.ts';
import type { Shape } from '../../src/catalog/setting.ts';
import { misfits, withFound } from '../../src/catalog/shape.ts';
import type { Json } from '../../src/util/json.ts';

const PIN = 918_273_645;
const CANARY = 'hunter2canary';

const SHAPES: readonly Shape[] = [
  { type: 'boolean' },
  { type: 'integer', minimum: 1, maximum: 63 },
  { type: 'integer', enum: [1, 2] },
  { type: 'string', minLength: 20 },
  { type: 'string', maxLength: 4 },
  { type: 'string', enum: ['local', 'cloud'] },
  { type: 'array', items: { type: 'boolean' }, maxItems: 1 },
  { type: 'object', properties: { name: { type: 'integer', maximum: 3 } } },
];

/** Values that hold nothing but what must not be shown. */
const hidden: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Json>(PIN, -PIN, PIN + 0.5, CANARY, null, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.record({ name: tie('value') }),
  ),
})).value;

describe('why a value does not fit', () => {
  it('is said of the shape alone, so that no rewording of it can show a secret', () => {
    const shapes = new Set([...SHAPES, ...[...settingsOf('account').values()].map(({ declared }) => declared)]);
    fc.assert(
      fc.property(fc.constantFrom(...shapes), hidden, (shape, value) => {
        const messages = misfits(value, shape)
          .map(({ message }) => message)
          .join();
        expect(messages).not.toMatch(/918273|hunter2/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[Json, Shape, string]>([
    [PIN, { type: 'string' }, `must be text, not ${PIN}`],
    [CANARY, { type: 'integer' }, 'must be a whole number, not text'],
    [[CANARY], { type: 'boolean' }, 'must be true or false, not a list'],
    [{ name: CANARY }, { type: 'array', items: { type: 'any' } }, 'must be a list, not an object'],
    [null, { type: 'object', properties: {} }, 'must be an object, not null'],
    [64, { type: 'integer', maximum: 63 }, 'must be at most 63'],
  ])('names what was found instead where it may be shown: %j', (value, shape, sentence) => {
    expect(misfits(value, shape).map(withFound)).toEqual([sentence]);
  });
});
