import fc from 'fast-check';
import { type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core';
import plans from 'libphonenumber-js/min/metadata';
import { describe, expect, it } from 'vitest';
import { withoutFormats } from '../../infra/constructs/phone-plans.ts';

const slim = withoutFormats(plans);

function possible(dialled: string, metadata: MetadataJson): string | undefined {
  const number = parsePhoneNumberFromString(dialled, { extract: false }, metadata);
  return number?.isPossible() ? number.number : undefined;
}

describe('the numbering plans in the bundles', () => {
  it('weigh less than half of the whole ones', () => {
    expect(JSON.stringify(slim).length).toBeLessThan(JSON.stringify(plans).length / 2);
  });

  it('read every number as the whole ones do', () => {
    const codes = fc.constantFrom(
      ...Object.keys(plans.country_calling_codes),
      ...Object.keys(plans.nonGeographic),
      '999',
    );
    fc.assert(
      fc.property(codes, fc.stringMatching(/^\d{1,14}$/), (code, national) => {
        expect(possible(`+${code}${national}`, slim)).toBe(possible(`+${code}${national}`, plans));
      }),
      { numRuns: 5000 },
    );
  });
});
