import { get } from './api.js';
import { ago } from './dates.js';
import { byId, el, menuButton } from './dom.js';
import { openManager } from './manager.js';
import { count, sourceName } from './names.js';

const freshMilliseconds = 2 * 60 * 1000;
const pollMilliseconds = 5000;

const button = byId('sources-button');
const menu = byId('sources-menu');
let sources = [];
let now = 0;
let timer = 0;

/** What the page does when the number of documents changed. */
export const sourcesStatus = { onChange: () => {} };

/** Watches the connected sources while one of them is at work, and shows them in a menu. */
export function watchSources() {
  menuButton(button, menu, refresh);
  refresh();
}

/** True while a source sends documents. */
export const isSyncing = () => sources.some(isBusy);

export const sourceCount = () => sources.length;

async function refresh() {
  clearTimeout(timer);
  const before = total();
  try {
    const [index, providers] = await Promise.all([get('/', { fields: 'server_time' }), get('/providers')]);
    now = Date.parse(index.server_time);
    sources = providers.filter(provider => !provider.is_basic_token && provider.client && !provider.client.oauth_app);
  } catch {
    // The menu says what was known last; a lost session is handled where all calls are made.
    return;
  }
  show();
  if (total() !== before) {
    sourcesStatus.onChange();
  }
  if (isSyncing() || !menu.hidden) {
    timer = setTimeout(refresh, pollMilliseconds);
  }
}

const total = () => sources.reduce((sum, source) => sum + (source.document_count ?? 0), 0);

const isBusy = source => source.providing || (source.updated && now - Date.parse(source.updated) < freshMilliseconds);

function show() {
  button.querySelector('.pulse').hidden = !isSyncing();
  button.querySelector('.label').textContent = isSyncing() ? 'Syncing' : 'Sources';
  const focused = menu.contains(document.activeElement);
  menu.replaceChildren(
    sources.length > 0
      ? el('ul', { class: 'sources' }, sources.map(source => el('li', {},
        el('strong', {}, sourceName(source)),
        el('small', {}, describe(source)),
        source.require_refresh && el('small', { class: 'warn' }, 'Its access has ended: reconnect it.'))))
      : el('p', { class: 'muted' }, 'No source is connected yet.'),
    el('a', { href: '/manager', onclick: openManager }, 'Manage sources'));
  if (focused) {
    menu.querySelector('a').focus();
  }
}

function describe(source) {
  const documents = count(source.document_count ?? 0, 'document', 'documents');
  if (isBusy(source)) {
    return `${documents} · syncing…`;
  }
  return source.updated ? `${documents} · ${ago(source.updated, now)}` : documents;
}
