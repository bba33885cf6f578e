import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRICTNESS } from '../../src/catalog/data/strictness.ts';
import { SUMMARIES } from '../../src/catalog/data/summaries.ts';
import { renderHtml } from '../../src/report/html/index.ts';
import { html, textOf } from '../../src/report/html/markup.ts';
import { type Report, render } from '../../src/report/index.ts';
import { printable } from '../../src/util/printable.ts';
import { filledWith, HOSTILE_IN_PAGES } from '../helpers/hostile-reports.ts';
import { EVERYTHING, PARTIAL, POSTURE } from '../helpers/report-stories.ts';
import {
  applied,
  check,
  checkReport,
  lockChange,
  manyChanges,
  planOf,
  planReport,
  resultReport,
  setChange,
} from '../helpers/reports.ts';

const EVERY_KIND: readonly (readonly [string, Report])[] = [
  ['plan', planReport(EVERYTHING)],
  ['drift', planReport(EVERYTHING, 'drift')],
  ['result', resultReport(PARTIAL)],
  ['check', checkReport(POSTURE)],
  ['plan of nothing', planReport()],
  ['result of nothing', resultReport()],
  ['check of nothing', checkReport()],
];

const HOSTILE_KINDS = filledWith(...HOSTILE_IN_PAGES).map((report) => [report.kind, report] as const);

/** What its reader reads, white space evened out. */
function textIn(page: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return bodyOf(page)
    .replace(/<\/?bdi>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\s+/g, ' ');
}

/** Without what is ours in any case. */
function bodyOf(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, '').replace(/<script>.*?<\/script>/s, '');
}

function rowsIn(page: string): string[] {
  return [...page.matchAll(/<li class="row".*?\n<\/li>/gs)].map(([row]) => row);
}

function rowOf(page: string, path: string, kind = 'set'): string {
  const found = rowsIn(page).filter((row) => {
    const text = textIn(row).trim();
    return text.startsWith(`${kind} `) && text.replaceAll(' ', '').includes(path);
  });
  expect(found, `${kind} ${path}`).toHaveLength(1);
  return textIn(found[0] ?? '');
}

describe('the page', () => {
  it.each(EVERY_KIND)('of a %s is a whole document and the same each time', async (_, report) => {
    const page = renderHtml(report);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">.*<\/html>\n$/s);
    expect(renderHtml(structuredClone(report))).toBe(page);
    expect(await render('html', report, true)).toBe(page);
  });

  it('does not depend on the order in which changes come', () => {
    const { changes } = EVERYTHING;
    const pages = [changes, [...changes].reverse()].map((order) =>
      renderHtml(planReport({ ...EVERYTHING, changes: order })),
    );
    expect(pages[1]).toBe(pages[0]);
  });

  it.each([...EVERY_KIND, ...HOSTILE_KINDS])('of a %s lets run only its own style and script', (_, report) => {
    const page = renderHtml(report);
    const [policy = ''] = [...page.matchAll(/http-equiv="Content-Security-Policy" content="([^"]*)"/g)].map(
      ([, p]) => p,
    );
    const directives = new Map(
      policy
        .replaceAll('&#39;', "'")
        .split('; ')
        .map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
    );
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'style-src': hashOf(page, 'style'),
      'script-src': hashOf(page, 'script'),
      'base-uri': "'none'",
      'form-action': "'none'",
    });
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page).not.toMatch(/https?:|unsafe|url\(|@import/);
  });
});

