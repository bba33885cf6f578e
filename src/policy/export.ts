/** Writes live settings as a policy, without anything that must not be in a file. */
import { Document, Scalar, visit, type YAMLMap } from 'yaml';
import { aliasesOf, goTogether } from '../catalog/alias.ts';
import { factAt, locksOf, settingsOf } from '../catalog/lookup.ts';
import { holdsSecret } from '../catalog/secrecy.ts';
import type { Setting } from '../catalog/setting.ts';
import { fits } from '../catalog/shape.ts';
import { type AccountIdentity, accountLine } from '../model/account.ts';
import { isUnseen, type OutcomeKind } from '../model/outcomes.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Target } from '../model/target.ts';
import { type Json, type JsonObject, valueAt, withValueAt } from '../util/json.ts';
import { printable, printableQuoted } from '../util/printable.ts';
import { nameProblem } from './read/keys.ts';
import { conflictsIn } from './satisfiable.ts';

/** One live target: how to read a setting, and which documents could not be read, with the reason. */
export interface Exported {
  readonly target: Target;
  /** The live value in the form that PATCH takes; `undefined` where Zoom does not offer the setting. */
  readonly liveOf: (setting: Setting) => Json | undefined;
  readonly unreadable: readonly {
    readonly document: string;
    readonly reason: string;
    readonly outcome: OutcomeKind;
  }[];
}

interface Written {
  readonly target: Target;
  readonly facts: readonly DesiredFact[];
  readonly notes: readonly string[];
}

const COMPLETE = ' Written by `lockstep export` from live settings: a plan of it shows no changes.';
const DELETE = ' Delete what you do not want to manage; what no policy names is never touched.';

function headerOf(account: AccountIdentity, targets: readonly Exported[]): string {
  const unread = targets.flatMap((one) =>
    one.unreadable.filter(({ outcome }) => isUnseen(outcome)).map((entry) => printable(unreadNote(one.target, entry))),
  );
  if (unread.length === 0) return [` ${accountLine(account)}`, COMPLETE, DELETE].join('\n');
  return [
    ` ${accountLine(account)}`,
    ' INCOMPLETE. Written by `lockstep export` from live settings, without what could not be read:',
    ...unread.map((note) => ` - ${note}`),
    DELETE,
  ].join('\n');
}

function unreadNote(target: Target, { document, reason }: Exported['unreadable'][number]): string {
  return `${labelOf(target)}, ${document === EVERYTHING ? '' : 'all of '}${document}: ${reason}`;
}

/** In place of a document, where Zoom does not have the target. */
export const EVERYTHING = 'everything';

/** The policy as YAML text. */
export function renderPolicy(targets: readonly Exported[], account: AccountIdentity): string {
  const document = new Document<YAMLMap>({ version: 1 } as never);
  document.commentBefore = headerOf(account, targets);
  const groups: JsonObject = {};
  const users: JsonObject = {};
  const written = withoutConflicts(targets.map(writeTarget)).map(withoutUnnameable);
  for (const { target, facts } of written) {
    if (facts.length === 0) continue;
    const content = contentOf(target, facts);
    if (target.scope === 'account') document.set('account', document.createNode(content));
    if (target.scope === 'group') groups[exactName(target.name)] = content;
    if (target.scope === 'user') users[target.email] = content;
  }
  if (Object.keys(groups).length > 0) document.set('groups', document.createNode(groups));
  if (Object.keys(users).length > 0) document.set('users', document.createNode(users));
  const notes = written.flatMap((entry) => entry.notes);
  if (notes.length > 0) document.comment = [' Left out:', ...notes.map((note) => ` - ${printable(note)}`)].join('\n');
  quoteUnsafe(document);
  return printableQuoted(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY }));
}

