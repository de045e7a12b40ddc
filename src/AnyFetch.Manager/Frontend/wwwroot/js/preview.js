import { ApiError } from './api.js';
import { longDate } from './dates.js';
import { byId, el, icon } from './dom.js';
import { Highlights } from './highlights.js';
import { toNodes, toText } from './html.js';
import { sourceName, typeIcon, typeName } from './names.js';
import { open } from './search.js';

const dialog = byId('preview');
const actionNames = { show: 'Open original', download: 'Download', reply: 'Reply', share: 'Share', delete: 'Delete' };

let highlights = null;
let loading = null;

/** What the page does when the preview closes, or shows another document. */
export const preview = { onClose: () => {}, onMove: () => {}, onOpen: () => {}, onSimilar: () => {} };

/** Shows a document with the words of the query marked. */
export async function showPreview(id, q) {
  loading?.abort();
  loading = new AbortController();
  if (!dialog.open) {
    dialog.replaceChildren(el('p', { class: 'loading' }, 'Opening…'));
    dialog.showModal();
  }
  try {
    show(await open(id, q, loading.signal));
  } catch (error) {
    if (error.name !== 'AbortError') {
      showError(error);
    }
  }
}

export function closePreview() {
  loading?.abort();
  if (dialog.open) {
    dialog.close();
  }
}

export const isPreviewOpen = () => dialog.open;

function show(found) {
  const content = el('div', { class: 'content', tabindex: '0' }, toNodes(found.rendered_full));
  const matches = el('span', { class: 'matches', role: 'status' });
  const move = step => {
    highlights.move(step);
    matches.textContent = highlights.label;
  };
  const walk = el('div', { class: 'walk' },
    matches,
    button('up', 'Previous match (p)', () => move(-1)),
    button('down', 'Next match (n)', () => move(1)));
  dialog.replaceChildren(
    el('header', {},
      el('p', { class: 'meta' },
        icon(typeIcon(found.document_type)),
        el('span', {}, typeName(found.document_type)),
        el('span', {}, sourceName(found.provider)),
        el('time', { datetime: found.modification_date }, longDate(found.modification_date))),
      walk,
      el('div', { class: 'tools' },
        button('left', 'Previous result (k)', () => preview.onMove(-1)),
        button('right', 'Next result (j)', () => preview.onMove(1)),
        button('close', 'Close (Esc)', closePreview))),
    content,
    footer(found));
  dialog.setAttribute('aria-label', toText(found.rendered_title) || 'Document');
  content.scrollTop = 0;
  highlights = new Highlights(content);
  walk.hidden = highlights.count === 0;
  matches.textContent = highlights.label;
  dialog.walk = move;
  content.focus({ preventScroll: true });
}

function footer(found) {
  const actions = Object.entries(found.actions ?? {}).map(([name, url]) => action(name, url)).filter(Boolean);
  const related = (found.related ?? []).filter(other => other && typeof other === 'object');
  const similar = el('button', { class: 'button', onclick: () => preview.onSimilar(found.id) }, 'More like this');
  return el('footer', {},
    el('div', { class: 'actions' }, actions, similar),
    related.length > 0 && el('nav', { 'aria-label': 'Related' },
      el('h3', {}, 'Related'),
      el('ul', {}, related.map(other => el('li', {}, relatedLink(other))))));
}

function action(name, url) {
  const label = actionNames[name] ?? name;
  if (/^(https?|mailto):/i.test(url)) {
    return el('a', { class: 'button', href: url, target: '_blank', rel: 'noopener noreferrer' }, label);
  }
  if (!/^file:/i.test(url)) {
    return null;
  }
  // Browsers refuse to follow file: links from a web page, so the path is handed over instead.
  const path = decodeURIComponent(url.replace(/^file:\/\//i, ''));
  const copy = el('button', { class: 'button', title: path }, 'Copy path');
  copy.addEventListener('click', async () => {
    await navigator.clipboard?.writeText(path);
    copy.textContent = 'Copied';
  });
  return copy;
}

function relatedLink(other) {
  const title = other.rendered_title ?? other.data?.title ?? other.data?.subject ?? other.data?.name ?? other.identifier;
  return el('button', { class: 'link', onclick: () => preview.onOpen(other.id) },
    icon(typeIcon(other.document_type)), el('span', {}, toText(title)));
}

function showError(error) {
  const isGone = error instanceof ApiError && error.status === 404;
  dialog.replaceChildren(
    el('header', {}, el('p', { class: 'meta' }), el('div', { class: 'tools' }, button('close', 'Close (Esc)', closePreview))),
    el('div', { class: 'content empty' },
      el('h2', {}, isGone ? 'This document is gone' : 'This document cannot be shown'),
      el('p', { class: 'muted' }, isGone ? 'It was deleted, or you may not see it any more.' : error.message)));
}

const button = (name, label, onclick) => el('button', { class: 'tool', 'aria-label': label, title: label, onclick }, icon(name));

dialog.addEventListener('close', () => preview.onClose());
dialog.addEventListener('click', event => {
  if (event.target === dialog) {
    closePreview();
  }
});
dialog.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const act = {
    n: () => dialog.walk?.(1),
    p: () => dialog.walk?.(-1),
    j: () => preview.onMove(1),
    k: () => preview.onMove(-1),
    ArrowRight: () => preview.onMove(1),
    ArrowLeft: () => preview.onMove(-1),
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
