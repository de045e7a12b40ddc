import { get, post, session } from './api.js';
import { showAccount } from './account.js';
import { byId } from './dom.js';
import { takeSession } from './manager.js';
import { token } from './session.js';
import { askToSignIn } from './signin.js';
import { startSearching } from './page.js';
import { enableShortcuts } from './shortcuts.js';
import { watchSources } from './sources.js';

let isStarted = false;

session.onLost = () => askToSignIn(start, 'You were signed out. Sign in again to go on.');

async function start() {
  let index;
  try {
    index = await get('/');
  } catch (error) {
    if (error.status !== 401) {
      askToSignIn(start, error.message);
    }
    return;
  }
  byId('search-page').hidden = false;
  showAccount(index);
  if (!isStarted) {
    isStarted = true;
    enableShortcuts();
    watchSources();
    post('/user/update').catch(() => {});
  }
  startSearching();
}

if (token() || await takeSession()) {
  start();
} else {
  askToSignIn(start);
}