/** Double-quoted text can escape everything that a terminal or a CI runner would act on, and keeps its meaning. */
function quoteUnsafe(document: Document): void {
  visit(document, {
    Scalar: (_, scalar) => {
      const { value } = scalar;
      const isSafe = typeof value !== 'string' || value.split('\n').every((line) => printable(line) === line);
      if (!isSafe) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
}

function labelOf(target: Target): string {
  return target.scope === 'account' ? 'account' : target.scope === 'group' ? `group ${target.name}` : target.email;
}

function writeTarget({ target, liveOf, unreadable }: Exported): Written {
  const label = labelOf(target);
  const notes = unreadable.filter(({ outcome }) => !isUnseen(outcome)).map((entry) => unreadNote(target, entry));
  const facts: DesiredFact[] = [];
  for (const setting of [...settingsOf(target.scope).values(), ...locksOf(target.scope).values()]) {
    const settable = setting.items !== undefined || (setting.writable && setting.readable && !setting.verb);
    const value = settable ? liveOf(setting) : undefined;
    if (value === undefined) continue;
    const problem = reasonToLeaveOut(setting, value, liveOf);
    const kind = setting.document.kind === 'lock_settings' ? 'lock' : 'set';
    if (problem === undefined) facts.push({ kind, path: setting.path, value, provenance: NOWHERE });
    else notes.push(`${label}, ${setting.path}: ${problem}`);
  }
  return { target, facts, notes };
}

const NOWHERE: DesiredFact['provenance'] = { file: '', line: 1, column: 1 };

function withoutUnnameable(entry: Written): Written {
  const { target } = entry;
  const problem =
    target.scope === 'account' ? undefined : nameProblem(target.scope === 'group' ? target.name : target.email);
  if (problem === undefined) return entry;
  return { target, facts: [], notes: [`${labelOf(target)}: ${problem}`] };
}

/** Escapes `*` and `?`, which would make the name a pattern. In other names a backslash is only a backslash. */
function exactName(name: string): string {
  return /[*?]/.test(name) ? name.replaceAll(/[*?\\]/g, '\\$&') : name;
}

/** Drops live values that contradict each other: `validate` would reject a policy that holds both. */
function withoutConflicts(written: readonly Written[]): readonly Written[] {
  const entries = written.map(({ target, facts }) => ({
    scope: target.scope,
    name: '',
    glob: false,
    facts,
    provenance: NOWHERE,
  }));
  const conflicts = conflictsIn(entries, new Map()).filter(({ severity }) => severity === 'error');
  if (conflicts.length === 0) return written;
  return written.map((entry, index) => {
    const own = conflicts.filter((conflict) => conflict.entry === entries[index]);
    const causes = new Map(own.map(({ fact, cause }) => [fact, cause]));
    const notes = [...causes].map(
      ([fact, cause]) => `${labelOf(entry.target)}, ${fact.path}: it contradicts ${cause.path}, as Zoom reports it`,
    );
    return { ...entry, facts: entry.facts.filter((fact) => !causes.has(fact)), notes: [...entry.notes, ...notes] };
  });
}

function contentOf({ scope }: Target, facts: readonly DesiredFact[]): JsonObject {
  return facts.reduce<JsonObject>((content, { kind, path, value }) => {
    const setting = factAt(scope, kind, path);
    return setting === undefined ? content : withValueAt(content, placeOf(setting), value);
  }, {});
}

function reasonToLeaveOut(setting: Setting, value: Json, liveOf: Exported['liveOf']): string | undefined {
  if (setting.deprecated) return 'deprecated by Zoom';
  if (holdsSecret(setting, setting.path, value)) return 'a secret; name it as !env VARIABLE to manage it';
  const reason = setting.items === undefined ? undefined : whyUnrepresentable(value, setting.items.key);
  if (reason !== undefined) return reason;
  if (!fits(value, setting.declared)) return 'Zoom reports a value that its PATCH does not take';
  const contradicted = setting.document.kind !== 'lock_settings' && contradictingAlias(setting, value, liveOf);
  return contradicted ? `Zoom reports another value for the same setting under ${contradicted}` : undefined;
}

/** Why a policy cannot express a live list. */
function whyUnrepresentable(value: Json, key: string): string | undefined {
  const items = Array.isArray(value) ? value : [];
  const names = items.map((item) => valueAt(item, [key]));
  if (!names.every((name, index) => typeof name === 'string' && name !== '' && names.indexOf(name) === index)) {
    return 'its items have no names of their own, so a policy could not tell them apart';
  }
  const defaults = items.filter((item) => valueAt(item, ['default_option']) === true).length;
  return defaults > 1 ? `Zoom reports ${defaults} defaults, and a policy can have one` : undefined;
}

/** If a setting has two names and their values disagree, the option document wins and the other name is left out. */
function contradictingAlias({ scope, path }: Setting, value: Json, liveOf: Exported['liveOf']): string | undefined {
  if (path.startsWith('meeting_security.')) return undefined;
  return aliasesOf(scope, path).find((alias) => {
    const other = settingsOf(scope).get(alias.path);
    const found = other === undefined ? undefined : liveOf(other);
    return found !== undefined && !goTogether(alias, value, found);
  })?.path;
}

function placeOf({ document, path }: Setting): [string, ...string[]] {
  const [first = '', ...rest] = path.split('.');
  if (document.kind === 'registration') return [first, ...rest];
  return [document.kind, first, ...rest];
}
