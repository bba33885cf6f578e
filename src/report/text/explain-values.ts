/** Who sets one name of the catalogue to what, and what Zoom has for it. */
import type { SettingPath } from '../../model/setting.ts';
import { positionOf } from '../../model/state.ts';
import { printable } from '../../util/printable.ts';
import type { LiveLevel, LiveReading, SetBy, SetByPack } from '../explained.ts';
import { wholeValue } from '../view/value.ts';
import type { Paint } from './paint.ts';

const MOST_CHAINS = 5;

export function packLines(packs: readonly SetByPack[], paint: Paint): string[] {
  return paired(packs).flatMap(({ line, lock }) => {
    const ids = line.controls.map(({ id }) => printable(id)).join(', ');
    const from = line.through === undefined ? '' : `, through pack:${line.through}`;
    return [
      `pack:${line.pack}  ${setByText(line, lock)}${ids === '' ? '' : `  [${ids}]`}${from}`,
      ...line.controls.slice(0, 1).map(({ title }) => paint.dim(`    ${printable(title)}`)),
    ];
  });
}

export function policyLines(policies: readonly SetBy[], paint: Paint): string[] {
  return paired(policies).flatMap(({ line, lock }) => {
    const { provenance, chains } = line;
    const ways = chains.filter((chain) => chain.length > 1).map((chain) => chain.map(printable).join(' -> '));
    const more = ways.length > MOST_CHAINS ? [`and ${ways.length - MOST_CHAINS} more`] : [];
    return [
      `${setByText(line, lock)}  ${paint.dim(printable(positionOf(provenance)))}`,
      ...(provenance.reason === undefined ? [] : [`    ${printable(provenance.reason)}`]),
      ...[...ways.slice(0, MOST_CHAINS), ...more].map((way) => paint.dim(`    by extends: ${way}`)),
    ];
  });
}

type SetByLine = Omit<SetBy, 'chains'> & { readonly pack?: string };

interface Paired<Line> {
  readonly line: Line;
  readonly lock?: Line;
}

/** `!locked false` sets value and lock in one place, so that they are one line. */
function paired<Line extends SetByLine>(lines: readonly Line[]): readonly Paired<Line>[] {
  const placeOf = ({ pack, target, provenance }: Line) => JSON.stringify([pack, target, positionOf(provenance)]);
  const locks = new Map(lines.flatMap((line) => (line.kind === 'lock' ? [[placeOf(line), line]] : [])));
  const values = new Set(lines.flatMap((line) => (line.kind === 'set' ? [placeOf(line)] : [])));
  return lines.flatMap((line): Paired<Line>[] => {
    const place = placeOf(line);
    if (line.kind === 'lock') return values.has(place) && locks.get(place) === line ? [] : [{ line }];
    const lock = locks.get(place);
    return [lock === undefined ? { line } : { line, lock }];
  });
}

function setByText({ target, kind, path, value }: SetByLine, lock: SetByLine | undefined): string {
  if (kind === 'lock') return `${printable(target)}  ${lockText(path, value)}`;
  const locked =
    lock === undefined ? '' : `, ${lock.path === path ? lockWord(lock.value) : lockText(lock.path, lock.value)}`;
  return `${printable(target)}  ${printable(path)}: ${wholeValue(value)}${locked}`;
}

function lockText(path: SettingPath, value: SetBy['value']): string {
  return `lock ${printable(path)}: ${lockWord(value)}`;
}

function lockWord(value: SetBy['value']): string {
  return value === true ? 'locked' : value === false ? 'unlocked' : wholeValue(value);
}

export function liveLines(levels: readonly LiveLevel[]): string[] {
  if (levels.length === 0) return ['nothing was read: name a group or user with --target'];
  return levels.flatMap(({ target, facts, missing }) => {
    if (missing !== undefined) return [`${printable(target)}  ${printable(missing)}`];
    return facts.map((reading) => `${printable(target)}  ${liveText(reading)}`);
  });
}

function liveText(reading: LiveReading): string {
  const name = `${reading.kind === 'lock' ? 'lock ' : ''}${reading.path}`;
  switch (reading.state) {
    case 'read':
      return reading.kind === 'lock' ? lockText(reading.path, reading.value) : `${name}: ${wholeValue(reading.value)}`;
    case 'secret':
      return `${name}: (secret)`;
    case 'notListed':
      return `${name}: not reported by Zoom`;
    case 'unreadable':
      return `${name}: unknown, ${printable(reading.reason)}`;
  }
}
