import { ago, longDate } from './dates.js';
import { el, icon } from './dom.js';
import { toNodes } from './html.js';
import { sourceName, typeIcon, typeName } from './names.js';

/** A list item for each hit; `hrefOf` makes the address that opens a document. */
export const toItems = (hits, hrefOf, onOpen) => hits.map(hit => toItem(hit, hrefOf, onOpen));

function toItem(hit, hrefOf, onOpen) {
  const link = el('a', {
    href: hrefOf(hit.id),
    class: 'title',
    onclick: event => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        onOpen(hit.id);
      }
    },
  });
  const snippet = el('div', { class: 'snippet' }, toNodes(hit.rendered_snippet));
  const heading = snippet.querySelector('.anyfetch-title');
  link.append(heading?.textContent.trim() ? nodesOf(heading) : toNodes(hit.rendered_title));
  heading?.remove();
  if (!link.textContent.trim()) {
    link.textContent = hit.identifier;
  }
  const meta = el('p', { class: 'meta' },
    icon(typeIcon(hit.document_type)),
    el('span', {}, typeName(hit.document_type)),
    el('span', {}, sourceName(hit.provider)),
    el('time', { datetime: hit.modification_date, title: longDate(hit.modification_date) }, ago(hit.modification_date)));
  return el('li', { class: 'result', 'data-id': hit.id }, meta, el('h2', {}, link), snippet);
}

function nodesOf(heading) {
  const fragment = document.createDocumentFragment();
  fragment.append(...heading.childNodes);
  return fragment;
}

/** Grey lines where results will be, for searches that take their time. */
export const skeletons = () => Array.from({ length: 4 }, () => el('li', { class: 'result skeleton', 'aria-hidden': 'true' },
  el('p', { class: 'meta' }), el('h2'), el('div', { class: 'snippet' })));
