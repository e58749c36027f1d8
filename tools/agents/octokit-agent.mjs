#!/usr/bin/env node
// The agent `pome run` uses when none is named: triage.mjs behind the agent contract (see README.md).
import process from 'node:process';

if (process.env.POME_PREFLIGHT === '1') process.exit(0);  // before the imports below, to answer at once

const { POME_TASK: task, POME_GITHUB_REST_URL: baseUrl } = process.env;
const auth = process.env.POME_GITHUB_TOKEN || process.env.POME_AUTH_TOKEN;
if (!task || !baseUrl || !auth) {
  console.error('octokit-agent: POME_TASK, POME_GITHUB_REST_URL and POME_GITHUB_TOKEN must be set; `pome run` sets them.');
  process.exit(2);
}

const [{ Octokit }, { triage }] = await Promise.all([import('@octokit/rest'), import('./triage.mjs')]);
try {
  const result = await triage({ octokit: new Octokit({ baseUrl, auth }), task, log: (line) => console.error(line) });
  console.log(JSON.stringify(result));
} catch (error) {
  console.error(`octokit-agent: ${error.message}`);
  process.exitCode = 1;
}
