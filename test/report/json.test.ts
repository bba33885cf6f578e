import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../scripts/docs/report-schema.ts';
import { renderJson } from '../../src/report/json.ts';
import { filledWith, HOSTILE } from '../helpers/hostile-reports.ts';
import { STORIES } from '../helpers/report-stories.ts';

const FILE = join(import.meta.dirname, '../../docs/report.schema.json');
const fits = new Ajv2020({ allErrors: true, strict: false }).compile(JSON.parse(reportSchema()));
const faultsOf = (value: unknown) => (fits(value) ? [] : fits.errors);

describe('the JSON Schema of reports', () => {
  it('is what `npm run docs` writes', () => {
    expect(readFileSync(FILE, 'utf8')).toBe(reportSchema());
  });

  it.each(Object.entries(STORIES))('fits %s', (_, report) => {
    expect(faultsOf(JSON.parse(renderJson(report)))).toEqual([]);
  });

  // An empty path is none that a change could have.
  it.each(HOSTILE.filter((text) => text !== ''))('fits reports that are full of %j', (text) => {
    for (const report of filledWith(text)) expect(faultsOf(JSON.parse(renderJson(report)))).toEqual([]);
  });

  it('knows every part: nothing may be added or left out unnoticed', () => {
    for (const report of Object.values(STORIES)) {
      const value = JSON.parse(renderJson(report)) as Record<string, unknown>;
      expect(fits({ ...value, more: 1 })).toBe(false);
      const { summary: _, ...less } = value;
      expect(fits(less)).toBe(false);
    }
  });

  it('is the same text for the same report', () => {
    for (const report of Object.values(STORIES)) expect(renderJson(structuredClone(report))).toBe(renderJson(report));
  });
});
