const LINK = /https?:\/\/[^\s<>"']+/g;
const TRAILING = /[.,;:!?)\]]+$/;

/** The links of a text, each once, without the punctuation after them. */
export const linksIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(LINK)].map(([link]) => link.replace(TRAILING, ''))),
];
