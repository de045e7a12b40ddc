import { byId, el } from './dom.js';
import { toText } from './html.js';
import { openManager } from './manager.js';
import { isFiltered } from './state.js';

/** Said when whole words found nothing and beginnings of words did. */
export const prefixNotice = q => el('p', { class: 'notice' },
  'Nothing has exactly ', el('strong', {}, q), '. These begin with it.');

/** Said when nothing was found and a word is nearly one that documents have. */
export const correctionNotice = (correction, search) => el('p', { class: 'notice' },
  'Did you mean ', el('button', { class: 'link', onclick: search }, correction), '?');

/** Said above documents that are like one; `title` is that one's projected title. */
export function similarNotice(title, clear) {
  const name = toText(title?.title ?? title?.subject ?? title?.name) || 'a document';
  return el('p', { class: 'notice' }, 'More like ', el('strong', {}, name), '. ',
    el('button', { class: 'link', onclick: clear }, 'Search everything'));
}

/** Said when nothing was found: why that may be, and what to do about it. */
export function emptyNotice(state, sources, isSyncing, clear) {
  if (isFiltered(state)) {
    return box('Nothing under these filters', 'The search may find something without them.',
      el('button', { class: 'primary', onclick: clear }, 'Clear filters'));
  }
  if (state.q) {
    return box(`Nothing found for “${state.q}”`, 'Try fewer or other words, or the beginning of a word with a star: invo*.',
      el('button', { class: 'quiet', onclick: () => byId('help').showModal() }, 'Search tips'));
  }
  if (isSyncing) {
    return box('Your documents are on their way', 'They appear here as they arrive. This page looks after itself.');
  }
  return sources > 0
    ? box('Nothing here yet', 'Your sources are connected and have sent no documents so far.')
    : box('Nothing here yet', 'Connect a source to make its documents searchable.',
      el('a', { class: 'button primary', href: '/manager', onclick: openManager }, 'Connect a source'));
}

/** Said when a search failed. */
export function errorNotice(error, retry) {
  if (error.code === 'InvalidArgument') {
    return box('This search cannot be read', error.message,
      el('button', { class: 'quiet', onclick: () => byId('help').showModal() }, 'Search tips'));
  }
  const title = error.status === 0 ? 'The server does not answer' : 'The search did not work';
  return box(title, error.message, el('button', { class: 'primary', onclick: retry }, 'Try again'));
}

const box = (title, text, action) => el('div', { class: 'empty', role: 'status' },
  el('h2', {}, title), el('p', { class: 'muted' }, text), action);
