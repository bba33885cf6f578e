/**
 * The items of `waivers`, differences that somebody accepts until a day, and of `manual`, controls that no API shows:
 * one definition of each for `validate`, `check` and editors. Loaded only for policies that have these lists, because
 * loading zod takes longer than reading a policy.
 */
import * as z from 'zod';
import type { ManualControl } from '../model/check.ts';
import type { WaiverRequest } from '../model/waiver.ts';
import type { JsonObject } from '../util/json.ts';
import { type Outline, unknownKey } from './outline.ts';
import { NULL_IS_NO_VALUE } from './phrases.ts';
import { entryOf, type FileProblem, type ListNode, type Node, nearestNode } from './tree.ts';

/** One message for every wrong kind of value. */
function must(sentence: string) {
  return { error: ({ input }: { readonly input?: unknown }) => (input === null ? NULL_IS_NO_VALUE : sentence) };
}

const text = (name: string, description: string) =>
  z
    .string(must(`\`${name}\` must be text`))
    .min(1, `\`${name}\` is empty`)
    .meta({ description });

/** A day without a time, which would depend on the time zone. */
const day = z
  .string(must('`expires` must be a day, such as 2027-03-31'))
  .refine(isDay, '`expires` must be a day that exists, such as 2027-03-31')
  .meta({
    description: 'The last day on which it holds, such as 2027-03-31.',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
    format: 'date',
  });

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const waiver = z
  .strictObject(
    {
      path: text('path', 'The setting or section that may differ; or name a control.').exactOptional(),
      control: text('control', 'The control that may fail, such as CIS 1.1.1.2; or name a path.').exactOptional(),
      target: text(
        'target',
        'Where: account, group:NAME or user:E-MAIL, with * and ?; everywhere when left out.',
      ).exactOptional(),
      owner: text('owner', 'Who answers for it.'),
      reason: text('reason', 'Why it may differ.'),
      expires: day,
      unknown: z
        .literal('accepted', must('`unknown` must be `accepted`, or left out'))
        .meta({ description: 'Accepts that the value cannot be read, and no value that can.' })
        .exactOptional(),
    },
    must('a waiver must be a map with `path` or `control`, `owner`, `reason` and `expires`'),
  )
  .refine(({ path, control }) => (path === undefined) !== (control === undefined), {
    error: 'a waiver names either a `path` or a `control`',
  })
  .meta({ oneOf: [{ required: ['path'] }, { required: ['control'] }] });

const manual = z.strictObject(
  {
    control: text('control', 'Its id.'),
    title: text('title', 'What is demanded.'),
    severity: z
      .enum(['low', 'medium', 'high', 'critical'], must('`severity` must be low, medium, high or critical'))
      .meta({ description: 'How much it weighs.' }),
    steps: text('steps', 'What to do in the web pages.'),
    why: text('why', 'Why it matters.').exactOptional(),
  },
  must('an item of `manual` must be a map with `control`, `title`, `severity` and `steps`'),
);

/** Both lists of one file. */
export interface WrittenLists {
  readonly waivers: readonly WaiverRequest[];
  readonly manual: readonly ManualControl[];
  readonly problems: readonly FileProblem[];
}

export function listsIn(outline: Outline, file: string): WrittenLists {
  const problems: FileProblem[] = [];
  const provenanceOf = ({ spot }: Node) => ({ file, ...spot });
  const waivers = itemsOf(outline.waivers, waiver, problems).map(
    ([item, node]): WaiverRequest => ({ ...item, provenance: provenanceOf(node) }),
  );
  const controls = itemsOf(outline.manual, manual, problems).map(
    ([{ control, ...item }, node]): ManualControl => ({ id: control, ...item, provenance: provenanceOf(node) }),
  );
  return { waivers, manual: controls, problems };
}

function itemsOf<Item extends z.ZodObject>(
  list: ListNode | undefined,
  item: Item,
  problems: FileProblem[],
): (readonly [z.output<Item>, Node])[] {
  return (list?.items ?? []).flatMap((node) => {
    const { data, error } = item.safeParse(plainValue(node));
    if (error === undefined) return [[data, node]];
    problems.push(...error.issues.flatMap((issue) => problemsOf(issue, node, Object.keys(item.shape))));
    return [];
  });
}

function problemsOf(issue: z.core.$ZodIssue, item: Node, known: readonly string[]): readonly FileProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ spot: entryOf(item, key)?.spot ?? item.spot, message: unknownKey(key, known) }));
  }
  const node = nearestNode(item, issue.path);
  return node.kind === 'broken' ? [] : [{ spot: node.spot, message: issue.message }];
}

/** Broken nodes have been reported and are left out. */
function plainValue(node: Node): unknown {
  switch (node.kind) {
    case 'broken':
      return undefined;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
  }
}

/** JSON Schemas of one item of each list. */
export function listSchemas(): { readonly waiver: JsonObject; readonly manual: JsonObject } {
  return { waiver: jsonSchema(waiver), manual: jsonSchema(manual) };
}

function jsonSchema(schema: z.ZodType): JsonObject {
  // The schema of policies names the draft.
  const { $schema: _, ...rest } = z.toJSONSchema(schema) as JsonObject;
  return rest;
}
