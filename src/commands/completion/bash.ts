/** For bash, from 3.2 (macOS) on. */
import { type CommandWords, type Offer, PROGRAM_FLAGS } from './grammar.ts';

/*
 * Bash cuts the words of a line at `=` and `:` as well (COMP_WORDBREAKS). `json=plan.json` and `pack:k12` are one word
 * here, so the line is cut anew at blanks, and what bash has before its own cut is taken off again at the end.
 */
const HEAD = `# bash completion for lockstep; load it with: source <(lockstep completion bash)

_lockstep_words() {
  local word
  for word in $1; do
    [[ $word == "$cur"* ]] && COMPREPLY+=("$head$word")
  done
}

_lockstep_open() {
  compopt -o nospace 2>/dev/null
  _lockstep_words "$1"
}

_lockstep_files() {
  local word
  compopt -o filenames 2>/dev/null
  while IFS= read -r word; do COMPREPLY+=("$head$word"); done < <(compgen "$1" -- "$cur")
}

_lockstep_reports() {
  if [[ $cur != *=* ]]; then
    _lockstep_open "$1"
    return
  fi
  head+=\${cur%%=*}=
  cur=\${cur#*=}
  _lockstep_files -f
}

_lockstep_runs() {
  local word
  for word in .lockstep/runs/*.jsonl; do
    word=\${word##*/}
    word=\${word%.jsonl}
    [[ $word != '*' && $word == "$cur"* ]] && COMPREPLY+=("$word")
  done
}

_lockstep() {
  local line=\${COMP_LINE:0:COMP_POINT} cur='' head='' typed='' command='' flag='' last cut index
  local -a words
  COMPREPLY=()
  read -r -a words <<<"$line"
  if [[ $line != *[[:space:]] ]]; then
    last=$((\${#words[@]} - 1))
    cur=\${words[$last]}
    unset "words[$last]"
  fi
  typed=$cur
  for ((index = 1; index < \${#words[@]}; index += 1)); do
    if [[ \${words[$index]} != -* ]]; then
      command=\${words[$index]}
      break
    fi
  done
  last=$((\${#words[@]} - 1))
  if [[ $cur == --*=* ]]; then
    flag=\${cur%%=*}
    head=$flag=
    cur=\${cur#*=}
  elif ((last >= 1)); then
    flag=\${words[$last]}
  fi
  case $command in
`;

const TAIL = `  esac
  cut=''
  [[ $COMP_WORDBREAKS == *=* && $typed == *=* ]] && cut=\${typed%"\${typed##*=}"}
  [[ $COMP_WORDBREAKS == *:* && $typed == *:* && \${#typed} -gt 0 ]] && last=\${typed%"\${typed##*:}"} &&
    [[ \${#last} -gt \${#cut} ]] && cut=$last
  for index in "\${!COMPREPLY[@]}"; do
    COMPREPLY[index]=\${COMPREPLY[$index]#"$cut"}
  done
}

complete -F _lockstep lockstep
`;

export function bashScript(commands: readonly CommandWords[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const flags = PROGRAM_FLAGS.flatMap((flag) => flag.names).join(' ');
  const none = `    '') if [[ $cur == -* ]]; then _lockstep_words ${quoted(flags)}; else _lockstep_words ${quoted(names)}; fi ;;\n`;
  return `${HEAD}${none}${commands.map(commandCase).join('')}${TAIL}`;
}

function commandCase({ name, flags, argument }: CommandWords): string {
  const values = flags.flatMap(({ names, value }) =>
    value === undefined ? [] : [`        ${names.join(' | ')}) ${offerCall(value.offer)} ;;\n`],
  );
  const all = flags.flatMap(({ names }) => names.filter((flag) => flag.startsWith('--'))).join(' ');
  const rest = argument === undefined ? ':' : offerCall(argument.offer);
  return [
    `    ${name})\n      case $flag in\n`,
    ...values,
    `        *) if [[ $cur == -* ]]; then _lockstep_words ${quoted(all)}; else ${rest}; fi ;;\n`,
    '      esac\n      ;;\n',
  ].join('');
}

function offerCall(offer: Offer): string {
  switch (offer.kind) {
    case 'nothing':
      return ':';
    case 'files':
      return '_lockstep_files -f';
    case 'folders':
      return '_lockstep_files -d';
    case 'runs':
      return '_lockstep_runs';
    case 'words':
      // A word that ends in a colon is the beginning of one.
      return `${offer.words.some((word) => word.endsWith(':')) ? '_lockstep_open' : '_lockstep_words'} ${quoted(offer.words.join(' '))}`;
    case 'reports':
      return `_lockstep_reports ${quoted(offer.words.map((word) => `${word}=`).join(' '))}`;
    case 'policies':
      return `_lockstep_words ${quoted(offer.words.join(' '))}; _lockstep_files -f`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
