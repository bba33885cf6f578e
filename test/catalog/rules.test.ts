import { describe, expect, it } from 'vitest';
import { aliasesOf } from '../../src/catalog/alias.ts';
import { PRECONDITIONS, RULES, type Rule, type Term } from '../../src/catalog/data/rules.ts';
import { settingsOf } from '../../src/catalog/lookup.ts';
import { fits } from '../../src/catalog/shape.ts';
import { gatesOf } from '../../src/catalog/switches.ts';
import type { Scope } from '../../src/model/target.ts';
import { type Json, stableText } from '../../src/util/json.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];
const TESTS = ['is', 'oneOf', 'not', 'filled', 'named', 'above', 'atMost'] as const;

const termsOf = ({ when, outcome }: Rule): readonly Term[] => [...when, outcome];
const shapeAt = (scope: Scope, path: string) => settingsOf(scope).get(path)?.declared;

/** Every term at every scope that its rule is for. */
const PLACED = RULES.flatMap((rule) => rule.scopes.flatMap((scope) => termsOf(rule).map((term) => ({ scope, term }))));

function valuesOf({ is, oneOf, not, above, atMost }: Term): readonly Json[] {
  return [is, ...(oneOf ?? []), not, above, atMost].filter((value) => value !== undefined);
}

describe('rules', () => {
  it.each([
    ['forces', 'documented', 6],
    ['forces', 'inferred', 1],
    ['needs', 'documented', 20],
    ['needs', 'inferred', 26],
    ['idles', 'documented', 5],
    ['idles', 'inferred', 18],
    ['same', 'documented', 1],
    ['same', 'inferred', 27],
  ])('%s, %s: %i', (kind, certainty, count) => {
    expect(RULES.filter((rule) => rule.kind === kind && rule.certainty === certainty)).toHaveLength(count);
  });

  it('are for settings that exist at each scope that they are for', () => {
    expect(PLACED.filter(({ scope, term }) => !settingsOf(scope).has(term.path))).toEqual([]);
  });

  it('are for at least one scope, and for none twice', () => {
    for (const { scopes } of RULES) expect(scopes).toEqual(SCOPES.filter((scope) => scopes.includes(scope)));
    expect(RULES.filter(({ scopes }) => scopes.length === 0)).toEqual([]);
  });

  it('ask one thing in each term', () => {
    const unclear = RULES.flatMap(termsOf).filter((term) => TESTS.filter((test) => test in term).length !== 1);
    expect(unclear).toEqual([]);
  });

  it('ask for values that the setting can have', () => {
    const misfits = PLACED.flatMap(({ scope, term }) => {
      const shape = shapeAt(scope, term.path);
      return valuesOf(term).filter((value) => shape === undefined || !fits(value, shape));
    });
    expect(misfits).toEqual([]);
  });

  it('ask for something in lists and text only, and compare numbers only', () => {
    const types = (test: 'filled' | 'above' | 'atMost') =>
      new Set(PLACED.filter(({ term }) => test in term).map(({ scope, term }) => shapeAt(scope, term.path)?.type));
    expect([...types('filled')].sort()).toEqual(['array', 'string']);
    expect([...types('above'), ...types('atMost')]).toEqual(['integer', 'integer']);
  });

  it('are not there twice', () => {
    const names = RULES.map(({ kind, when, outcome }) => stableText([kind, when.map(stableText).sort(), outcome]));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('do not contradict each other about what Zoom forces', () => {
    const ends = new Map<string, Json | undefined>();
    for (const { kind, when, outcome } of RULES) {
      if (kind !== 'forces') continue;
      const key = stableText([when, outcome.path]);
      expect(ends.get(key) ?? outcome.is).toEqual(outcome.is);
      ends.set(key, outcome.is);
    }
  });

  it('say that two names are one setting only where the aliases do not', () => {
    const known = RULES.filter(
      ({ kind, scopes, when, outcome }) =>
        kind === 'same' &&
        scopes.some((scope) =>
          when.some(({ path }) => aliasesOf(scope, path).some((name) => name.path === outcome.path)),
        ),
    );
    expect(known).toEqual([]);
  });

  it('give a reason that can stand after a dash', () => {
    for (const { why } of [...RULES, ...PRECONDITIONS]) expect(why).toMatch(/^[a-zGSZ].*[^.\s]$/);
  });
});

describe('preconditions', () => {
  it('are about values that a setting can have, wherever it is', () => {
    expect(PRECONDITIONS).toHaveLength(6);
    for (const { path, value } of PRECONDITIONS) {
      const shapes = SCOPES.flatMap((scope) => shapeAt(scope, path) ?? []);
      expect(shapes, path).not.toEqual([]);
      if (value !== undefined) expect(shapes.filter((shape) => !fits(value, shape))).toEqual([]);
    }
  });

  it('are not there twice', () => {
    expect(new Set(PRECONDITIONS.map(({ path }) => path)).size).toBe(PRECONDITIONS.length);
  });
});

describe('switches', () => {
  it.each([
    ['account', 'in_meeting.ports_range', ['in_meeting.p2p_ports', 'in_meeting.p2p_connetion']],
    [
      'group',
      'recording.cloud_recording_download_host',
      ['recording.cloud_recording_download', 'recording.cloud_recording'],
    ],
    [
      'user',
      'in_meeting.closed_captioning.save_caption',
      ['in_meeting.closed_captioning.view_full_transcript', 'in_meeting.closed_captioning.enable'],
    ],
    ['user', 'in_meeting.remote_control', ['in_meeting.screen_sharing']],
    ['group', 'schedule_meeting.use_pmi_for_schedule_meetings', ['schedule_meeting.personal_meeting']],
    ['group', 'chat.record_video_messages', ['chat.share_files.enable']],
  ] as const)('%s %s lies behind %j, nearest first', (scope, path, gates) => {
    expect(gatesOf(scope, path)).toEqual(gates);
  });

  it('do not lie behind themselves', () => {
    for (const scope of SCOPES) {
      for (const path of settingsOf(scope).keys()) {
        const seen = new Set<string>();
        const pending = [...gatesOf(scope, path)];
        for (let gate = pending.pop(); gate !== undefined; gate = pending.pop()) {
          expect(gate).not.toBe(path);
          if (!seen.has(gate)) pending.push(...gatesOf(scope, gate));
          seen.add(gate);
        }
      }
    }
  });
});
