declare module '*/triage.mjs' {
  import type { Octokit } from '@octokit/rest';
  export function triage(options: { octokit: Octokit; task: string; log?: (line: string) => void }): Promise<{ summary: string }>;
}
