const types = {
  document: ['Document', 'Documents', 'document'],
  file: ['File', 'Files', 'file'],
  image: ['Image', 'Images', 'image'],
  email: ['E-mail', 'E-mails', 'email'],
  'email-thread': ['Conversation', 'Conversations', 'email'],
  contact: ['Person', 'People', 'contact'],
  event: ['Event', 'Events', 'event'],
  'trello-card': ['Card', 'Cards', 'card'],
};

export const typeName = type => types[type?.name]?.[0] ?? type?.name ?? 'Document';

export const typePlural = type => types[type?.name]?.[1] ?? type?.name ?? 'Documents';

export const typeIcon = type => types[type?.name]?.[2] ?? 'file';

/** What people call a source: its account, else its application. */
export function sourceName(provider) {
  return provider?.account_name || provider?.client?.name || 'Sent by you';
}

const number = new Intl.NumberFormat();

export const count = (value, one, many) => `${number.format(value)} ${value === 1 ? one : many}`;

export const digits = value => number.format(value);
