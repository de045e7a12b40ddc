import { byId, el, menuButton } from './dom.js';
import { openManager } from './manager.js';
import { forget } from './session.js';

const button = byId('account-button');
const menu = byId('account-menu');

menuButton(button, menu);

/** Shows who is signed in. */
export function showAccount(index) {
  const email = index.user_email;
  button.textContent = email.slice(0, 1).toUpperCase();
  button.title = email;
  menu.replaceChildren(
    el('p', { class: 'who' }, email),
    el('a', { href: '/manager', onclick: openManager }, 'Sources and applications'),
    el('button', { onclick: () => byId('help').showModal() }, 'Search tips and shortcuts'),
    el('button', { onclick: signOut }, 'Sign out'));
}

async function signOut() {
  forget();
  try {
    await fetch('/sign_out', { redirect: 'manual' });
  } finally {
    location.href = '/app';
  }
}
