import type { Finding } from '../../shared/sender/lint/findings.ts';

/** One line per finding, and one that says what it comes to. */
export function findingWords(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'FINE  The mail has all that a marketing mail must have.\n';
  const lines = findings.map(
    ({ severity, code, what, rule }) => `${severity.toUpperCase().padEnd(7)}  ${code}: ${what} (${rule})`,
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return `${lines.join('\n')}\n\n${errors} to mend, ${findings.length - errors} to look at.\n`;
}

export function findingJson(findings: readonly Finding[]): object {
  return { verdict: findings.length === 0 ? 'fine' : 'findings', findings };
}
