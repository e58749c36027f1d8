import '../styles/header.css';
import { el, setText } from '../dom';
import { View, type State } from '../state';

type Theme = 'system' | 'light' | 'dark';
const themes: Theme[] = ['system', 'light', 'dark'];
const icons: Record<Theme, string> = { system: '◐', light: '☀', dark: '☾' };

function savedTheme(): Theme {
  const saved = localStorage.getItem('pome-theme') as Theme | null;
  return saved && themes.includes(saved) ? saved : 'system';
}

function themeButton(): HTMLButtonElement {
  const button = el('button', { class: 'theme quiet', type: 'button' });
  const apply = (theme: Theme) => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem('pome-theme', theme);
    button.textContent = icons[theme];
    button.setAttribute('aria-label', `Colours: ${theme}. Change`);
    button.title = `Colours: ${theme}`;
  };
  button.addEventListener('click', () => apply(themes[(themes.indexOf(savedTheme()) + 1) % themes.length] ?? 'system'));
  apply(savedTheme());
  return button;
}

/** Name, account and colours. */
class Header extends View {
  #account = el('span', { class: 'account' });

  protected build(): void {
    const mark = el('img', { src: '/mark.svg', alt: '', width: 22, height: 22 });
    this.append(el('header', { class: 'top' },
      el('a', { class: 'brand', href: '/' }, mark, el('strong', null, 'Pome'), el('span', { class: 'tagline' }, 'run an agent against a GitHub twin, see exactly what it did')),
      el('a', { class: 'rescore', href: '/?rescore' }, 'Rescore runs'), this.#account, themeButton()));
  }

  protected render({ account }: State): void {
    const signedIn = account !== null && typeof account !== 'string';
    this.#account.classList.toggle('signed-in', signedIn);
    setText(this.#account, signedIn ? `Signed in · ${account.team?.slug ?? 'team'}` : account === null ? '' : 'Local only');
  }
}
customElements.define('page-header', Header);
