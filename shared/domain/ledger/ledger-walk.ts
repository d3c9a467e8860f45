import { blame, objectDefects } from './blame.ts';
import { type Chained, isSuspect, linkOf } from './chain-link.ts';
import type { CheckpointTrail, Sealed } from './checkpoint-trail.ts';
import type { Defect } from './defect.ts';
import { type Examined, type Examiner, examineObject } from './examine-object.ts';
import { KeyOrder } from './key-order.ts';
import { storedHash } from './merkle.ts';
import { type ObjectHeader, objectNumber } from './object-header.ts';
import { SealVerdicts } from './seal-verdicts.ts';

/** How far a walk came, and what it saw. */
export interface Progress {
  objects: number;
  records: number;
  /** Tree size after the last object that could be read. */
  size: number;
  /** Base64. */
  root: string;
  /** Tree size at the newest checkpoint that agrees. */
  sealedSize: number;
}

/**
 * Walks along the chain with three objects in hand: who broke a link shows only at the one after the next. Each `add` gives the defects
 * that are now certain.
 */
export class LedgerWalk {
  readonly progress: Progress;
  /** Time of the first record that no checkpoint covers yet; empty when there is none. */
  unsealedAt = '';
  readonly #start: Chained;
  readonly #trail: CheckpointTrail;
  readonly #examiner: Omit<Examiner, 'onHeader'>;
  readonly #extra: readonly Sealed[];
  readonly #seals: SealVerdicts;
  readonly #order = new KeyOrder();
  readonly #window: Chained[];
  #lastNumber: number;
  #isStartSeen: boolean;

  /** `extra`: checkpoints that the checker brings beside the stored ones. */
  constructor(start: Chained, trail: CheckpointTrail, examiner: Omit<Examiner, 'onHeader'>, extra: readonly Sealed[]) {
    this.#start = start;
    this.#trail = trail;
    this.#examiner = examiner;
    this.#extra = extra;
    this.#seals = new SealVerdicts(start.number);
    this.#window = [start];
    this.#lastNumber = start.number;
    this.#isStartSeen = start.number < 0;
    const { size = 0, root = '' } = start.end ?? {};
    this.progress = { objects: 0, records: 0, size, root, sealedSize: size };
  }

  /** Number of the last object so far. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  async add(key: string, bytes: Uint8Array): Promise<Defect[]> {
    const number = objectNumber(key);
    if (number === undefined)
      return [{ kind: 'malformed', place: { key }, detail: 'the key is not that of an object' }];
    if (number <= this.#start.number) return this.#passHeld(number, bytes);
    if (number <= this.#lastNumber) return [this.#unordered(number)];
    const defects = this.#missingBefore(number);
    const chained = await this.#examine(number, bytes);
    defects.push(...(await this.#compareSeals(chained)));
    this.#count(chained);
    this.#window.push(chained);
    if (this.#window.length === 3) defects.push(...this.#settleOldest());
    return defects;
  }

  /** The defects that waited for a further object. */
  async end(): Promise<Defect[]> {
    const defects: Defect[] = [];
    while (this.#window.length > 0) defects.push(...this.#settleOldest());
    const beyond = await this.#trail.upTo(Number.POSITIVE_INFINITY);
    defects.push(...this.#trail.takeDefects(), ...this.#seals.end());
    const [newest] = [...beyond, ...this.#extra].sort(
      (a, b) => b.checkpoint.object.number - a.checkpoint.object.number,
    );
    return [...defects, ...this.#missingStart(), ...this.#missingTail(newest)];
  }

  // What lies before a checkpoint that the checker holds is not read again; its last object is known by its hash.
  #passHeld(number: number, bytes: Uint8Array): Defect[] {
    this.#isStartSeen ||= number === this.#start.number;
    if (number < this.#start.number || storedHash(bytes) === this.#start.storedHash) return [];
    const place = { object: number, checkpoint: 'since' };
    return [{ kind: 'forked-checkpoints', place, detail: 'the object is not the one that your checkpoint names' }];
  }

  #unordered(number: number): Defect {
    const kind = number === this.#lastNumber ? 'duplicate' : 'reordered';
    return { kind, place: { object: number }, detail: `it is listed after object ${this.#lastNumber}` };
  }

  #missingBefore(number: number): Defect[] {
    const [object, through] = [this.#lastNumber + 1, number - 1];
    this.#lastNumber = number;
    if (object > through) return [];
    return [{ kind: 'missing-object', place: run(object, through), detail: 'no such object' }];
  }

  async #examine(number: number, bytes: Uint8Array): Promise<Chained> {
    const before = this.#window.at(-1) ?? this.#start;
    let isNeighbour = false;
    const onHeader = (examined: Examined, header: ObjectHeader) => {
      isNeighbour = this.#order.isNeighbour(examined, header, before) && before.number === number - 1;
    };
    const examined = await examineObject(number, bytes, { ...this.#examiner, onHeader });
    const { header } = examined;
    const link = isNeighbour ? linkOf(before, examined) : undefined;
    const end = header === undefined ? undefined : { size: header.size, root: header.root };
    return { ...examined, link, end, isVouched: undefined, contradiction: undefined, blame: 'none' };
  }

  async #compareSeals(object: Chained): Promise<Defect[]> {
    const seals = [...(await this.#trail.upTo(object.number)), ...this.#extra];
    const ours = seals.filter(({ checkpoint }) => checkpoint.object.number === object.number);
    const found = ours.map((sealed) => this.#seals.compare(object, sealed)).filter((defect) => defect !== undefined);
    return [...this.#trail.takeDefects(), ...found];
  }

  #settleOldest(): Defect[] {
    const [left, right, after] = this.#window;
    if (left === undefined) return [];
    if (right !== undefined) blame({ left, right, after });
    this.#window.shift();
    const defects = objectDefects(left, right);
    const isExplained = isSuspect(left) || left.blame !== 'none' || defects.length > left.defects.length;
    this.#countSealed(left);
    return [...defects, ...this.#seals.settle(left, isExplained)];
  }

  #count({ records, end }: Chained): void {
    this.progress.objects += 1;
    this.progress.records += records;
    if (end !== undefined) Object.assign(this.progress, end);
  }

  #countSealed({ isVouched, end, at }: Chained): void {
    if (isVouched === true) {
      this.progress.sealedSize = end?.size ?? this.progress.sealedSize;
      this.unsealedAt = '';
    } else if (this.unsealedAt === '') this.unsealedAt = at;
  }

  #missingStart(): Defect[] {
    if (this.#isStartSeen) return [];
    const place = { object: this.#start.number, checkpoint: 'since' };
    if (this.progress.objects > 0) return [{ kind: 'missing-object', place, detail: 'your checkpoint names it' }];
    return [
      { kind: 'checkpoint-rolled-back', place, detail: 'the ledger ends before the object that your checkpoint names' },
    ];
  }

  #missingTail(newest: Sealed | undefined): Defect[] {
    const through = newest?.checkpoint.object.number ?? -1;
    if (newest === undefined || through <= this.#lastNumber) return [];
    const place = { ...run(this.#lastNumber + 1, through), checkpoint: newest.key };
    return [{ kind: 'missing-object', place, detail: 'a checkpoint seals more than is here' }];
  }
}

function run(object: number, through: number): { object: number; through?: number } {
  return through > object ? { object, through } : { object };
}
