/** An agent behind a URL: the remote contract of tools/agents/README.md. */
import { unreachable } from './words';

interface Line { type?: string; text?: string; ok?: boolean; summary?: string; error?: string }

function outcome(result: Line): string {
  if (result.ok === true) return result.summary ?? '';
  throw new Error(`The agent reports a failure: ${result.error ?? 'it gave no reason'}`);
}

function parseLine(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    throw new Error(`The agent sent a line that is not JSON: ${line.slice(0, 80)}`);
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? '';
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) yield part;
    if (rest.length > 1 << 20) throw new Error('The agent sent a line of more than 1 MiB.');
    if (!done) continue;
    if (rest.trim()) yield rest;
    return;
  }
}

export async function runRemote(url: string, task: string, env: Record<string, string>, log: (text: string) => void): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer', body: JSON.stringify({ task, env }),
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson, application/json' },
    });
  } catch {
    throw new Error(unreachable(url, 'agent'));
  }
  if (!response.ok) throw new Error(`The agent at ${new URL(url).origin} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  if (!(response.headers.get('content-type') ?? '').includes('ndjson')) return outcome(parseLine(await response.text()));
  if (!response.body) throw new Error('The agent answered with an empty stream.');
  for await (const text of lines(response.body)) {
    const line = parseLine(text);
    if (line.type === 'log') log(line.text ?? '');
    if (line.type === 'result') return outcome(line);
  }
  throw new Error("The agent's stream ended without a result line.");
}
