import { checkNoGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import type { AuditOptions } from './options.ts';

/** `clv audit`: the way of the kind that is asked for. */
export async function auditKind(
  files: readonly string[],
  options: AuditOptions,
  typed: readonly string[],
): Promise<void> {
  if (kindOf(options, typed) === 'contract') {
    const { auditContracts } = await import('./run-contracts.ts');
    return auditContracts(files, options, typed);
  }
  checkNoGroups(options);
  const { audit } = await import('./run.ts');
  return audit(files, options);
}
