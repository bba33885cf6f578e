/** Cases that once failed, kept so that they never do again. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, KINDS, type Kind } from './kinds.ts';

const FOLDER = fileURLToPath(new URL('../test/fixtures/fuzz/', import.meta.url));
/** What is larger is nobody's to read; it is told, and not kept. */
const LARGEST = 64 * 1024;

export interface Fixture {
  readonly kind: Kind;
  /** What was wrong when it was found, or what it is, where somebody thought of it. */
  readonly found: string;
  readonly input: unknown;
  /** Must come about when it is played: without it the case would miss what it is for. */
  readonly seen?: readonly string[];
}

export function readFixtures(): readonly (Fixture & { readonly name: string })[] {
  return names().map((name) => ({ name, ...(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Fixture) }));
}

/** @returns the file's name, or why there is none */
export function keepFixture(kind: Kind, { input, problems }: Finding): string {
  const fixture: Fixture = { kind, found: problems[0] ?? '', input };
  const text = `${JSON.stringify(fixture, undefined, 2)}\n`;
  if (text.length > LARGEST) return `not kept: ${text.length} characters`;
  const name = `${kind}-${createHash('sha256').update(JSON.stringify(input)).digest('hex').slice(0, 8)}.json`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, name), text);
  return name;
}

function names(): string[] {
  try {
    return readdirSync(FOLDER).filter((name) => KINDS.some((kind) => name.startsWith(`${kind}-`)));
  } catch {
    return [];
  }
}
