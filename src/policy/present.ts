/** Prepares problems for output: no duplicates, sorted by position, each with an excerpt of its line. */
import type { Problem } from '../model/problem.ts';
import { compareText } from '../util/compare-text.ts';
import type { PolicyFile, PolicyFiles } from './policy-file.ts';
import { excerptAt } from './read/excerpt.ts';
import { type Cuts, secretCuts } from './read/redact.ts';

export function present(problems: readonly Problem[], files: PolicyFiles): readonly Problem[] {
  const byFile = new Map([...files.values()].map((file) => [file.name, file]));
  const cuts = new Map<string, Cuts>();
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort(inOrder).map((problem) => {
    const file = byFile.get(problem.file);
    if (file === undefined || file.source.text === '') return problem;
    const hidden = cuts.get(problem.file) ?? cutsOf(file);
    cuts.set(problem.file, hidden);
    return { ...problem, excerpt: excerptAt(file.source, problem, hidden) };
  });
}

function inOrder(one: Problem, other: Problem): number {
  return (
    compareText(one.file, other.file) ||
    one.line - other.line ||
    one.column - other.column ||
    compareText(one.message, other.message)
  );
}

function cutsOf({ source, content }: PolicyFile): Cuts {
  const { tree, sound, problems } = content.parsedAgain();
  return secretCuts(source, tree, sound && problems.length === 0);
}
