/** A scenario file as text. `path` only names it; `sidecar` is the content of its `.seed.json` file. */
export interface Source {
  markdown: string;
  path?: string;
  sidecar?: string;
}

/** One problem in a document. Lines and columns start at 1; columns and length count Unicode code points. */
export interface Diagnostic {
  severity: 'error' | 'warning' | 'note';
  line: number;
  column: number;
  /** 0 means: to the end of the line. */
  length: number;
  code: string;
  message: string;
  /** What to do about it; may be empty. */
  hint: string;
}

export interface Criterion {
  id: string;
  marker: 'D' | 'P' | 'code' | 'model';
  kind: 'deterministic' | 'judged';
  text: string;
  twin: string | null;
  always_scored: boolean;
  /** Graded and reported, but never part of the score. */
  optional: boolean;
  /** Index into the scenario's `groups`. */
  group: number | null;
  line: number;
  column: number;
}

/** Counts its weight, however many criteria it has. */
export interface Group {
  title: string;
  weight: number;
}

export interface Config {
  twins: string[];
  /** Seconds. */
  timeout: number;
  runs: number;
  passThreshold: number;
  judge: string | null;
  class: 'conformance' | 'restraint' | 'adversarial' | null;
}

export interface Seed {
  source: 'sidecar' | 'seed_state' | 'setup' | 'default';
  line: number;
}

export interface Scenario {
  slug: string;
  title: string;
  prompt: string;
  setup: string;
  expected_behavior: string;
  criteria: Criterion[];
  /** The `###` headings that hold criteria. */
  groups: Group[];
  tags: string[];
  config: Config;
  seed: Seed;
}

export interface Parsed {
  /** As much as could be read; complete only when no diagnostic is an error. */
  scenario: Scenario;
  diagnostics: Diagnostic[];
  /** The seed document as JSON text; empty for the twin's default seed. */
  seedJson: string;
}

export type StopReason = 'agent_exit_0' | 'agent_exit_nonzero' | 'agent_timeout';

/** What a run left behind: the twin's exports as JSON text. A missing document is an empty string or absent. */
export interface Evidence {
  state_initial?: string;
  state_final?: string;
  /** A JSON array or NDJSON lines. */
  events?: string;
  stop_reason?: StopReason;
}

export interface Evaluation {
  /** The canonical report, the same bytes in every build. */
  text: string;
  /** `text`, parsed. */
  report: Report;
}

export interface CredentialInputs {
  env_api_key?: string;
  env_api_url?: string;
  env_dashboard_url?: string;
  flag_api_url?: string;
  flag_dashboard_url?: string;
  file?: { path: string; content: string; mode: number };
  expected_path?: string;
}

export interface Credentials {
  api_key: string;
  api_url: string;
  dashboard_url: string;
  team_id: string;
  source: 'environment' | 'credentials_file';
}

export interface RedactOptions {
  /** Exact secrets to remove wherever they occur. */
  known_values?: string[];
  /** Keeps what this scenario's criteria look for recognisable. */
  scenario?: Source;
}

export interface TwinConfig {
  /** Origin of the links in answers; any URL, nothing listens there. */
  origin?: string;
  sid?: string;
  run_id?: string;
  /** JSON text; the default seed when empty. */
  seed?: string;
  /** Whom the token acts as. */
  login?: string;
  token_ttl_seconds?: number;
}

export interface TwinRequest {
  method: string;
  /** Absolute path with query, below the twin's mount. */
  target: string;
  headers?: Iterable<readonly [string, string]>;
  body?: Uint8Array | string;
}

export interface TwinResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** One isolated GitHub world. Close it when done: worlds live in the module's memory. */
export interface Twin {
  readonly sid: string;
  /** Path prefix of everything this twin answers, `/s/<sid>`. */
  readonly mount: string;
  /** `origin` + `mount`: what an octokit takes as `baseUrl`. */
  readonly baseUrl: string;
  readonly token: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
  request(request: TwinRequest): TwinResponse;
  /** State exports and tape as JSON text, unredacted. */
  state(): string;
  initialState(): string;
  events(): string;
  close(): void;
}

export interface Engine {
  readonly version: string;
  parse(source: Source): Parsed;
  /** Syntax problems and criteria that nothing grades. */
  lint(source: Source): Diagnostic[];
  resolveCredentials(inputs: CredentialInputs): Credentials;
  evaluate(scenario: Source, evidence: Evidence): Evaluation;
  /** Redacts a JSON document or NDJSON lines. */
  redactJson(document: string, options?: RedactOptions): string;
  redactText(text: string, options?: RedactOptions): string;
  openTwin(config?: TwinConfig): Twin;
}

export interface LoadOptions {
  /** The module's bytes. Node reads them from the package by itself. */
  wasmBinary?: ArrayBuffer | Uint8Array;
  /** Where to fetch them from; by default beside the package's own script. */
  wasmUrl?: string | URL;
}

export type Outcome = 'passed' | 'failed' | 'skipped' | 'errored';

export interface CriterionResult {
  criterion: { id: string; type: 'D' | 'P' | 'code' | 'model'; text: string; twin?: string; always_scored?: boolean; optional?: boolean; /** Index into Report.groups. */ group?: number };
  outcome: Outcome;
  passed: boolean;
  /** True for `errored` too. */
  skipped: boolean;
  /** Id of the vocabulary row that graded it. */
  check: string | null;
  /** What was found, and what was expected. */
  reason: string;
  /** The predicate in words, and what was there; absent when nothing graded the line. */
  expected?: string;
  found?: string;
  /** request_id of the last call that changed what a failed line reads. */
  last_touch?: string;
  /** How sure the judge was, 0 to 1; only on lines that a judge graded. */
  confidence?: number;
  evidence: {
    /** JSON Pointers into the final state. */
    state: string[];
    /** JSON Pointers into the initial state, for differences. */
    initial: string[];
    /** request_ids of the calls that decided it. */
    calls: string[];
    /** Calls read when it was decided by what is not on the tape. */
    calls_inspected: number;
  };
}

export interface Report {
  version: 1;
  scenario: string;
  title: string;
  status: 'pass' | 'fail' | 'incomplete';
  stop_reason: StopReason;
  /** 0 to 100. */
  satisfaction: number;
  pass_threshold: number;
  passed: number;
  failed: number;
  skipped: number;
  errored: number;
  pre_satisfied: number;
  unbound: number;
  total_required: number;
  evaluated: boolean;
  can_pass: boolean;
  /** Optional lines; they are in none of the counts. Absent when there are none. */
  optional?: number;
  /** The `###` headings of the criteria and what each counts. Absent when there are none. */
  groups?: { title: string; weight: number }[];
  results: CriterionResult[];
  gaps: { request_id: string; method: string; path: string }[];
  /** The same without the lines a judge graded. */
  deterministic_satisfaction: number;
  /** Null when no judge was asked; this engine never asks one. */
  judge_model: string | null;
  judge_tokens_in: number | null;
  judge_tokens_out: number | null;
}
