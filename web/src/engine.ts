/** The engine in its worker. A call that takes too long replaces the worker, so a hung instance costs one answer. */
import type { Diagnostic, Evaluation, Evidence, Parsed, RedactOptions, Source } from '@pome/engine';
import workerUrl from './engine-worker?worker&url';
import { CallError, WorkerCalls } from './workers';

export interface Analysis { parsed: Parsed; diagnostics: Diagnostic[]; version: string }

export type EngineCalls = {
  analyse: { input: Source; output: Analysis };
  evaluate: { input: { scenario: Source; evidence: Evidence }; output: Evaluation };
  redact: { input: { documents: string[]; options: RedactOptions }; output: string[] };
};

const limitMs = 30_000;
let worker: WorkerCalls<EngineCalls> | null = null;

async function call<K extends keyof EngineCalls>(op: K, input: EngineCalls[K]['input']): Promise<EngineCalls[K]['output']> {
  worker ??= new WorkerCalls<EngineCalls>(workerUrl, 'engine');
  const mine = worker;
  const forget = (reason: string) => {
    mine.stop(reason);
    if (worker === mine) worker = null;
  };
  const timer = setTimeout(() => forget('The engine took too long and was restarted.'), limitMs);
  try {
    return await mine.call(op, input);
  } catch (error) {
    if (error instanceof CallError && error.code === 'stopped' && worker === mine) worker = null;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export const engine = {
  analyse: (source: Source) => call('analyse', source),
  evaluate: (scenario: Source, evidence: Evidence) => call('evaluate', { scenario, evidence }),
  redact: (documents: string[], options: RedactOptions) => call('redact', { documents, options }),
};
