import '../styles/app.css';
import { watchScenario } from '../analysis';
import { el, fill } from '../dom';
import { bindHash } from '../hash';
import { askAccount } from './account';
import './header';
import './scenario-panel';
import './setup-panel';
import './progress-view';
import './verdict-view';
import './tape-view';
import './run-page';
import './login-page';
import './rescore-page';

function workbench(): HTMLElement {
  return el('main', { class: 'workbench', id: 'main' },
    el('scenario-panel'),
    el('div', { class: 'column' }, el('setup-panel'), el('progress-view'), el('verdict-view'), el('tape-view')));
}

/** The page: which view the address names, under one header. */
class App extends HTMLElement {
  connectedCallback(): void {
    const run = /^\/runs\/([^/]+)\/?$/.exec(location.pathname);
    const login = /^\/cli\/login\/?$/.test(location.pathname);
    const rescore = location.pathname === '/' && new URLSearchParams(location.search).has('rescore');
    const content = rescore ? el('rescore-page') : run ? el('run-page', { run: decodeURIComponent(run[1] ?? '') }) : login ? el('login-page') : workbench();
    if (!run && !login && !rescore) {
      bindHash();
      watchScenario();
    }
    fill(this, el('a', { class: 'skip', href: '#main' }, 'Skip to content'), el('page-header'), content);
    void askAccount();
  }
}
customElements.define('pome-app', App);
