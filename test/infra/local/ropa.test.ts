import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../infra/config.ts';
import { ropaFiles } from '../../../infra/local/ropa.ts';
import { writtenRopa } from '../../../infra/written-ropa.ts';
import { LOCALES } from '../../../shared/settings.ts';
import { pageErrors } from '../../views/validate.ts';

const config = readConfig({});
const files = ropaFiles(config);

describe('npm run ropa', () => {
  it('writes the record, and a valid page of it in every language of the stage (GD-08)', () => {
    expect(Object.keys(files)).toEqual(['ropa.json', ...LOCALES.map((locale) => `ropa.${locale}.html`)]);
    expect(JSON.parse(String(files['ropa.json']))).toEqual(writtenRopa(config));
    for (const locale of LOCALES) expect(pageErrors(String(files[`ropa.${locale}.html`]))).toEqual([]);
  });

  it.each([
    ['en', '8 years after the end of the year in which the contract ended'],
    ['de', 'Ende des Jahres des Vertragsendes + 8 Jahre'],
    ['fr', 'Fin de l’année où le contrat s’est terminé + 8 ans'],
    ['es', 'Fin del año en que terminó el contrato + 8 años'],
    ['it', 'Fine dell’anno in cui è terminato il contratto + 8 anni'],
    ['nl', 'Einde van het jaar waarin de overeenkomst eindigde + 8 jaar'],
    ['pl', 'Koniec roku zakończenia umowy + 8 lat'],
    ['pt', 'Fim do ano em que o contrato terminou + 8 anos'],
    ['sv', 'Slutet av året då avtalet upphörde + 8 år'],
    ['da', 'Udgangen af året for kontraktens ophør + 8 år'],
    ['cs', 'Konec roku skončení smlouvy + 8 let'],
    ['ja', '契約が終了した年の末日から 8 年'],
  ])('says in %s until when: %s', (locale, words) => {
    expect(files[`ropa.${locale}.html`]?.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toContain(words);
  });

  it('leaves the texts of the schedule in the language in which they are written', () => {
    const accountability = { writtenIn: 'de', dataProtectionOfficer: 'Petra Muster' };
    const page = ropaFiles({ ...config, accountability })['ropa.fr.html'];
    expect(page).toContain('<html lang="fr" dir="ltr">');
    expect(page).toContain('<span lang="de">Petra Muster</span>');
    expect(page).toContain('<span lang="de">Bookkeeping and taxes</span>');
  });
});
