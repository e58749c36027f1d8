/** One GitHub world in a worker of its own. Its message loop is what puts requests in order. */
import { load, type Twin, type TwinConfig } from '@pome/engine';
import wasmUrl from '@pome/engine/engine.wasm?url';
import { answerCalls } from '../workers';
import type { PortReply, PortRequest } from './port-fetch';

export type TwinCalls = {
  open: { input: TwinConfig; output: { sid: string; baseUrl: string; token: string } };
  connect: { input: { port: MessagePort }; output: null };
  export: { input: { what: 'state' | 'initialState' | 'events' }; output: string };
};

let twin: Twin | null = null;

function opened(): Twin {
  if (!twin) throw new Error('No twin is open in this worker.');
  return twin;
}

function answer({ id, method, target, headers, body }: PortRequest): { reply: PortReply; transfer: Transferable[] } {
  const began = performance.now();
  try {
    const response = opened().request({ method, target, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
    const bytes = response.body.slice().buffer;
    self.postMessage({ call: { method, path: target, status: response.status, ms: performance.now() - began } });
    return { reply: { id, status: response.status, headers: response.headers, body: bytes }, transfer: [bytes] };
  } catch (error) {
    return { reply: { id, error: error instanceof Error ? error.message : String(error) }, transfer: [] };
  }
}

const handlers: { [K in keyof TwinCalls]: (input: TwinCalls[K]['input']) => TwinCalls[K]['output'] | Promise<TwinCalls[K]['output']> } = {
  open: async (config) => {
    twin = (await load({ wasmUrl })).openTwin(config);
    return { sid: twin.sid, baseUrl: twin.baseUrl, token: twin.token };
  },
  connect: ({ port }) => {
    port.onmessage = ({ data }: MessageEvent<PortRequest>) => {
      const { reply, transfer } = answer(data);
      port.postMessage(reply, transfer);
    };
    return null;
  },
  export: ({ what }) => opened()[what](),
};
answerCalls(handlers);
