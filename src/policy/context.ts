/** What reading a policy needs to know, and where it puts secrets and problems. */
import type { Problem } from '../model/problem.ts';
import type { Provenance } from '../model/state.ts';
import type { Json } from '../util/json.ts';
import type { Entry, Spot } from './tree.ts';

/** How a variable named by `!env` was first used. A reference has one value, so it has one type. */
export interface VariableUse {
  readonly type: 'string' | 'boolean' | 'integer';
  readonly provenance: Provenance;
}

/** Shared by all files of a run. */
export interface RunContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly allowUnknown: boolean;
  /** Whether an unset variable is a problem. */
  readonly needsVariables: boolean;
  readonly secrets: Map<string, Json>;
  readonly variables: Map<string, VariableUse>;
}

/** For one file. */
export interface FileContext {
  readonly run: RunContext;
  /** The file's name in messages and provenance. */
  readonly file: string;
  readonly error: (spot: Spot, message: string, also?: Problem['also']) => void;
  readonly warning: (spot: Spot, message: string) => void;
}

export function provenanceOf({ file }: FileContext, { spot, reason }: Pick<Entry, 'spot' | 'reason'>): Provenance {
  return { file, line: spot.line, column: spot.column, ...(reason === undefined ? {} : { reason }) };
}