function hashOf(page: string, element: 'style' | 'script'): string {
  const [, ...others] = page.split(`<${element}>`);
  expect(others).toHaveLength(1);
  const text = others[0]?.slice(0, others[0].indexOf(`</${element}>`)) ?? '';
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

const ELEMENTS = new Set(
  (
    '!doctype html head meta title style body a header h1 h2 h3 p span div dl dt dd main noscript section form label ' +
    'input datalist option fieldset legend button ul ol li b bdi i code details summary table caption thead tbody tr ' +
    'th td svg rect footer script'
  ).split(' '),
);

describe('what others wrote', () => {
  it.each(HOSTILE_KINDS)('stays text in a %s', (_, report) => {
    const page = bodyOf(renderHtml(report));
    const tags = [...page.matchAll(/<\/?([a-z!][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/gi)];
    expect(tags.filter(([, name = '']) => !ELEMENTS.has(name))).toEqual([]);
    const attributes = tags.flatMap(([, , rest = '']) => [...rest.replace(/"[^"]*"/g, '').matchAll(/[\w-]+/g)].flat());
    expect(attributes.filter((name) => /^(on|style$|src$|srcdoc$|action$)/i.test(name))).toEqual([]);
    // Every `<` that is left begins one of those.
    expect(page.split('<').length - 1).toBe(tags.length);
  });

  it.each(HOSTILE_KINDS)('shows its control characters and turns no text around in a %s', (_, report) => {
    const page = renderHtml(report).replaceAll('\n', '');
    expect(printable(page)).toBe(page);
    expect(page).toContain('evil\\u202egnp.exe\\u0000\\u001b[31m\\u200b');
    expect(page).toContain('العربية 日本語');
  });

  it('is what a reader reads, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const markup = textOf(html`<b title="${text}">${text}</b>`);
        const [, title, content] = /^<b title="([^"<>']*)">([^"<>']*)<\/b>$/s.exec(markup) ?? [];
        expect(content).toBe(title);
        expect(textIn(`.${content}.`)).toBe(`.${printable(text)}.`.replace(/\s+/g, ' '));
      }),
    );
  });

  it('cannot pass for markup of ours', () => {
    const forged = { markup: '<img>', toString: () => '<img>' };
    expect(textOf(html`${JSON.stringify(forged)}`)).not.toContain('<img>');
    expect(textOf(html`${[forged.toString(), ['<b>']]}`)).toBe('&lt;img&gt;&lt;b&gt;');
  });
});

