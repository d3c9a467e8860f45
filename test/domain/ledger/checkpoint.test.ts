import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  checkpointKey,
  checkpointKeySize,
  checkpointOf,
  formatCheckpoint,
  parseCheckpoint,
  sealCheckpoint,
  verifyCheckpoint,
} from '../../../shared/domain/ledger/checkpoint.ts';
import { emptyHead } from '../../../shared/domain/ledger/head.ts';
import { noteKey, parseVkey } from '../../../shared/domain/ledger/note-keys.ts';
import { signNote, verifyNote } from '../../../shared/domain/ledger/signed-note.ts';
import { ORIGIN, ourKey, ourSigner, signer, strangeSigner } from './trail.ts';

const go = JSON.parse(readFileSync(new URL('../../fixtures/ledger/go-tlog.json', import.meta.url), 'utf8')) as {
  text: string;
  both: string;
  ed25519: { vkey: string; note: string };
  ecdsa: { vkey: string; note: string };
};

const checkpoint: Checkpoint = {
  origin: ORIGIN,
  size: 300,
  root: 'kO06c6nHIPh9FM3W7Bi3NDhoMdL4bJXkqIFIXqsfEnQ=',
  object: { number: 4, hash: '0'.repeat(64) },
  time: '2026-11-23T08:00:00Z',
};

const example = {
  // C2SP signed-note's own example.
  vkey: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};

describe('signed note', () => {
  it('verifies the example of the specification', () => {
    expect(verifyNote(example.note, keysOf(example.vkey))).toMatchObject({
      kind: 'verified',
      text: 'This is an example message.\n',
    });
  });

  it.each(['ed25519', 'ecdsa'] as const)('verifies what Go signed with %s', (type) => {
    expect(verifyNote(go[type].note, keysOf(go[type].vkey))).toMatchObject({ kind: 'verified', text: go.text });
  });

  it('signs with Ed25519 byte for byte as Go does', async () => {
    expect(ourKey.vkey).toBe(go.ed25519.vkey);
    expect(await sealCheckpoint(checkpoint, [ourSigner])).toBe(go.ed25519.note);
  });

  it('signs with P-256 and verifies under its own key', async () => {
    const p256 = signer(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
    const { vkey } = noteKey(ORIGIN, p256.publicKey);
    expect(verifyNote(await signNote('text\n', [p256]), keysOf(vkey)).kind).toBe('verified');
  });

  it('ignores signatures of unknown keys beside a known one, and is worth nothing without any', () => {
    expect(verifyNote(go.both, keysOf(go.ecdsa.vkey))).toMatchObject({ kind: 'verified' });
    expect(verifyNote(go.both, [])).toMatchObject({ kind: 'unknown-key' });
  });

  it('is refused whole when one known key refuses', () => {
    const [, ecdsaLine = ''] = go.both
      .split('\n\n— ')
      .join('\n— ')
      .split(/\n(?=— )/)
      .slice(1);
    const broken = go.both.replace(ecdsaLine, ecdsaLine.replace(/.{8}(?==*\n?$)/, 'AAAAAAAA'));
    expect(verifyNote(broken, keysOf(go.ed25519.vkey, go.ecdsa.vkey)).kind).toBe('bad-signature');
  });

  it('is never verified with any character changed', () => {
    const keys = keysOf(go.ed25519.vkey);
    const { note } = go.ed25519;
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 127 }), (place, mask) => {
        const changed = String.fromCharCode(note.charCodeAt(place) ^ mask);
        const verdict = verifyNote(note.slice(0, place) + changed + note.slice(place + 1), keys);
        expect(verdict.kind).not.toBe('verified');
      }),
    );
  });

  it.each([
    ['no blank line', 'text\n— a AAAAAAAA\n'],
    ['no signature', 'text\n\n'],
    ['a hyphen for the dash', 'text\n\n- a AAAAAAAA\n'],
    ['a control character', 'te\u0001xt\n\n— a AAAAAAAA\n'],
    ['a signature without bytes', 'text\n\n— a AAAAAA==\n'],
    ['a name with a plus', 'text\n\n— a+b AAAAAAAA\n'],
    ['more signatures than anybody reads', `text\n\n${'— a AAAAAAAA\n'.repeat(65)}`],
    ['no newline at its end', 'text\n\n— a AAAAAAAA'],
  ])('is malformed with %s', (_, note) => {
    expect(verifyNote(note, []).kind).toBe('malformed');
  });

  it('is not written with a signature that its own key refuses', async () => {
    const wrong = { ...ourSigner, sign: () => Promise.resolve(new Uint8Array(64)) };
    await expect(signNote('text\n', [wrong])).rejects.toThrow(/refuses/);
  });
});

