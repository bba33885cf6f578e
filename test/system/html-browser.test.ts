import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/index.ts';
import type { Report } from '../../src/report/index.ts';
import { printable } from '../../src/util/printable.ts';
import { filledWith, HOSTILE_IN_PAGES } from '../helpers/hostile-reports.ts';
import { EVERYTHING, PARTIAL, POSTURE } from '../helpers/report-stories.ts';
import { checkReport, manyChanges, planReport, resultReport, setChange } from '../helpers/reports.ts';
import { BROWSER_REQUIRED, findBrowser, type Opened, openPage } from '../report/browser.ts';

const executablePath = findBrowser();
const missing = executablePath === undefined;
if (missing && !BROWSER_REQUIRED) {
  // biome-ignore lint/suspicious/noConsole: who runs the tests must see that a part of them did not run
  console.warn(
    'No browser (LOCKSTEP_CHROMIUM, chromium, chromium-browser, google-chrome): the tests of the HTML page are left out.',
  );
}

const REPORTS: readonly (readonly [string, Report])[] = [
  ['plan', planReport(EVERYTHING)],
  ['drift', planReport(EVERYTHING, 'drift')],
  ['result', resultReport(PARTIAL)],
  ['check', checkReport(POSTURE)],
  ['plan of nothing', planReport()],
];
const HOSTILE_REPORTS = filledWith(...HOSTILE_IN_PAGES).map((report) => [`hostile ${report.kind}`, report] as const);

