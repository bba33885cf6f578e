import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/index.ts';
import { render } from '../../src/report/index.ts';
import { renderJson } from '../../src/report/json.ts';
import { STORIES } from '../helpers/report-stories.ts';
import { manyChanges, planReport } from '../helpers/reports.ts';

/** The page without what is the same on every page. */
function content(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
    .replace(/<script>[\s\S]*?<\/script>/, '<script></script>')
    .replace(/sha256-[\w+/=]+/g, 'sha256-');
}

/** Markdown, SARIF and JUnit have theirs beside their own tests. */
describe.each(Object.entries(STORIES))('%s reads as it did', (name, report) => {
  it('as text', async () => {
    await expect(await render('text', report, false)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it('as JSON', async () => {
    await expect(renderJson(report)).toMatchFileSnapshot(`golden/${name}.json`);
  });

  it('as a page', async () => {
    await expect(content(renderHtml(report))).toMatchFileSnapshot(`golden/${name}.html`);
  });
});

describe('ten thousand changes', () => {
  const report = planReport({ changes: manyChanges(10_000) });

  it.each(['text', 'json', 'markdown', 'html', 'sarif', 'junit'] as const)(
    'are told in full or counted, as %s',
    async (format) => {
      const text = await render(format, report, false);
      expect(text).toMatch(/10,?000/);
      expect(await render(format, report, false)).toBe(text);
    },
  );
});
