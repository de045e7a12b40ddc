const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const hour = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** A date as people say it: "3 hours ago" within a week, a calendar date before. */
export function ago(iso, now = Date.now()) {
  const seconds = (new Date(iso) - now) / 1000;
  const steps = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [7 * 86400, 'day', 86400]];
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  return step ? relative.format(Math.round(seconds / step[2]), step[1]) : day.format(new Date(iso));
}

export const longDate = iso => full.format(new Date(iso));

export const monthName = date => month.format(date);

/** Turns the ISO texts of rendered documents into dates of the reader's place; keeps the original beside. */
export function formatDatesIn(root) {
  for (const element of root.querySelectorAll('.anyfetch-date')) {
    formatDate(element, longDate);
  }
  for (const span of root.querySelectorAll('.anyfetch-date-span')) {
    const [first, second] = span.querySelectorAll('.anyfetch-date');
    if (first && second && isSameDay(first.dataset.iso8601, second.dataset.iso8601)) {
      second.textContent = hour.format(new Date(second.dataset.iso8601));
    }
  }
}

function formatDate(element, format) {
  const iso = (element.dataset.iso8601 ?? element.textContent).trim();
  if (!Number.isNaN(Date.parse(iso))) {
    element.dataset.iso8601 = iso;
    element.textContent = format(iso);
  }
}

const isSameDay = (a, b) => a && b && new Date(a).toDateString() === new Date(b).toDateString();