describe.skipIf(missing && !BROWSER_REQUIRED)('in a browser', () => {
  let browser: Browser;
  let opened: Opened[] = [];

  beforeAll(async () => {
    if (executablePath === undefined) throw new Error('a browser is required here, and none was found');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async () => {
    const faults = opened.flatMap((page) => page.faults);
    await Promise.all(opened.map((page) => page.close()));
    opened = [];
    expect(faults).toEqual([]);
  });

  async function open(report: Report, options?: Parameters<typeof openPage>[2]): Promise<Opened> {
    const page = await openPage(browser, renderHtml(report), options);
    opened.push(page);
    return page;
  }

  const shownRows = (page: Page) => page.locator('.row:visible').count();
  const told = (page: Page) => page.locator('#shown').textContent();

  describe('a page', () => {
    it.each([...REPORTS, ...HOSTILE_REPORTS])('of a %s asks for nothing and has no fault', async (_, report) => {
      const { page, requests } = await open(report);
      await expect(page.locator('h1').textContent()).resolves.toMatch(/^lockstep (Plan|Drift|Apply|Check)$/);
      for (const details of await page.locator('details').all()) await details.locator('summary').click();
      await page.emulateMedia({ media: 'print' });
      expect(requests).toEqual([]);
    });

    it.each(
      REPORTS.flatMap(([name, report]) => (['light', 'dark'] as const).map((theme) => [name, theme, report] as const)),
    )('of a %s, %s, has no fault that axe finds serious', async (_, colorScheme, report) => {
      const { page } = await open(report, { colorScheme });
      expect(await seriousFaults(page)).toEqual([]);
    });

    it('is as good on a narrow screen and on paper', async () => {
      const { page } = await open(planReport(EVERYTHING), {
        viewport: { width: 390, height: 800 },
        colorScheme: 'dark',
      });
      expect(await seriousFaults(page)).toEqual([]);
      const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      expect(await page.evaluate(wide)).toBe(false);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('#filters').isVisible()).toBe(false);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('details:not([open])').count()).toBe(0);
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      expect(await page.locator('details[open]').count()).toBe(0);
      expect((await page.pdf()).length).toBeGreaterThan(10_000);
    });

    it('lets nothing in that is not its own', async () => {
      const { page, faults } = await open(planReport(EVERYTHING));
      await page.evaluate(
        `document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = 1">')`,
      );
      await expect.poll(() => faults.some((fault) => fault.includes('policy: img-src'))).toBe(true);
      await page.evaluate(`{
        const script = document.createElement('script');
        script.textContent = 'document.title = "owned"';
        document.body.append(script);
      }`);
      await expect.poll(() => faults.some((fault) => fault.includes('policy: script-src'))).toBe(true);
      expect(await page.title()).toMatch(/^lockstep: Plan/);
      faults.length = 0;
    });

    it('tells everything without JavaScript, and shows no controls that would do nothing', async () => {
      const { page } = await open(planReport(EVERYTHING), { javaScriptEnabled: false });
      expect(await shownRows(page)).toBe(13);
      expect(await page.locator('#filters').isVisible()).toBe(false);
      expect(await page.locator('noscript').textContent()).toContain('Everything is shown below.');
    });
  });

  describe('what others wrote', () => {
    it.each(HOSTILE_REPORTS)('stays text in a %s', async (_, report) => {
      const { page } = await open(report);
      expect(await page.locator('img, main script, body > script + *').count()).toBe(0);
      expect(await page.title()).toMatch(/^lockstep: /);
      const names = await page.locator('.target h3 bdi').allTextContents();
      for (const text of HOSTILE_IN_PAGES) expect(names).toContain(printable(`group:${text}`));
      const reasons = await page.locator('.row').allTextContents();
      for (const text of HOSTILE_IN_PAGES)
        expect(reasons.some((reason) => reason.includes(printable(text)))).toBe(true);
      expect(
        await page.evaluate(`[...document.querySelectorAll('*')].flatMap((element) =>
        [...element.attributes].map(({ name }) => name)).filter((name) => name.startsWith('on'))`),
      ).toEqual([]);
    });

    it('can be searched for', async () => {
      const [plan] = filledWith(...HOSTILE_IN_PAGES);
      const { page } = await open(plan as Report);
      for (const text of HOSTILE_IN_PAGES) {
        await page.getByLabel('Target').fill(printable(`group:${text}`));
        expect(await shownRows(page)).toBe(8);
      }
    });
  });

  describe('filters', () => {
    it('narrow by text, all words of it', async () => {
      const { page } = await open(planReport(EVERYTHING));
      expect(await told(page)).toBe('13 settings');
      await page.getByLabel('Text').fill('sec-12');
      expect(await told(page)).toBe('1 of 13 settings shown');
      expect(await page.locator('.row:visible').textContent()).toContain('in_meeting.file_transfer');
      await page.getByLabel('Text').fill('FILE_transfer base.yaml:12');
      expect(await shownRows(page)).toBe(1);
      expect(await page.locator('.target:visible').count()).toBe(1);
      expect(await page.locator('.target:visible .count').textContent()).toBe('1 of 7');
      await page.getByLabel('Text').fill('no such thing');
      expect(await told(page)).toBe('0 of 13 settings shown');
      expect(await page.getByText('Nothing matches these filters.').isVisible()).toBe(true);
      await page.getByRole('button', { name: 'Show all settings' }).click();
      expect(await told(page)).toBe('13 settings');
      expect(await shownRows(page)).toBe(13);
    });

    it('narrow by target: one, a part of the name, a pattern', async () => {
      const { page } = await open(planReport(EVERYTHING));
      const targets = async (text: string) => {
        await page.getByLabel('Target').fill(text);
        return page.locator('.target:visible h3 bdi').allTextContents();
      };
      expect(await targets('account')).toEqual(['account']);
      expect(await targets('group:')).toEqual(['group:Nobody', 'group:Students']);
      expect(await targets('group:S*')).toEqual(['group:Students']);
      expect(await targets('DEAN')).toEqual(['user:dean@example.edu']);
    });

    it('narrow by direction, kind and mark: any of one sort, all sorts together', async () => {
      const { page } = await open(planReport(EVERYTHING));
      await page.getByRole('checkbox', { name: /^weakens/ }).check();
      expect(await shownRows(page)).toBe(2);
      await page.getByRole('checkbox', { name: /^review/ }).check();
      expect(await shownRows(page)).toBe(5);
      await page.getByRole('checkbox', { name: /^unlock/ }).check();
      expect(await shownRows(page)).toBe(1);
      await page.getByRole('checkbox', { name: /^unlock/ }).uncheck();
      await page.getByRole('checkbox', { name: /^lossy/ }).check();
      expect(await page.locator('.row:visible .path').textContent()).toBe('recording.auto_delete_cmr_days');
      await page.getByRole('button', { name: 'Show all settings' }).click();
      await page.getByRole('checkbox', { name: /^blocked/ }).check();
      expect(await shownRows(page)).toBe(1);
      await page.getByRole('checkbox', { name: /^unmatched/ }).check();
      expect(await shownRows(page)).toBe(2);
    });

    it('narrow results by how they ended, and checks by status and severity', async () => {
      const result = (await open(resultReport(PARTIAL))).page;
      await result.getByRole('checkbox', { name: /^not attempted/ }).check();
      expect(await result.locator('.row:visible .path').textContent()).toBe('in_meeting.file_transfer');
      expect(await told(result)).toBe('1 of 8 settings shown');
      const checks = (await open(checkReport(POSTURE))).page;
      await checks.getByRole('checkbox', { name: /^fail/ }).check();
      await checks.getByRole('checkbox', { name: /^critical/ }).check();
      expect(await checks.locator('.row:visible .path').textContent()).toBe('security.sign_in_with_two_factor_auth');
    });

    it('give way to a link that leads to a hidden row', async () => {
      const { page } = await open(planReport(EVERYTHING));
      await page.getByLabel('Text').fill('sec-12');
      await page.locator('.first a').first().click();
      expect(await told(page)).toBe('13 settings');
      // What matches nothing in Zoom comes first.
      expect(await page.locator('.row:target .path').textContent()).toBe('recording.local_recording');
    });
  });

  describe('the keyboard', () => {
    it('reaches everything, in order, and is seen where it is', async () => {
      const { page } = await open(planReport(EVERYTHING));
      const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Skip to the content');
      expect(await page.locator('.skip').boundingBox()).toMatchObject({ x: 16 });
      await page.keyboard.press('Enter');
      await expect.poll(focused).toBe('content');
      const links = await page.locator('.first a').count();
      for (let link = 0; link < links; link += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('find-text');
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
      await page.keyboard.type('base.yaml:4');
      expect(await told(page)).toBe('3 of 13 settings shown');
      await page.keyboard.press('Enter');
      expect(await told(page)).toBe('3 of 13 settings shown');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('find-target');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      expect(await page.evaluate('document.activeElement.value')).toBe('weakens');
      expect(await told(page)).toBe('1 of 13 settings shown');
      await page.locator('#show-all').focus();
      await page.keyboard.press('Enter');
      expect(await told(page)).toBe('13 settings');
      expect(await focused()).toBe('find-text');
    });

    it('and a screen reader find landmarks, headings and labels', async () => {
      const { page } = await open(checkReport(POSTURE));
      for (const role of ['banner', 'main', 'contentinfo', 'search', 'status'] as const) {
        expect(await page.getByRole(role).count(), role).toBe(1);
      }
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('lockstep Check');
      expect(await page.getByRole('heading', { level: 3, name: /^account/ }).count()).toBe(1);
      const posture = page.getByRole('table', { name: /By category/ });
      expect(
        await posture
          .getByRole('row', { name: /^recording/ })
          .getByRole('cell')
          .allTextContents(),
      ).toEqual(['', '1', '1', '0', '1']);
      const unnamed = await page
        .locator('input')
        .evaluateAll((inputs) =>
          inputs.filter((input) => (input as unknown as { labels: unknown[] }).labels.length === 0),
        );
      expect(unnamed).toEqual([]);
    });
  });

  describe('ten thousand changes', () => {
    const one = { target: setChange().target };

    it.each([
      ['on a thousand groups', manyChanges(10_000, {}, 10)],
      ['on one target', manyChanges(10_000, one, 10_000)],
    ])('%s: each filter answers within 300 ms', { timeout: 60_000 }, async (_, changes) => {
      const { page } = await open(planReport({ changes }));
      for (const text of ['in_meeting', 'nothing at all', '99', '']) {
        expect(await typical(page, text), `“${text}”`).toBeLessThan(300);
      }
      expect(await told(page)).toBe('10000 settings');
      await page.getByRole('checkbox', { name: /^weakens/ }).check();
      expect(await told(page)).toMatch(/^\d+ of 10000 settings shown$/);
      await page.locator('.row:visible').last().scrollIntoViewIfNeeded();
      expect(await page.locator('.row:visible').last().textContent()).toContain('weakens');
    });
  });
});

/** Of three times, the one in the middle: from the key to the second frame after it, which shows what changed. */
async function typical(page: Page, text: string): Promise<number> {
  const times: unknown = await page.evaluate(`(async () => {
    const field = document.getElementById('find-text');
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      field.value = round === 0 ? 'x' : '';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
      const start = performance.now();
      field.value = ${JSON.stringify(text)};
      field.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      await frame();
      times.push(performance.now() - start);
    }
    return times;
  })()`);
  return (times as number[]).sort((a, b) => a - b)[1] ?? Number.POSITIVE_INFINITY;
}

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as axe.Result[];
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
}
