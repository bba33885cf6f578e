/** What an answer of `npm audit --json` means for us: values in, values out. */
import { z } from 'zod';

const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const;
type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  readonly package: string;
  readonly severity: Severity;
  readonly title: string;
  readonly url: string;
  readonly fix: string;
  /** Part of what we publish; otherwise it only runs where lockstep is developed. */
  readonly shipped: boolean;
  readonly fails: boolean;
}

export type Verdict =
  | { readonly kind: 'judged'; readonly findings: readonly Finding[] }
  /** The registry could not be asked, so nothing is known. */
  | { readonly kind: 'unanswered'; readonly because: string }
  /** npm did not get as far as asking, or cannot read the answer: there is no lock file, say. */
  | { readonly kind: 'broken'; readonly because: string };

/** The least that fails. Whoever uses lockstep runs what is shipped; the rest sees our own files and the pipeline's token. */
const LEAST = { shipped: 'moderate', development: 'high' } as const;

const advisory = z.object({ title: z.string().default(''), url: z.string().default(''), severity: z.enum(SEVERITIES) });
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      name: z.string(),
      /** A text names another entry that this one only depends on. */
      via: z.array(z.union([z.string(), advisory])),
      /** The folders in which a vulnerable version is. */
      nodes: z.array(z.string()),
      fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]),
    }),
  ),
});
/** npm copies the failure of a request as it was thrown; what fails in npm itself has a summary and no message. */
const failedRequest = z.object({ message: z.string() });
const failedNpm = z.object({ error: z.object({ summary: z.string() }) });

/**
 * Judges what `npm audit --json` wrote, `shipped` being the folders of the packages in the bundle. A package that merely
 * depends on a vulnerable one is not a finding: the vulnerable one is, where it is used.
 */
export function judge(answer: string, shipped: ReadonlySet<string>): Verdict {
  const value = parsed(answer);
  const failure = failedRequest.safeParse(value).data;
  if (failure !== undefined) return { kind: 'unanswered', because: failure.message };
  const { data } = report.safeParse(value);
  if (data === undefined) {
    const summary = failedNpm.safeParse(value).data?.error.summary;
    return { kind: 'broken', because: summary ?? 'npm audit wrote no report that can be read' };
  }

  const findings = Object.values(data.vulnerabilities).flatMap(({ name, via, nodes, fixAvailable }) => {
    const isShipped = nodes.some((folder) => shipped.has(folder));
    const advisories = via.filter((one) => typeof one !== 'string');
    return advisories.map(({ severity, title, url }) => ({
      package: name,
      severity,
      title,
      url,
      fix: fixOf(fixAvailable),
      shipped: isShipped,
      fails: rank(severity) >= rank(LEAST[isShipped ? 'shipped' : 'development']),
    }));
  });
  return { kind: 'judged', findings: findings.sort(worstFirst) };
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

function fixOf(available: boolean | { readonly name: string; readonly version: string }): string {
  if (typeof available === 'boolean') return available ? 'npm audit fix' : 'none yet';
  return `${available.name}@${available.version}`;
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    Number(b.fails) - Number(a.fails) ||
    Number(b.shipped) - Number(a.shipped) ||
    rank(b.severity) - rank(a.severity) ||
    a.package.localeCompare(b.package)
  );
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
