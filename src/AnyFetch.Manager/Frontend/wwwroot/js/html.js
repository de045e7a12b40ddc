import { formatDatesIn } from './dates.js';

const banned = 'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, textarea, select, '
  + 'template, audio, video, svg, math';
const safeUrl = /^(https?:|mailto:|tel:|#|\/)/i;
const safeImage = /^(data:image\/(png|jpe?g|gif|webp|bmp);|https?:|\/)/i;

/**
 * Nodes of HTML that the server rendered. The server has made it safe and the page's policy forbids scripts; what is
 * removed here would only fail loudly or look broken.
 */
export function toNodes(html) {
  const body = new DOMParser().parseFromString(html ?? '', 'text/html').body;
  for (const element of body.querySelectorAll(banned)) {
    element.remove();
  }
  for (const element of body.querySelectorAll('*')) {
    clean(element);
  }
  formatDatesIn(body);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
}

/** The text of rendered HTML, for places that hold no markup. */
export const toText = html => toNodes(html).textContent.trim();

function clean(element) {
  for (const { name, value } of [...element.attributes]) {
    const isUrl = name === 'href' && !safeUrl.test(value) || name === 'src' && !safeImage.test(value);
    if (isUrl || name.startsWith('on') || name === 'style' || name === 'id' || name === 'srcset') {
      element.removeAttribute(name);
    }
  }
  if (element.tagName === 'A' && element.hasAttribute('href')) {
    element.target = '_blank';
    element.rel = 'noopener noreferrer';
  }
  if (element.tagName === 'IMG') {
    element.loading = 'lazy';
    element.alt ||= '';
    element.addEventListener('error', () => element.remove());
  }
}
