/** The bundled agent, the same code `pome run` uses, on a real octokit client. */
import { Octokit } from '@octokit/rest';
import { triage } from '../../../tools/agents/triage.mjs';
import { hostAgent, twinFetch } from './host';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

hostAgent(async ({ task, twin }, log) => {
  const octokit = new Octokit({ baseUrl: twin.baseUrl, auth: twin.token, log: quiet, request: { fetch: twinFetch(twin) } });
  return (await triage({ octokit, task, log })).summary;
});
