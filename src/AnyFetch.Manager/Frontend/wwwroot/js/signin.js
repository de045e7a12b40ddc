import { tokenFor } from './api.js';
import { byId } from './dom.js';
import { openSession } from './manager.js';
import { keep } from './session.js';

const form = byId('sign-in-form');
const error = form.querySelector('.error');
const submit = form.querySelector('button');

form.querySelector('.sign-up').hidden = document.body.dataset.signUp !== 'true';

/** Asks for e-mail and password until they are right. */
export function askToSignIn(onSignedIn, reason) {
  byId('sign-in').hidden = false;
  byId('search-page').hidden = true;
  say(reason ?? '');
  form.elements.email.focus();
  form.onsubmit = async event => {
    event.preventDefault();
    submit.disabled = true;
    try {
      keep(await tokenFor(form.elements.email.value.trim(), form.elements.password.value), form.elements.remember.checked);
      form.elements.password.value = '';
      openSession().catch(() => { /* The pages ask to sign in then. */ });
      byId('sign-in').hidden = true;
      onSignedIn();
    } catch (failure) {
      say(explain(failure));
      form.elements.password.select();
    } finally {
      submit.disabled = false;
    }
  };
}

function say(text) {
  error.textContent = text;
  error.hidden = text === '';
}

function explain(failure) {
  switch (failure.status) {
    case 401: return 'This e-mail and password do not go together.';
    case 429: return 'Too many tries. Wait a minute, then try again.';
    default: return failure.message;
  }
}