describe('vkey', () => {
  it.each([example.vkey, go.ed25519.vkey, go.ecdsa.vkey])('reads and writes %s', (vkey) => {
    expect(parseVkey(vkey)?.vkey).toBe(vkey);
  });

  it.each([
    ['another id', example.vkey.replace('530d903a', '530d903b')],
    ['an upper-case id', example.vkey.replace('530d903a', '530D903A')],
    ['an unknown type', example.vkey.replace('+Aeky', '+Beky')],
    ['a short key', 'example.com/foo+530d903a+Aeky'],
    ['no name', example.vkey.replace('example.com/foo', '')],
    ['no parts', 'example.com/foo'],
  ])('refuses %s', (_, vkey) => {
    expect(parseVkey(vkey)).toBeUndefined();
  });

  it('refuses keys of other kinds', () => {
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'der', type: 'spki' });
    expect(() => noteKey(ORIGIN, p384)).toThrow(TypeError);
    expect(() => noteKey('a b', ourSigner.publicKey)).toThrow(TypeError);
  });
});

describe('checkpoint', () => {
  it('is written as C2SP tlog-checkpoint with two extension lines', () => {
    expect(formatCheckpoint(checkpoint)).toBe(go.text);
    expect(parseCheckpoint(go.text)).toEqual(checkpoint);
  });

  it('may carry further extension lines', () => {
    expect(parseCheckpoint(`${go.text}more\n`)).toEqual(checkpoint);
  });

  it.each([
    ['a leading zero', go.text.replace('\n300\n', '\n0300\n')],
    ['a size of nothing', go.text.replace('\n300\n', '\n0\n')],
    ['a root of another length', go.text.replace(checkpoint.root, 'AAAA')],
    ['no object line', go.text.replace(/object .*\n/, '')],
    ['no time', go.text.replace(/time .*\n/, '')],
    ['an empty extension line', `${go.text}\n`],
  ])('is none with %s', (_, text) => {
    expect(parseCheckpoint(text)).toBeUndefined();
  });

  it('counts only when the key that has its name signed it', async () => {
    const note = await sealCheckpoint({ ...checkpoint, origin: 'another.example/log' }, [ourSigner]);
    expect(verifyCheckpoint(note, [ourKey]).kind).toBe('unknown-key');
    expect(verifyCheckpoint(await sealCheckpoint(checkpoint, [strangeSigner]), [ourKey]).kind).toBe('unknown-key');
    expect(verifyCheckpoint(await signNote('no checkpoint\n', [ourSigner]), [ourKey]).kind).toBe('malformed');
  });

  it('has a key that lists by size and tells it', () => {
    expect(checkpointKey(300)).toBe('00000000000000000300.checkpoint');
    expect(checkpointKeySize(`checkpoints/${checkpointKey(300)}`)).toBe(300);
    expect(checkpointKeySize('public.key')).toBeUndefined();
  });

  it('is not made of an empty ledger', () => {
    expect(() => checkpointOf(emptyHead(), ORIGIN, checkpoint.time)).toThrow(RangeError);
  });
});

function keysOf(...vkeys: string[]) {
  return vkeys.map(parseVkey).filter((key) => key !== undefined);
}
