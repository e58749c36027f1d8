/** Starting workers under Trusted Types: only scripts of this page's own build. */

interface TrustedPolicy { createScriptURL(url: string): unknown }
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): TrustedPolicy;
}

function ownScript(url: string): string {
  const resolved = new URL(url, location.origin);
  if (resolved.origin !== location.origin) throw new Error('Workers run only scripts of this page.');
  return resolved.href;
}

const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
const policy = factory?.createPolicy('pome', { createScriptURL: ownScript });

export function startWorker(url: string, name: string): Worker {
  const trusted = policy ? policy.createScriptURL(url) : ownScript(url);
  return new Worker(trusted as string, { type: 'module', name });
}

interface Reply { id: number; value?: unknown; error?: { code: string; message: string } }

/** A refused call, with the engine's stable code where there is one. */
export class CallError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** Calls into a worker that answers `{id, ...request}` with `{id, value}` or `{id, error}`. */
export class WorkerCalls<Requests extends Record<string, { input: unknown; output: unknown }>> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #next = 1;

  constructor(url: string, name: string, onEvent?: (event: unknown) => void) {
    this.#worker = startWorker(url, name);
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
      if (!waiting) return onEvent?.(data);
      this.#waiting.delete(data.id);
      if (data.error) waiting.reject(new CallError(data.error.code, data.error.message));
      else waiting.resolve(data.value as never);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.stop(event.message || `The ${name} worker could not start.`);
    };
  }

  call<K extends keyof Requests & string>(op: K, input: Requests[K]['input'], transfer: Transferable[] = []): Promise<Requests[K]['output']> {
    const id = this.#next++;
    return new Promise<Requests[K]['output']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, op, input }, transfer);
    });
  }

  stop(reason = 'Stopped.'): void {
    this.#worker.terminate();
    for (const waiting of this.#waiting.values()) waiting.reject(new CallError('stopped', reason));
    this.#waiting.clear();
  }
}

/** The worker's side of WorkerCalls. */
export function answerCalls(handlers: Record<string, (input: never) => unknown>): void {
  self.onmessage = async ({ data }: MessageEvent<{ id: number; op: string; input: never }>) => {
    try {
      const handler = handlers[data.op];
      if (!handler) throw new Error(`Unknown call ${data.op}.`);
      self.postMessage({ id: data.id, value: await handler(data.input) });
    } catch (error) {
      const { code = 'internal', message = String(error) } = error as { code?: string; message?: string };
      self.postMessage({ id: data.id, error: { code: String(code), message } });
    }
  };
}