describe('a plan', () => {
  const page = renderHtml(planReport(EVERYTHING));
  const text = textIn(page);

  it('begins with the verdict and the counts', () => {
    const verdict =
      'Plan: 9 to set, 2 to lock, 1 to unlock, 1 unmatched, 1 blocked, on 3 targets; 40 already right on 7 targets.';
    expect(page).toContain(`<title>lockstep: ${verdict}</title>`);
    expect(page.indexOf('class="verdict')).toBeLessThan(page.indexOf('class="tallies"'));
    expect(text).toContain(
      'Kind set 9 lock 2 unlock 1 blocked 1 unmatched 1 Direction weakens 2 review 3 tightens 3 neutral 4',
    );
    expect(text).toContain('Marked lossy 1 protected 1');
    expect(text).toContain(`Fingerprint ${planOf().fingerprint}`);
  });

  it('says of every change what, from what to what, which way, why and where', () => {
    // One lock is in the row of its value.
    expect(rowsIn(page)).toHaveLength(EVERYTHING.changes.length + EVERYTHING.blocked.length - 1);
    expect(rowOf(page, 'in_meeting.file_transfer')).toContain('true becomes false lock unlocked becomes locked');
    const row = rowOf(page, 'recording.auto_delete_cmr_days');
    expect(row).toContain('365 becomes 30');
    expect(row).toContain('review, high lossy protected');
    expect(row).toContain('Lossy cloud recordings that are older than the new period are deleted at once');
    expect(row).toContain('Protected by recording');
    expect(row).toContain(SUMMARIES['recording.auto_delete_cmr_days']);
    expect(row).toContain(`Why it matters ${STRICTNESS['recording.auto_delete_cmr_days']?.why}`);
    expect(row).toContain('Reason Storage costs, agreed with the records office policies/base.yaml:21');
  });

  it('tells lists item by item, items that go, secrets and values of old', () => {
    expect(rowOf(page, 'in_meeting.data_center_regions')).toContain(
      '2 removed, 2 added removed "US" removed "SG" added "NL" added "IE"',
    );
    expect(rowOf(page, 'authentication_options[Signedin]')).toContain('becomes removed');
    expect(rowOf(page, 'archiving_service.passcode')).toContain('(absent) becomes (secret ARCHIVE_PASSCODE)');
    expect(rowOf(page, 'in_meeting.private_chat')).toContain(
      'Pinned removing the lock above (in_meeting.private_chat) could bring back an older value',
    );
  });

  it('folds long values and holds them whole', () => {
    const row = rowsIn(page).find((candidate) => candidate.includes('<details>')) ?? '';
    expect(row).toMatch(/<summary><code class="to">&quot;Ask the media team\. Ask the\.\.\./);
    expect(row).toContain('Ask the media team. '.repeat(19));
  });

  it('says what a lock freezes besides, and why the weightiest of it matters', () => {
    const row = rowOf(page, 'in_meeting.webinar_chat', 'lock');
    expect(row).toContain('unlocked becomes locked');
    expect(row).toContain('Freezes enable, allow_attendees_chat_with');
    expect(row).toContain(`Why it matters ${STRICTNESS['in_meeting.webinar_chat.allow_attendees_chat_with']?.why}`);
  });

  it('says why something is blocked', () => {
    const row = rowOf(page, 'in_meeting.screen_sharing');
    expect(row).toContain('blocked, locked-by-account');
    expect(row).toContain('Blocked The account locks in_meeting.screen_sharing; unlock it there');
    expect(rowOf(page, 'recording.local_recording', 'lock')).toContain('Zoom has no group of that name.');
  });

  it('names first what was not seen and what weakens, by its weight, then what is lossy and what is blocked', () => {
    const [, first = ''] = page.split('class="first"');
    const names = [...first.slice(0, first.indexOf('</ol>')).matchAll(/<code class="path">(.*?)<\/code>/g)];
    expect(names.map(([, name]) => name?.replace(/<\/?b>/g, ''))).toEqual([
      'recording.local_recording',
      'in_meeting.alert_guest_join',
      'in_meeting.chat',
      'recording.auto_delete_cmr_days',
      'in_meeting.screen_sharing',
    ]);
    for (const [, id] of first.matchAll(/href="#(first-\d+)"/g)) expect(page).toContain(`id="${id}"`);
  });

  it('says so when there is nothing to do', () => {
    const nothing = renderHtml(planReport());
    expect(textIn(nothing)).toContain('No changes. Zoom matches the policies: 40 already right on 7 targets.');
    expect(bodyOf(nothing)).not.toContain('<form');
  });

  it('has no entry in the catalogue for names that every object has', () => {
    const row = rowOf(
      renderHtml(planReport({ changes: [setChange({ path: 'constructor', before: 1, after: 2 })] })),
      'constructor',
    );
    expect(row).not.toContain('Why it matters');
  });

  it('of ten thousand changes stays smaller than the same as JSON', async () => {
    const report = planReport({ changes: manyChanges(10_000, {}, 10) });
    const large = renderHtml(report);
    expect(rowsIn(large)).toHaveLength(10_000);
    expect(large.length).toBeLessThan((await render('json', report, false)).length);
  });
});

describe('drift', () => {
  it('says what Zoom has and what the policy wants', () => {
    const page = renderHtml(planReport(EVERYTHING, 'drift'));
    expect(rowOf(page, 'recording.auto_delete_cmr_days')).toContain('Zoom has 365 policy wants 30');
    expect(rowOf(page, 'in_meeting.chat', 'unlock')).toContain('Zoom has locked policy wants unlocked');
    expect(textIn(page)).toContain('13 settings');
    expect(page).not.toContain('Changed by');
  });
});

