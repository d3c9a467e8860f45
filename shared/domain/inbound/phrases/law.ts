import type { Intent } from './phrases.ts';

const ARTICLE = 'art|article|artikel|artículo|articolo|artigo|artikels|paragraph';
const LAW = 'gdpr|dsgvo|ds_gvo|rgpd|avg|rodo';
const cited = (number: number) => [`${ARTICLE} ${number} ~ ${LAW}`, `${LAW} ~ ${ARTICLE} ${number}`];

/** Rights by their article of Regulation (EU) 2016/679, which letters in every language cite. */
export const LAW_PHRASES: Readonly<Partial<Record<Intent, readonly string[]>>> = {
  erasure: cited(17),
  objection: cited(21),
  access: cited(15),
  complaint: cited(77),
};
