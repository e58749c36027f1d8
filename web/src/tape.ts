/** Recorder rows and JSON Pointers, as the page shows them. */

export interface TapeRow {
  request_id: string;
  method: string;
  path: string;
  query?: string;
  status: number;
  latency_ms: number;
  request_body: unknown;
  response_body: unknown;
  fidelity: 'semantic' | 'unsupported';
  state_mutation: boolean;
  state_delta: unknown;
  tool?: string | null;
  error: string | null;
}

/** A JSON array, or NDJSON lines. */
export function parseTape(events: string): TapeRow[] {
  const text = events.trim();
  if (!text) return [];
  const rows = text.startsWith('[') ? (JSON.parse(text) as TapeRow[]) : text.split('\n').map((line) => JSON.parse(line) as TapeRow);
  return rows.filter((row) => typeof row.method === 'string' && typeof row.path === 'string');
}

/** The path as GitHub would see it. */
export function githubPath(row: { path: string; query?: string }): string {
  const path = row.path.replace(/^\/s\/[^/]+/, '') || '/';
  return row.query && !path.includes('?') ? `${path}?${row.query}` : path;
}

/** What an RFC 6901 pointer names, or undefined. */
export function atPointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

export function pretty(value: unknown, limit = 20_000): string {
  const text = value === undefined ? '(nothing here)' : JSON.stringify(value, null, 2);
  return text.length > limit ? `${text.slice(0, limit)}\n… ${text.length - limit} more characters` : text;
}
