import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../shared/domain/ledger/base64.ts';
import { Frontier } from '../../../shared/domain/ledger/frontier.ts';
import { EMPTY_ROOT, leafHash, nodeHash } from '../../../shared/domain/ledger/merkle.ts';
import {
  consistencyProof,
  consistencyRanges,
  inclusionProof,
  inclusionRanges,
} from '../../../shared/domain/ledger/proofs.ts';
import { verifyConsistency, verifyInclusion } from '../../../shared/domain/ledger/verify-proofs.ts';

const go = JSON.parse(readFileSync(new URL('../../fixtures/ledger/go-tlog.json', import.meta.url), 'utf8')) as {
  roots: string[];
  inclusion: { size: number; index: number; proof: string[] }[];
  consistency: { oldSize: number; size: number; proof: string[] }[];
};

const SIZES = 256;
const leaves = Array.from({ length: 300 }, (_, index) => leafHash(Buffer.from(`{"leaf":${index}}`)));
const roots = rootsOf(leaves);
const source = (first: number, end: number) => leaves.slice(first, end);

// certificate-transparency's reference tests: the leaves and the roots of the first one to eight of them.
const REFERENCE_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const REFERENCE_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('tree', () => {
  it('has the known root without leaves', () => {
    expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(new Frontier().root()).toEqual(EMPTY_ROOT);
  });

  it('has the roots of the reference tests', () => {
    const hashes = REFERENCE_LEAVES.map((hex) => leafHash(Buffer.from(hex, 'hex')));
    expect(
      rootsOf(hashes)
        .slice(1)
        .map((root) => Buffer.from(root).toString('hex')),
    ).toEqual(REFERENCE_ROOTS);
  });

  it('has the roots that Go computes, for all sizes up to 300', () => {
    expect(roots.map(toBase64)).toEqual(go.roots);
  });

  it('agrees with the definition by recursion', () => {
    for (let size = 1; size <= SIZES; size += 1) expect(roots[size]).toEqual(treeHash(leaves.slice(0, size)));
  });

  it('refuses a frontier of another size', () => {
    expect(() => new Frontier(3, [EMPTY_ROOT])).toThrow(RangeError);
  });
});

describe('inclusion', () => {
  it('gives the proofs that Go gives', async () => {
    for (const { size, index, proof } of go.inclusion)
      expect((await inclusionProof(size, index, source)).map(toBase64)).toEqual(proof);
  });

  it('is proven for each leaf of each size from 1 to 256, and for no other leaf, place, root or length', () => {
    const wrong = upTo(SIZES).flatMap((size) => upTo(size).filter((count) => !isInclusionSound(size, count - 1)));
    expect(wrong).toEqual([]);
  });

  it('fails with any bit of the proof changed', () => {
    const proofs = fc.integer({ min: 2, max: SIZES }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
    return fc.assert(
      fc.asyncProperty(proofs, fc.nat(), async ([size, index], bit) => {
        const proof = await inclusionProof(size, index, source);
        const bytes = Buffer.concat(proof);
        const at = bit % (bytes.length * 8);
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        const changed = proof.map((_, place) => bytes.subarray(place * 32, place * 32 + 32));
        expect(verifyInclusion({ size, index, leaf: hashAt(index), root: rootAt(size) }, changed)).toBe(false);
      }),
    );
  });

  it('refuses a leaf beyond the tree, and leaves that are not there', async () => {
    await expect(inclusionProof(4, 4, source)).rejects.toThrow(RangeError);
    await expect(inclusionProof(400, 0, source)).rejects.toThrow(RangeError);
    expect(verifyInclusion({ size: 4, index: 4, leaf: hashAt(0), root: rootAt(4) }, [])).toBe(false);
    expect(verifyInclusion({ size: 1, index: -1, leaf: hashAt(0), root: rootAt(1) }, [])).toBe(false);
  });
});

describe('consistency', () => {
  it('gives the proofs that Go gives', async () => {
    for (const { oldSize, size, proof } of go.consistency)
      expect((await consistencyProof(oldSize, size, source)).map(toBase64)).toEqual(proof);
  });

  it('is proven between all sizes from 0 to 256, and with no other root or length', () => {
    const wrong = upTo(SIZES).flatMap((size) =>
      [0, ...upTo(size)].filter((oldSize) => !isConsistencySound(oldSize, size)),
    );
    expect(wrong).toEqual([]);
  });

  it('is never proven backwards', async () => {
    const proof = await consistencyProof(5, 9, source);
    expect(verifyConsistency({ oldSize: 9, oldRoot: rootAt(9), size: 5, root: rootAt(5) }, proof)).toBe(false);
    await expect(consistencyProof(9, 5, source)).rejects.toThrow(RangeError);
  });
});

describe('Base64', () => {
  it.each(['AB==', 'AA', 'AA==\n', ' AA==', 'A-_='])('refuses %j, another spelling of bytes', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function isInclusionSound(size: number, index: number): boolean {
  const proof = inclusionRanges(size, index).map(subtree);
  const claim = { size, index, leaf: hashAt(index), root: rootAt(size) };
  const lies = [
    verifyInclusion({ ...claim, index: index ^ 1 }, proof),
    verifyInclusion({ ...claim, leaf: hashAt(index + 1) }, proof),
    verifyInclusion({ ...claim, root: rootAt(size - 1) }, proof),
    verifyInclusion(claim, [...proof, EMPTY_ROOT]),
    proof.length > 0 && verifyInclusion(claim, proof.slice(1)),
  ];
  return verifyInclusion(claim, proof) && !lies.includes(true);
}

function isConsistencySound(oldSize: number, size: number): boolean {
  const proof = oldSize === 0 ? [] : consistencyRanges(oldSize, size).map(subtree);
  const claim = { oldSize, oldRoot: rootAt(oldSize), size, root: rootAt(size) };
  const other = leafHash(Buffer.from('other'));
  const lies = [
    verifyConsistency({ ...claim, oldRoot: other }, proof),
    // From the empty tree every tree grows: there is nothing to prove, and the root is the signer's word.
    oldSize > 0 && verifyConsistency({ ...claim, root: other }, proof),
    verifyConsistency(claim, [...proof, other]),
  ];
  return verifyConsistency(claim, proof) && !lies.includes(true);
}

function rootsOf(hashes: readonly Uint8Array[]): Uint8Array[] {
  const frontier = new Frontier();
  const grow = (hash: Uint8Array) => {
    frontier.append(hash);
    return frontier.root();
  };
  return [frontier.root(), ...hashes.map(grow)];
}

// RFC 6962 §2.1, word for word.
function treeHash(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined || hashes.length === 1) return first ?? EMPTY_ROOT;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)));
}

// Few ranges serve all proofs: each is hashed once.
const subtrees = new Map<string, Uint8Array>();
function subtree([first, end]: readonly [number, number]): Uint8Array {
  const root = subtrees.get(`${first}-${end}`) ?? treeHash(leaves.slice(first, end));
  subtrees.set(`${first}-${end}`, root);
  return root;
}

function rootAt(size: number): Uint8Array {
  return roots[size] ?? EMPTY_ROOT;
}

function hashAt(index: number): Uint8Array {
  return leaves[index] ?? EMPTY_ROOT;
}
