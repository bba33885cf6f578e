/** Reports that are full of what a name, a value or a message may hold to break a report, or its reader. */
import type { Change } from '../../src/model/plan.ts';
import type { ChangeResult } from '../../src/model/result.ts';
import type { Provenance } from '../../src/model/state.ts';
import type { Report } from '../../src/report/index.ts';
import {
  applied,
  blocked,
  check,
  checkReport,
  control,
  failed,
  group,
  ineffective,
  lockChange,
  manual,
  notAttempted,
  planOf,
  planReport,
  resultReport,
  setChange,
  waiver,
} from './reports.ts';

export const HOSTILE: readonly string[] = [
  'pipe | in | it',
  'a backslash and a pipe \\| here \\\\| there',
  '`one` ``two`` ```three```',
  '`',
  '`begins and ends`',
  ' spaces ',
  '   ',
  '',
  '<img src=x onerror=alert(1)>',
  '</details></table><script>alert(1)</script>',
  '<!-- lockstep:plan -->',
  '--> ]]> ]]&gt; <![CDATA[ &amp; &#0; %00',
  '@everyone and @octo/team #1 octo/repo#2 GH-3 deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  'https://evil.example/x www.evil.example mailto:a@b.example dean@example.edu',
  '![image](https://evil.example/x.png) [link](javascript:alert(1)) [ref][1]',
  '[1]: https://evil.example',
  '**bold** _it_ ~~gone~~ $x$ :tada: ^[note]',
  'line\nbreak\r\nand\ttab\u0000\u0007\u001b[31mred\u0085\u2028\u2029',
  '# heading\n\n- list\n\n| a | b |\n| - | - |',
  '\u202egnihtyna\u2066\u200f\ufeff',
  '\ud800 alone \udfff',
  '\ufffe\uffff\ufdd0',
  'مرحبا שלום 🏳️‍🌈 e\u0301',
  '{0} {name} {{x}} %s $',
  'true',
  'quotes \' and " &',
  '__proto__',
  'x'.repeat(5_000),
  '|'.repeat(500),
  '`'.repeat(500),
];

/** What could break a page in particular. */
export const HOSTILE_IN_PAGES: readonly string[] = [
  '<img src=x onerror=document.title="owned">',
  '"><script>document.title="owned"</script>',
  '</script><script>document.title="owned"</script>',
  "' onmouseover='document.title=1",
  '<!-- ',
  ']]>',
  '&lt;b&gt; &amp; &#39;',
  'evil\u202egnp.exe\u0000\u001b[31m\u200b',
  '$\u007balert(1)} `x` {{7*7}}',
  'العربية 日本語 🏫👩‍🏫',
];

/** One report of each kind with each text in every place where text from a policy, from Zoom or from a person can be. */
export function filledWith(...texts: readonly string[]): readonly Report[] {
  const changes = texts.map(changesWith);
  const plan = {
    changes: changes.flat(),
    blocked: texts.flatMap(blockedWith),
    warnings: texts.flatMap((message) => [{ message, provenance: placeWith(message) }, { message }]),
  };
  return [
    planReport(plan),
    planReport(plan, 'drift'),
    resultReport(
      {
        plan: planOf(plan),
        results: texts.flatMap((text, index) => resultsWith(text, changes[index] ?? [])),
        remaining: changes.flatMap((own) => own.slice(5)),
        leftUnlocked: texts.map((text) =>
          lockChange({ ...baseWith(text), path: 'in_meeting.sample_left', kind: 'unlock' }),
        ),
        blocked: plan.blocked,
        halted: new Error(texts.join(' ')),
      },
      texts.join(' '),
    ),
    checkReport({
      checks: texts.flatMap(checksWith),
      manual: texts.map((text) => manual({ id: text, title: text, steps: text })),
      idleWaivers: texts.map((text) => ({ ...waiverWith(text), about: text })),
    }),
  ];
}

function placeWith(text: string): Provenance {
  return { file: text, line: 3, column: 7, reason: text };
}

function baseWith(text: string) {
  return { target: group(text), path: `in_meeting.${text}`, provenance: placeWith(text) } as const;
}

function waiverWith(text: string) {
  return waiver({ owner: text, reason: text, provenance: placeWith(text) });
}

function changesWith(text: string): readonly Change[] {
  const base = baseWith(text);
  const item = { action: 'delete', name: text, displaces: text } as const;
  return [
    setChange({ ...base, before: text, after: [text], direction: 'weakens', lossy: text, protectedBy: text }),
    setChange({ ...base, path: 'in_meeting.sample_list', before: [text, 'stays'], after: ['stays', { [text]: text }] }),
    setChange({ ...base, path: 'in_meeting.sample_items', before: { a: text }, after: null, item }),
    setChange({ ...base, path: 'in_meeting.sample_held', before: text, after: text, heldBy: text }),
    setChange({ ...base, path: 'in_meeting.sample_passcode', after: { $secret: `env:${text}` }, direction: 'review' }),
    lockChange({ ...base, freezes: [base.path, text] }),
    lockChange({ ...base, path: 'in_meeting.sample_unlock', kind: 'unlock', lossy: text }),
  ];
}

function blockedWith(text: string) {
  const base = { ...baseWith(text), detail: text };
  return [
    blocked({ ...base, path: `in_meeting.${text}.blocked`, before: text, after: { a: text } }),
    blocked({ ...base, path: 'in_meeting.sample_blocked', kind: 'lock', reason: 'unmatched' }),
  ];
}

function resultsWith(text: string, changes: readonly Change[]): readonly ChangeResult[] {
  const outcomes: readonly ((change: Change) => ChangeResult)[] = [
    (change) => failed(change, text),
    (change) => ineffective(change, text, text),
    (change) => notAttempted(change, text),
    (change) => ({ status: 'applied', change, step: 'step-4', unread: text }),
    applied,
  ];
  return changes.slice(0, outcomes.length).flatMap((change, index) => outcomes[index]?.(change) ?? []);
}

function checksWith(text: string) {
  const all = {
    ...baseWith(text),
    because: text,
    wanted: text,
    found: text,
    controls: [control({ id: text, title: text, why: text })],
  };
  return [
    check(all),
    check({ ...all, path: 'in_meeting.sample_expired', waiver: waiverWith(text) }),
    check({ ...all, path: 'in_meeting.sample_unknown', status: 'unknown' }),
    check({ ...all, path: 'in_meeting.sample_waived', status: 'waived', waiver: waiverWith(text) }),
    check({ ...all, path: 'in_meeting.sample_pass', status: 'pass' }),
  ];
}
