import { byId, el } from './dom.js';
import { showFacets } from './facets.js';
import { correctionNotice, emptyNotice, errorNotice, prefixNotice, similarNotice } from './notices.js';
import { count, digits } from './names.js';
import { closePreview, preview, showPreview } from './preview.js';
import { skeletons, toItems } from './results.js';
import { asPrefix, pageSize, search } from './search.js';
import { isSyncing, sourceCount, sourcesStatus } from './sources.js';
import { isFiltered, readState, toAddress, without } from './state.js';
import { closeSuggestions, offerSuggestions, suggest } from './suggestions.js';

const typingMilliseconds = 180;
const slowMilliseconds = 250;

const input = byId('query');
const results = byId('results');
const more = byId('more');
const notice = byId('notice');

let state = readState();
let asked = state.q;
let shown = [];
let running = null;
let typing = 0;

/** Shows what the address asks for, and follows it from there. */
export function startSearching() {
  input.value = state.q;
  byId('sort').value = state.sort;
  run();
  if (state.doc) {
    showPreview(state.doc, state.q);
  } else if (!state.q) {
    input.focus();
  }
}

/** Changes what is searched. While somebody is still typing, the address changes without a step in the history. */
function change(part, isTyping = false) {
  state = { ...state, ...part };
  history[isTyping ? 'replaceState' : 'pushState'](null, '', toAddress(state));
  run(isTyping);
}

async function run(isTyping = false) {
  running?.abort();
  const { signal } = running = new AbortController();
  const slow = setTimeout(() => results.replaceChildren(...skeletons()), slowMilliseconds);
  try {
    const { page, q } = await ask(isTyping, signal);
    asked = q;
    showFirst(page, q !== state.q && !isTyping);
  } catch (error) {
    if (error.name !== 'AbortError' && !(isTyping && error.code === 'InvalidArgument')) {
      showError(error);
    }
  } finally {
    clearTimeout(slow);
  }
}

/** While typing, the last word may be half a word; a finished query that finds nothing may mean one. */
async function ask(isTyping, signal) {
  const prefix = asPrefix(state.q);
  const q = isTyping && prefix ? prefix : state.q;
  const page = await search({ ...state, q }, 0, signal);
  if (page.count > 0 || isTyping || !prefix) {
    return { page, q };
  }
  const begun = await search({ ...state, q: prefix }, 0, signal);
  return begun.count > 0 ? { page: begun, q: prefix } : { page, q };
}

function showFirst(page, isPrefix) {
  document.body.classList.toggle('home', !state.q && !isFiltered(state));
  document.title = state.q ? `${state.q} – AnyFetch` : 'AnyFetch';
  shown = page.data;
  results.replaceChildren(...toItems(page.data, hrefOf, openDocument));
  showFacets(byId('facets'), page.facets, state, change);
  byId('totals').textContent = page.count > 0
    ? `${count(page.count, 'document', 'documents')}${sourceCount() > 0 ? ` from ${count(sourceCount(), 'source', 'sources')}` : ''}`
    : '';
  byId('count').textContent = state.q || isFiltered(state) ? count(page.count, 'result', 'results') : 'Latest documents';
  byId('count').hidden = page.count === 0;
  byId('sort').parentElement.hidden = page.count < 2 || !state.q || Boolean(state.similar);
  const like = state.similar ? similarNotice(page.title, () => change({ similar: null })) : '';
  notice.replaceChildren(like, isPrefix ? prefixNotice(state.q) : '', page.count > 0 ? '' : nothing());
  if (page.count === 0 && state.q) {
    offerCorrection(state.q);
  }
  more.hidden = page.data.length < pageSize || shown.length >= page.count;
  more.textContent = `Show more of ${digits(page.count)}`;
}

/** When nothing was found, some word may be misspelt. Without an answer the notice stays as it is. */
async function offerCorrection(q) {
  const found = await suggest(q).catch(() => null);
  if (found?.correction && q === state.q) {
    notice.prepend(correctionNotice(found.correction, () => searchFor(found.correction)));
  }
}

function searchFor(q) {
  clearTimeout(typing);
  input.value = q;
  change({ q });
}

const nothing = () => emptyNotice(state, sourceCount(), isSyncing(), () => change(without(state)));

function showError(error) {
  results.replaceChildren();
  more.hidden = true;
  byId('count').textContent = '';
  byId('sort').parentElement.hidden = true;
  notice.replaceChildren(errorNotice(error, () => run()));
}

async function loadMore() {
  more.disabled = true;
  try {
    const page = await search({ ...state, q: asked }, shown.length, running.signal);
    const items = toItems(page.data, hrefOf, openDocument);
    shown = [...shown, ...page.data];
    results.append(...items);
    items[0]?.querySelector('a.title').focus({ preventScroll: true });
    more.hidden = page.data.length < pageSize || shown.length >= page.count;
  } catch (error) {
    if (error.name !== 'AbortError') {
      notice.replaceChildren(errorNotice(error, loadMore));
    }
  } finally {
    more.disabled = false;
  }
}

const hrefOf = id => toAddress({ ...state, doc: id });

function openDocument(id) {
  state = { ...state, doc: id };
  history.pushState(null, '', toAddress(state));
  showPreview(id, asked);
}

preview.onOpen = openDocument;

preview.onSimilar = id => {
  input.value = '';
  change({ ...without(state), q: '', sort: '', doc: null, similar: id });
  closePreview();
  window.scrollTo({ top: 0 });
};

preview.onMove = by => {
  const next = shown[shown.findIndex(hit => hit.id === state.doc) + by];
  if (next) {
    state = { ...state, doc: next.id };
    history.replaceState(null, '', toAddress(state));
    showPreview(next.id, asked);
  }
};

preview.onClose = () => {
  const id = state.doc;
  if (id) {
    state = { ...state, doc: null };
    history.pushState(null, '', toAddress(state));
    results.querySelector(`[data-id="${CSS.escape(id)}"] a.title`)?.focus();
  }
};

// New documents arrive while a source is syncing: the start page shows them, a search is left as it is.
sourcesStatus.onChange = () => {
  if (!state.q && !isFiltered(state) && !state.doc && shown.length <= pageSize && window.scrollY < 200) {
    run();
  }
};

byId('search-form').addEventListener('submit', event => {
  event.preventDefault();
  closeSuggestions();
  searchFor(input.value.trim());
});

offerSuggestions(searchFor);

input.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => change({ q: input.value.trim() }, true), typingMilliseconds);
});

byId('sort').addEventListener('change', event => change({ sort: event.target.value }));
more.addEventListener('click', loadMore);

byId('filters-button').addEventListener('click', event => {
  const isOpen = byId('facets').classList.toggle('open');
  event.currentTarget.setAttribute('aria-expanded', String(isOpen));
});

window.addEventListener('popstate', () => {
  const before = state;
  state = readState();
  input.value = state.q;
  byId('sort').value = state.sort;
  if (toAddress({ ...state, doc: null }) !== toAddress({ ...before, doc: null })) {
    run();
  }
  if (state.doc) {
    showPreview(state.doc, state.q);
  } else {
    closePreview();
  }
});
