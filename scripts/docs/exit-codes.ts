/** The tables of docs/cli.md: what each outcome is, and what each command ends with because of it. */
import { OUTCOMES, type OutcomeKind } from '../../src/model/outcomes.ts';
import { CODES, COLUMNS, type Column } from '../../src/reconcile/exit-code.ts';
import { table } from './markdown.ts';

const HEADS: Readonly<Record<Column, string>> = {
  plan: '`plan`',
  'plan --detailed-exitcode': '`--detailed-exitcode`',
  drift: '`drift`',
  check: '`check`',
  export: '`export`',
  apply: '`apply`',
  'apply, rest sent': 'rest sent',
  'apply, nothing to send': 'none sent',
};

const KINDS = Object.keys(OUTCOMES) as readonly OutcomeKind[];

export function codeTable(): string {
  const rows = KINDS.map((kind) => [
    `\`${kind}\``,
    ...CODES[kind].map((code) => (code === undefined ? '' : `${code}`)),
  ]);
  return table(['Outcome', ...COLUMNS.map((column) => HEADS[column])], rows);
}

export function outcomeTable(): string {
  return table(
    ['Outcome', 'What it is'],
    KINDS.map((kind) => [`\`${kind}\``, OUTCOMES[kind]]),
  );
}
