import { expect, test } from 'vitest';
import { eventually } from '../../infra/local/walk/walk.ts';
import { newAddress } from './addresses.ts';
import { http, json, urlencoded } from './http.ts';
import { leaksOf } from './leaks.ts';
import { awaitMail, buttonUrl, check, linksOf, mintLink, optOut, post, press, stack } from './world.ts';

// Other files' tests bear the marker, too: the set-up searches all of it once more when the last one is over.
test('addresses pushed through every path are kept nowhere but in the table and the mailbox', async () => {
  const [person, reader] = [newAddress(), newAddress()];
  const { requestId } = await optOut({ email: person });
  await post('/opt-outs', urlencoded({ address: person, site: 'demo' }));
  await post('/opt-outs', urlencoded({ phone: '+1 202 555 0199' }));
  await post('/opt-outs', urlencoded({ address: `${person}@@`, [person]: person }));
  await post('/v1/opt-outs', json({ email: person, [person]: person, scopes: [person] }));
  await http(`${stack.publicUrl}/u/x`, { headers: { referer: person, 'user-agent': person, cookie: person } });
  await check([person, reader, `${person}@@`]);
  const { url } = await mintLink({ email: reader });
  await press(url);
  const { confirm, undo, receipt } = linksOf(await awaitMail(person));
  await http(receipt);
  await press(confirm);
  await press(buttonUrl((await press(undo)).body, undo));

  const { leaks } = await eventually('the audit record of the last step', async () => {
    const found = await leaksOf(stack, [
      person.toLowerCase(),
      reader.toLowerCase(),
      '2025550199',
      requestId.toLowerCase(),
    ]);
    return found.leaks.some((line) => line.startsWith('audit trail') && line.includes(requestId)) ? found : undefined;
  });
  // The number of the request is the control: it must be found, or the search looks in the wrong place.
  expect(leaks.filter((line) => !line.includes(requestId))).toEqual([]);
  expect(leaks.filter((line) => line.includes('canary'))).toEqual([]);
});
