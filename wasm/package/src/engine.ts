import type {
  Credentials, CredentialInputs, Diagnostic, Engine, Evaluation, Evidence, Parsed, RedactOptions, Report, Scenario, Source, Twin,
  TwinConfig, TwinRequest, TwinResponse,
} from './types.js';

/** What the WebAssembly module exports; wasm/bindings.cpp. */
export interface Module {
  version(): string;
  parse_scenario(source: string): string;
  lint(source: string): string;
  resolve_credentials(inputs: string): string;
  evaluate(input: string): string;
  redact(input: string): string;
  twin_open(config: string): string;
  twin_request(handle: number, flat: Uint8Array): Uint8Array;
  twin_export(handle: number, what: string): string;
  twin_close(handle: number): string;
}

/** Every export, for the test that compares module, facade and types. */
export const moduleFunctions = [
  'version', 'parse_scenario', 'lint', 'resolve_credentials', 'evaluate', 'redact', 'twin_open', 'twin_request',
  'twin_export', 'twin_close',
] as const satisfies readonly (keyof Module)[];

/** An operation the engine refused. `code` is stable; `message` is written for people. */
export class PomeError extends Error {
  override readonly name = 'PomeError';
  readonly code: string;
  readonly where: string;

  constructor(code: string, message: string, where: string) {
    super(message);
    this.code = code;
    this.where = where;
  }
}

function unwrap<T>(envelope: string): T {
  const answer = JSON.parse(envelope) as { ok: true; value: T } | { ok: false; error: { code: string; message: string; where: string } };
  if (answer.ok) return answer.value;
  throw new PomeError(answer.error.code, answer.error.message, answer.error.where);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function encodeRequest(request: TwinRequest): Uint8Array {
  let head = `${request.method} ${request.target}\n`;
  for (const [name, value] of request.headers ?? []) head += `${name}: ${value.replace(/[\r\n]+/g, ' ')}\n`;
  const headBytes = encoder.encode(`${head}\n`);
  const body = typeof request.body === 'string' ? encoder.encode(request.body) : request.body;
  if (!body || body.length === 0) return headBytes;
  const flat = new Uint8Array(headBytes.length + body.length);
  flat.set(headBytes);
  flat.set(body, headBytes.length);
  return flat;
}

function decodeResponse(flat: Uint8Array): TwinResponse {
  let end = 0;
  while (end < flat.length && !(flat[end] === 10 && flat[end + 1] === 10)) end += 1;
  const [status = '0', ...lines] = decoder.decode(flat.subarray(0, end)).split('\n');
  const body = flat.subarray(end + 2);
  if (status === '0') unwrap(decoder.decode(body));
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  return { status: Number(status), headers, body };
}

interface Opened { handle: number; sid: string; mount: string; base_url: string; token: string; expires_at: number }

function openTwin(module: Module, config: TwinConfig): Twin {
  const opened = unwrap<Opened>(module.twin_open(JSON.stringify(config)));
  const text = (what: string) => unwrap<string>(module.twin_export(opened.handle, what));
  return {
    sid: opened.sid,
    mount: opened.mount,
    baseUrl: opened.base_url,
    token: opened.token,
    expiresAt: opened.expires_at,
    request: (request) => decodeResponse(module.twin_request(opened.handle, encodeRequest(request))),
    state: () => text('state'),
    initialState: () => text('initial_state'),
    events: () => text('events'),
    close: () => { unwrap(module.twin_close(opened.handle)); },
  };
}

interface ParsedJson { scenario: Scenario & { diagnostics: Diagnostic[] }; seed_json: string }

/** Wraps a running module in the typed interface. */
export function wrap(module: Module): Engine {
  const redact = (content: { json: string } | { text: string }, options: RedactOptions = {}) =>
    unwrap<string>(module.redact(JSON.stringify({ ...content, ...options })));
  return {
    version: unwrap<{ engine: string }>(module.version()).engine,
    parse: (source: Source): Parsed => {
      const parsed = unwrap<ParsedJson>(module.parse_scenario(JSON.stringify(source)));
      const { diagnostics, ...scenario } = parsed.scenario;
      return { scenario, diagnostics, seedJson: parsed.seed_json };
    },
    lint: (source: Source) => unwrap<Diagnostic[]>(module.lint(JSON.stringify(source))),
    resolveCredentials: (inputs: CredentialInputs) => unwrap<Credentials>(module.resolve_credentials(JSON.stringify(inputs))),
    evaluate: (scenario: Source, evidence: Evidence): Evaluation => {
      const text = unwrap<string>(module.evaluate(JSON.stringify({ scenario, ...evidence })));
      return { text, report: JSON.parse(text) as Report };
    },
    redactJson: (json, options) => redact({ json }, options),
    redactText: (text, options) => redact({ text }, options),
    openTwin: (config = {}) => openTwin(module, config),
  };
}
