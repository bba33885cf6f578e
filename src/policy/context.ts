/** What the reading of policies needs to know, and where it leaves what it finds besides facts. */
import type { Problem } from '../model/problem.ts';
import type { Provenance } from '../model/state.ts';
import type { Json } from '../util/json.ts';
import type { Entry, Spot } from './tree.ts';

/** How a variable that `!env` names was first used: one reference stands for one value, so it has one type. */
export interface VariableUse {
  readonly type: 'string' | 'boolean' | 'integer';
  readonly provenance: Provenance;
}

/** What all files of a run share. */
export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly allowUnknown: boolean;
  /** A variable that is not set is a problem, and not only named. */
  readonly needsVariables: boolean;
  readonly secrets: Map<string, Json>;
  readonly variables: Map<string, VariableUse>;
}

/** What the reading of one file needs. */
export interface FileContext {
  readonly run: RunContext;
  /** As messages and provenance name it. */
  readonly file: string;
  readonly error: (spot: Spot, message: string, also?: Problem['also']) => void;
  readonly warning: (spot: Spot, message: string) => void;
}

export function provenanceOf({ file }: FileContext, { spot, reason }: Pick<Entry, 'spot' | 'reason'>): Provenance {
  return { file, line: spot.line, column: spot.column, ...(reason === undefined ? {} : { reason }) };
}
