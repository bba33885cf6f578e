import { expect, it } from 'vitest';
import { sharedCheck } from '../../src/util/shared-check.ts';

it('is one for all who ask before it begins, and another for who asks later; they are answered in their order', async () => {
  const log: string[] = [];
  let count = 0;
  const ask = sharedCheck(async () => {
    count += 1;
    log.push(`begin ${count}`);
    await new Promise((done) => setImmediate(done));
  });
  const asked = (name: string) => ask().then(() => log.push(name));
  const first = [asked('a'), asked('b')];
  await new Promise<void>((done) => queueMicrotask(done));
  await Promise.all([...first, asked('c'), asked('d')]);
  expect(log).toEqual(['begin 1', 'a', 'b', 'begin 2', 'c', 'd']);
});

it('fails for those who shared it, and is made anew for the next', async () => {
  const outcomes = [true, false];
  const ask = sharedCheck(async () => {
    if (outcomes.shift()) throw new Error('lost');
  });
  expect(await Promise.allSettled([ask(), ask()])).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
  await ask();
  expect(outcomes).toEqual([]);
});
