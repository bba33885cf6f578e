/** Errors into words, for every command alike. */
import { LockstepError } from './errors.ts';
import { headline, PolicyProblems, type Problem } from './model/problem.ts';
import { VERSION } from './model/version.ts';
import { printable } from './util/printable.ts';

/** @param debug show where in our code a bug is; a user's own mistakes never show a stack trace */
export function describeError(error: unknown, debug: boolean): string {
  if (error instanceof PolicyProblems) return describeProblems(error);
  if (error instanceof LockstepError) {
    const hint = error.hint === undefined ? '' : `\n  ${printable(error.hint)}`;
    return `error: ${visibleLines(error.message).join('\n  ')}${hint}\n`;
  }
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const trace = debug ? (stack ?? 'no stack') : 'LOCKSTEP_DEBUG=1 shows where';
  return `error: this is a bug in lockstep ${VERSION}, not a mistake of yours: ${printable(message)}\n  ${trace}\n  please report it\n`;
}

/** Like a compiler: one block a problem, in the order of files and lines, and the count last. */
function describeProblems({ problems, summary }: PolicyProblems): string {
  return [...problems.map(describeProblem), summary, ''].join('\n');
}

export function describeProblem(problem: Problem): string {
  const { file, message, excerpt } = problem;
  const head = headline({ ...problem, file: printable(file), message: visibleLines(message).join('\n') });
  return excerpt === undefined ? head : `${head}\n${visibleLines(excerpt).join('\n')}`;
}

function visibleLines(text: string): string[] {
  return text.split('\n').map(printable);
}
