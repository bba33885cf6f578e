/** How long a command takes that asks nothing of Zoom: whole processes, the least of many runs in turns. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groupPolicy, inFolder, write } from './policies.ts';
import { inTurns, time } from './processes.ts';
import { atMost, milliseconds, type Part, table, times } from './tables.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const YAML = fileURLToPath(new URL('./yaml.mjs', import.meta.url));
const RUNS = 25;
const FILES = 1000;

export async function start(): Promise<Part> {
  return inFolder(async (folder) => {
    const policy = write(join(folder, 'small.yaml'), groupPolicy('Students'));
    const many = join(folder, 'many');
    for (let number = 1; number <= FILES; number += 1)
      write(join(many, `${number}.yaml`), groupPolicy(`Group ${number}`));
    const few = await inTurns(RUNS, {
      node: () => time(['-e', '0']),
      version: () => time([CLI, '--version']),
      help: () => time([CLI, '--help']),
      validate: () => time([CLI, 'validate', policy]),
    });
    const large = await inTurns(5, {
      yaml: () => time([YAML, many]),
      validate: () => time([CLI, 'validate', many]),
    });
    const node = Math.min(...few.node);
    const yaml = Math.min(...large.yaml);
    const rows = [
      { what: 'lockstep --version', ms: Math.min(...few.version), of: 'node -e 0', base: node, most: 1.5 },
      { what: 'lockstep --help', ms: Math.min(...few.help), of: 'node -e 0', base: node, most: 1.5 },
      { what: 'lockstep validate, 1 file', ms: Math.min(...few.validate), of: 'node -e 0', base: node, most: 3 },
      {
        what: `lockstep validate, ${FILES} files`,
        ms: Math.min(...large.validate),
        of: 'yaml alone',
        base: yaml,
        most: 2,
      },
    ];
    return {
      title: `start-up: whole processes, the least of ${RUNS} runs (of 5 with ${FILES} files)`,
      tables: [
        table([
          ['start', 'time', 'baseline', 'time', 'ratio'],
          ...rows.map(({ what, ms, of, base }) => [what, milliseconds(ms), of, milliseconds(base), times(ms / base)]),
        ]),
      ],
      goals: rows.map(({ what, ms, of, base, most }) => atMost(`${what}, to ${of}`, ms / base, most, times)),
    };
  });
}
