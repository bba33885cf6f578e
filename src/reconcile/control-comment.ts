/**
 * The convention for comments that name a demand of a baseline, one for all packs:
 * `# [CIS 1.1.1.2] Title of the control | high | why it matters`. Several ids are separated by commas.
 */
import type { Control } from '../model/check.ts';
import type { Severity } from '../model/plan.ts';

const CONVENTION = /^\[([^\]]+)\]\s*([^|]+?)\s*\|\s*(low|medium|high|critical)\s*(?:\|\s*(.+))?$/;

/** The demands that a setting's reason names; none where it is a plain reason. */
export function controlsIn(reason: string | undefined): readonly Control[] {
  const [, ids = '', title = '', severity, why] = CONVENTION.exec(reason ?? '') ?? [];
  if (severity === undefined) return [];
  return ids.split(',').map((id) => ({
    id: id.trim(),
    title,
    severity: severity as Severity,
    ...(why === undefined ? {} : { why }),
  }));
}
