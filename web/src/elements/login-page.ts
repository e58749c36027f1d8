import '../styles/login-page.css';
import { control } from '../control-api';
import { el, fill, setText } from '../dom';
import { View, type State } from '../state';

/** The address to go back to, when it is a program on this computer; else null. */
function loopbackTarget(text: string | null): URL | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  const local = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
  return url.protocol === 'http:' && local && url.port !== '' && !url.username ? url : null;
}

/** Approves `pome login`: hands a one-time code to the program that waits on this computer. */
class LoginPage extends View {
  #query = new URLSearchParams(location.search);
  #target = loopbackTarget(this.#query.get('redirect_uri'));
  #state = this.#query.get('state') ?? '';
  #text = el('p');
  #problem = el('p', { class: 'problem', role: 'alert' });
  #approve = el('button', { type: 'button', class: 'run', id: 'approve', onclick: () => void this.#answer() }, 'Approve');
  #deny = el('button', { type: 'button', class: 'quiet', onclick: () => this.#leave({ error: 'access_denied' }) }, 'Cancel');

  protected build(): void {
    const main = el('main', { class: 'page login', id: 'main' });
    const valid = this.#target && this.#state;
    fill(main, el('section', { class: 'card notice' },
      el('h1', null, valid ? 'Let the command line sign in?' : 'This sign-in link is not valid'),
      valid ? this.#text : el('p', null, 'It must lead back to a program on this computer. Run `pome login` again and open the link it prints.'),
      this.#problem, valid ? el('div', { class: 'actions' }, this.#approve, this.#deny) : null));
    this.append(main);
    document.documentElement.dataset.ready = 'true';
  }

  protected render({ account }: State): void {
    const signedIn = account !== null && typeof account !== 'string';
    setText(this.#text, signedIn
      ? `A program waiting at ${this.#target?.host ?? ''} asks for an API key of team ${account.team?.slug ?? 'yours'}. Approve only if you just ran \`pome login\`.`
      : account === null ? 'Checking who you are…' : 'You are not signed in here. Open the link that `pome serve` printed, then come back to this page and reload it.');
    this.#approve.disabled = !signedIn;
  }

  async #answer(): Promise<void> {
    this.#approve.disabled = true;
    try {
      const challenge = this.#query.get('code_challenge') ?? '';
      const { code } = await control.approveLogin({ redirect_uri: this.#target?.href ?? '', state: this.#state, ...(challenge ? { code_challenge: challenge } : {}) });
      this.#leave({ code });
    } catch (error) {
      setText(this.#problem, error instanceof Error ? error.message : String(error));
      this.#approve.disabled = false;
    }
  }

  #leave(answer: Record<string, string>): void {
    if (!this.#target) return;
    const target = new URL(this.#target);
    for (const [name, value] of Object.entries({ ...answer, state: this.#state })) target.searchParams.set(name, value);
    location.assign(target);
  }
}
customElements.define('login-page', LoginPage);
