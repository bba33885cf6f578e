/** For fish, from 3.0 on. */
import { type CommandWords, type FlagWords, type Offer, PROGRAM_FLAGS } from './grammar.ts';

const HEAD = `# fish completion for lockstep; load it with: lockstep completion fish | source

function __lockstep_command
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and continue
        echo $word
        return
    end
end

function __lockstep_is
    test "$(__lockstep_command)" = "$argv[1]"
end

function __lockstep_runs
    for run in .lockstep/runs/*.jsonl
        string replace -r '^.*/(.*)\\.jsonl$' '$1' -- $run
    end
end

function __lockstep_reports
    set -l typed (commandline -ct | string replace -r '^--report=' '')
    if not string match -q '*=*' -- $typed
        printf '%s=\\n' $argv
        return
    end
    set -l format (string replace -r '=.*$' '' -- $typed)
    for file in (__fish_complete_path (string replace -r '^[^=]*=' '' -- $typed))
        echo $format=$file
    end
end

complete -c lockstep -f
`;

export function fishScript(commands: readonly CommandWords[]): string {
  const first = `-n '__lockstep_is ""'`;
  const lines = [
    ...PROGRAM_FLAGS.map((flag) => flagLine(first, flag)),
    ...commands.map(({ name, description }) => `complete -c lockstep ${first} -a ${name} -d ${quoted(description)}`),
    ...commands.flatMap(commandLines),
  ];
  return `${HEAD}${lines.join('\n')}\n`;
}

function commandLines({ name, flags, argument }: CommandWords): string[] {
  const condition = `-n '__lockstep_is ${name}'`;
  const values = argument === undefined ? '' : offerFlags(argument.offer);
  return [
    ...flags.map((flag) => flagLine(condition, flag)),
    ...(values === '' ? [] : [`complete -c lockstep ${condition}${values}`]),
  ];
}

function flagLine(condition: string, { names, description, value }: FlagWords): string {
  const options = names.map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`));
  const takes = value === undefined ? '' : ` -r${offerFlags(value.offer)}`;
  return `complete -c lockstep ${condition}${options.join('')}${takes} -d ${quoted(description)}`;
}

/** Without `-F` there are no files, because of the `-f` for all of it. */
function offerFlags(offer: Offer): string {
  switch (offer.kind) {
    case 'nothing':
      return '';
    case 'files':
      return ' -F';
    case 'folders':
      return " -a '(__fish_complete_directories)'";
    case 'runs':
      return " -a '(__lockstep_runs)'";
    case 'words':
      return ` -a ${quoted(offer.words.join(' '))}`;
    case 'reports':
      return ` -a '(__lockstep_reports ${offer.words.join(' ')})'`;
    case 'policies':
      return ` -F -a ${quoted(offer.words.join(' '))}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
