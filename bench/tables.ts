/** What the bench prints: tables, and goals that were met or missed. */

export interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
  /** Missing it fails the bench. Times are not binding: other work on the machine decides about them. */
  readonly binding: boolean;
}

export interface Part {
  readonly title: string;
  readonly tables: readonly string[];
  readonly goals: readonly Goal[];
}

export function atMost(
  what: string,
  value: number,
  most: number,
  shown: (value: number) => string,
  binding = false,
): Goal {
  return { what, goal: `at most ${shown(most)}`, measured: shown(value), met: value <= most, binding };
}

export function atLeast(
  what: string,
  value: number,
  least: number,
  shown: (value: number) => string,
  binding = false,
): Goal {
  return { what, goal: `at least ${shown(least)}`, measured: shown(value), met: value >= least, binding };
}

export function goalTable(goals: readonly Goal[]): string {
  return table([
    ['goal', 'wanted', 'measured', ''],
    ...goals.map(({ what, goal, measured, met, binding }) => [
      what,
      goal,
      measured,
      met ? 'met' : binding ? 'MISSED, fails' : 'MISSED',
    ]),
  ]);
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
export const milliseconds = (ms: number): string => `${ms.toFixed(0)} ms`;
export const megabytes = (kb: number): string => `${Math.round(kb / 1024)} MB`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}x`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
export const plain = (count: number): string => String(count);

/** The first column to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
