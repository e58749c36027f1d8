/** Connection problems in words: a browser only says "failed to fetch". */

function loopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.endsWith('.localhost') || /^127\./.test(host);
}

/** Why a request to another origin may have failed before any answer, and what to do. */
export function unreachable(url: string, what: 'agent' | 'model endpoint'): string {
  const { protocol, hostname, origin } = new URL(url);
  const reasons = [`it is not running or the address is wrong`, `it does not allow requests from ${self.location.origin} (CORS)`];
  if (loopback(hostname)) {
    reasons.push('the browser asked for permission to reach your local network and did not get it');
    if (what === 'model endpoint') reasons.push('it is Ollama without OLLAMA_ORIGINS, or LM Studio without --cors');
  }
  if (self.location.protocol === 'https:' && protocol === 'http:' && !loopback(hostname)) {
    reasons.push('this page is https and the address is not, which browsers block');
  }
  return `The ${what} at ${origin} could not be reached. Possible reasons: ${reasons.join('; or ')}.`;
}

/** An OpenAI-compatible endpoint's refusal, with what usually helps. Never repeats the key. */
export function refused(status: number, message: string, key: string): string {
  const said = (key ? message.replaceAll(key, '[key]') : message).slice(0, 400);
  const help: Record<number, string> = {
    400: 'Does the model support function calling?',
    401: 'The key was not accepted; check it, and that the endpoint belongs to it. Some organisations also forbid requests from browsers.',
    403: 'The endpoint refuses this key or this page. Ollama needs OLLAMA_ORIGINS to list this page.',
    404: 'Check the address (it usually ends in /v1) and the model name.',
    429: 'The endpoint limits how often you may ask, or the account has no credit left.',
  };
  return [`The model endpoint answered ${status}.`, said && `It says: ${said}`, help[status] ?? (status >= 500 ? 'That is a problem on its side; try again later.' : '')]
    .filter(Boolean).join(' ');
}
