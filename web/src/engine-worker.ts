import { load } from '@pome/engine';
import wasmUrl from '@pome/engine/engine.wasm?url';
import type { EngineCalls } from './engine';
import { answerCalls } from './workers';

const engine = load({ wasmUrl });

const handlers: { [K in keyof EngineCalls]: (input: EngineCalls[K]['input']) => Promise<EngineCalls[K]['output']> } = {
  analyse: async (source) => {
    const core = await engine;
    return { parsed: core.parse(source), diagnostics: core.lint(source), version: core.version };
  },
  evaluate: async ({ scenario, evidence }) => (await engine).evaluate(scenario, evidence),
  redact: async ({ documents, options }) => {
    const core = await engine;
    return documents.map((document) => core.redactJson(document, options));
  },
};
answerCalls(handlers);
