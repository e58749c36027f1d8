/**
 * Agents that talk to another origin: an LLM endpoint or an agent behind a URL. This worker's script is served with a
 * Content-Security-Policy of its own that allows one more origin, named in its URL (`?connect=<origin>`); the page
 * itself can reach none.
 */
import { hostAgent, twinFetch } from './host';
import { runLlm } from './llm';
import { runRemote } from './remote';

hostAgent(async (start, log) => {
  const { options, task, env, twin } = start;
  if (options.kind === 'llm') return runLlm(options, task, twin, twinFetch(twin), log);
  if (options.kind === 'remote') return runRemote(options.url, task, env, log);
  throw new Error('This worker runs LLM and remote agents.');
});
