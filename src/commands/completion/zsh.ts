/** For zsh: a function for its own completion system, so that descriptions are shown. */
import { type CommandWords, type FlagWords, type Offer, PROGRAM_FLAGS } from './grammar.ts';

const HEAD = `#compdef lockstep
# zsh completion for lockstep; load it with: source <(lockstep completion zsh), after compinit

_lockstep_runs() {
  local -a runs
  runs=(.lockstep/runs/*.jsonl(N:t:r))
  compadd -a runs
}

_lockstep_reports() {
  if compset -P '*='; then _files; else compadd -S = "$@"; fi
}

_lockstep_policies() {
  compadd "$@"
  _files
}

_lockstep() {
  local curcontext="$curcontext" state line
  local -a commands
`;

const TAIL = `      esac
      ;;
  esac
}

if [[ $funcstack[1] == _lockstep ]]; then _lockstep "$@"; else compdef _lockstep lockstep; fi
`;

export function zshScript(commands: readonly CommandWords[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}\n`).join('');
  const flags = PROGRAM_FLAGS.map((flag) => ` \\\n    ${flagSpec(flag)}`).join('');
  return [
    HEAD,
    `  commands=(\n${described}  )\n`,
    `  _arguments -C${flags} \\\n    '1:command:->command' '*::argument:->argument'\n`,
    '  case $state in\n    command) _describe command commands ;;\n    argument)\n      case $words[1] in\n',
    ...commands.map(commandCase),
    TAIL,
  ].join('');
}

function commandCase({ name, flags, argument }: CommandWords): string {
  const rest =
    argument === undefined
      ? []
      : [quoted(`${argument.repeatable ? '*' : '1'}:${argument.name}:${action(argument.offer)}`)];
  const specs = [...flags.map(flagSpec), ...rest].map((spec) => ` \\\n            ${spec}`).join('');
  return `        ${name})\n          _arguments -s${specs}\n          ;;\n`;
}

/** `'(-o --out)'{-o,--out}'[save the plan]:file:_files'` */
function flagSpec({ names, description, repeatable, value }: FlagWords): string {
  const given = value === undefined ? names : names.map((flag) => `${flag}${flag.startsWith('--') ? '=' : '+'}`);
  const [only = ''] = given;
  const alone = names.includes('--help') || names.includes('--version') ? '(- *)' : `(${names.join(' ')})`;
  const before = quoted(repeatable ? '*' : alone);
  const name = given.length === 1 ? only : `{${given.join(',')}}`;
  const takes = value === undefined ? '' : `:${escaped(value.name)}:${action(value.offer)}`;
  // A single flag needs no braces, so it goes inside the quotes.
  const explained = `[${description.replaceAll(/[\\[\]]/g, '\\$&')}]${takes}`;
  return names.length === 1
    ? quoted(`${repeatable ? '*' : ''}${name}${explained}`)
    : `${before}${name}${quoted(explained)}`;
}

function action(offer: Offer): string {
  switch (offer.kind) {
    case 'nothing':
      return ' ';
    case 'files':
      return '_files';
    case 'folders':
      return '_files -/';
    case 'runs':
      return '_lockstep_runs';
    case 'words':
      return `(${offer.words.map(escaped).join(' ')})`;
    case 'reports':
      return `_lockstep_reports ${offer.words.map(escaped).join(' ')}`;
    case 'policies':
      return `_lockstep_policies ${offer.words.map(escaped).join(' ')}`;
  }
}

function escaped(text: string): string {
  return text.replaceAll(':', '\\:');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