describe('a result', () => {
  const page = renderHtml(resultReport(PARTIAL));
  const text = textIn(page);

  it('says first what was left unlocked', () => {
    const main = page.slice(page.indexOf('<main'));
    expect(main.indexOf('<section')).toBe(main.indexOf('<section class="part" id="unlocked"'));
    expect(textIn(main)).toMatch(/Left unlocked .*less secure than before\. in_meeting\. ?annotation account/);
  });

  it('says how each change ended, in the words of Zoom', () => {
    const failed = rowOf(page, 'recording.auto_delete_cmr_days');
    expect(failed).toContain('failed review, high');
    expect(failed).toContain(
      'Zoom says HTTP 400, code 300: Validation Failed. (auto_delete_cmr_days: Must be one of 30, 60, 90.)',
    );
    expect(failed).toContain('May be applied');
    const ineffective = rowOf(page, 'in_meeting.alert_guest_join');
    expect(ineffective).toContain('Ineffective locked-above: the account locks in_meeting.alert_guest_join');
    expect(ineffective).toContain('Zoom has true');
    expect(rowOf(page, 'in_meeting.file_transfer')).toContain('Not attempted (lock) step-3 did not get through');
    expect(rowOf(page, 'chat.passcode')).toContain('Not read back Zoom does not return it');
    expect(rowOf(page, 'in_meeting.co_host')).toContain('still differs');
    expect(rowOf(page, 'in_meeting.screen_sharing')).toContain('blocked, locked-by-account');
  });

  it('puts what did not get through before what did', () => {
    const order = rowsIn(page).map((row) => /data-is="(\w+)/.exec(row)?.[1]);
    expect(order.slice(0, 6)).toEqual(['leftUnlocked', 'failed', 'ineffective', 'notAttempted', 'moved', 'applied']);
  });

  it('says how to go on and how to undo it', () => {
    expect(text).toContain('The run ended early: the daily limit of this account is used up');
    expect(text).toContain('lockstep rollback 2026-11-21T12-00-00Z-abcd');
    const done = { results: [applied(lockChange())] };
    expect(renderHtml(resultReport(done))).toContain('class="verdict good"');
    expect(textIn(renderHtml(resultReport({ ...done, interrupted: true })))).toContain('The run was interrupted.');
  });
});

describe('a check', () => {
  const page = renderHtml(checkReport(POSTURE));
  const text = textIn(page);

  it('gives the score and counts by status and severity', () => {
    expect(text).toContain('60% of the 10 checks that could be evaluated pass');
    expect(text).toContain('Status fail 4 unknown 1 waived 1 pass 6 by hand 1');
    expect(text).toContain('Failing, by severity critical 1 high 1 medium 2 low 0');
  });

  it('draws each category, the worst first, with its numbers beside', () => {
    const table = page.slice(page.indexOf('<tbody>'), page.indexOf('</tbody>'));
    const lines = table.split('</tr>').map((line) => textIn(line).trim());
    expect(lines.slice(0, 5)).toEqual([
      'in_meeting 3 0 0 2',
      'recording 1 1 0 1',
      'security 0 0 0 1',
      'meeting_security 1 0 1 0',
      'schedule_meeting 1 0 0 0',
    ]);
    expect(table).toContain('<rect class="pass" x="0" width="600" height="10"/><rect class="fail" x="600" width="400"');
    expect(table.match(/<svg [^>]*aria-hidden="true"/g)).toHaveLength(5);
  });

  it('says what fails and for which control, what is unknown and why, what is waived and until when', () => {
    const fails = rowOf(page, 'security.sign_in_with_two_factor_auth', 'value');
    expect(fails).toContain('is "none" wanted "all" fail critical');
    expect(fails).toContain('CIS 3.1 Everybody signs in with two factors');
    const unknown = rowOf(page, 'meeting_security.waiting_room', 'value');
    expect(unknown).toContain('wanted true unknown medium');
    expect(unknown).toContain('Because Zoom does not list it');
    expect(rowOf(page, 'in_meeting.file_transfer', 'value')).toContain('Why it matters Files pass by every scanner.');
    expect(rowOf(page, 'in_meeting.file_transfer', 'value')).toContain('lock is unlocked wanted locked');
    expect(rowOf(page, 'recording.local_recording', 'value')).toContain(
      'Waived until 2027-03-31 by media@example.edu: Lecture hall 3 (policies/base.yaml:99:5)',
    );
    expect(rowOf(page, 'recording.cloud_recording', 'value')).toContain('Waiver ended on 2025-01-01');
    expect(rowOf(page, 'recording.auto_delete_cmr_days', 'value')).toContain('is 30 wanted 90 pass');
  });

  it('lists what is to be done by hand, and waivers that match nothing', () => {
    expect(text).toContain('CIS 2.3 Only approved apps are installed high Open the App Marketplace');
    expect(text).toContain('CIS 9.9, it@example.edu, until 2027-01-01: Mended long ago');
  });

  it('has no score where no check could be evaluated', () => {
    const unknown = renderHtml(checkReport({ checks: [check({ status: 'unknown' })] }));
    expect(textIn(unknown)).toContain('No score: no check could be evaluated.');
    expect(unknown).toContain('class="verdict bad"');
  });
});
