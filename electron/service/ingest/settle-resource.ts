import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FolderTemplate } from '../../../shared/folder-template.ts';
import {
  isInTrash,
  type Location,
  type Receipt,
  type SeenInFile,
} from '../../../shared/receipt.ts';
import { groupingFacts, type GroupingFacts } from '../assets/grouping/grouping-facts.ts';
import { locksOfShot } from '../assets/grouping/locks-of-shot.ts';
import { chooseCaptureTime, type OffsetAt } from '../assets/choose-capture-time.ts';
import { extensionOf } from '../assets/media-extension.ts';
import { anchorGrade, anchorOf, siblingsFor } from '../assets/anchor.ts';
import { originalPlace, type OriginalPlace } from '../assets/original-place.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import {
  assetOfKey,
  firstReceiptsOfAsset,
  isPathFree,
  movedOn,
  receiptById,
} from '../catalog/receipt-queries.ts';
import { assetOfPart, partsOfAsset } from '../catalog/regroup.ts';
import { isStemFree } from '../catalog/stem-queries.ts';
import { partedFrom, relativesOf } from '../catalog/tie-rows.ts';
import { bringTogether, type TogetherParts } from '../filing/bring-together.ts';
import type { JobUpload } from '../jobs/job-upload.ts';
import { assetLock } from '../library/asset-lock.ts';
import { folderOf } from '../library/library-layout.ts';
import type { Library } from '../library/open-library.ts';

import { subjectOf, type ResourceAnnouncement, type StoredOutcome } from './incoming-resource.ts';
import { placeResource, type ReceiptDraft } from './place-resource.ts';
import { recogniseHash, type OnReread } from './recognise.ts';
import type { StagedBytes, StagedFile } from './staged-file.ts';

/** What the decoder read from a file's own header; absent when it could not or took too long. */
export interface SeenHeader {
  readonly mediaType: string;
  readonly kind: 'photo' | 'video' | 'file';
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly capturedAt?: Parameters<typeof chooseCaptureTime>[0]['capturedAt'];
  readonly utcCreatedAt?: number | undefined;
  readonly location?: Location | undefined;
  readonly contentId?: string | undefined;
  readonly burstId?: string | undefined;
  readonly camera?: string | undefined;
  readonly isCutOff?: true | undefined;
}

export interface SettleParts {
  readonly library: Library;
  readonly catalog: CatalogReader;
  readonly ledger: Ledger;
  /** Moves files that came before the photo they belong to. */
  readonly mover: TogetherParts['mover'];
  readonly clock: Clock;
  /** Reads a file's own header, bounded in time; never throws. */
  readonly readHeader: (path: string) => Promise<SeenHeader | undefined>;
  /** Hears of every change of what is here, after it is durable. */
  readonly onRecorded: (receipt: Receipt, header: SeenHeader | undefined) => void;
  readonly onLinked: (receipt: Receipt) => void;
  /** Hears what re-reading a file for which bytes came again found. */
  readonly onReread?: OnReread;
  /** Asked once all bytes are here, however long they took: trust may have been taken away meanwhile. */
  readonly mayStore?: (deviceId: string) => boolean;
  /** Takes the photo of a file out of the trash, since it was sent anew. */
  readonly restore?: (receipt: Receipt) => Promise<void>;
  /** Where originals go. */
  readonly template: () => FolderTemplate;
  readonly offsetAt?: OffsetAt;
  readonly log?: Logger;
}

/**
 * Takes a resource all of whose bytes are in staging to its end: prove, recognise, place, record. Two of the same
 * asset, or of the same bytes, go one after the other.
 */
export class ResourceSettler {
  readonly #parts: SettleParts;

  constructor(parts: SettleParts) {
    this.#parts = parts;
  }

  /**
   * Resolves when the resource is safe. @throws RoostError with the reason; then nothing of it stands in the
   * library.
   */
  async settle(
    announced: ResourceAnnouncement,
    staged: StagedFile,
    bytes: StagedBytes,
    job: JobUpload,
  ): Promise<StoredOutcome> {
    if (this.#parts.mayStore?.(announced.deviceId) === false) {
      throw new RoostError('auth/token-invalid');
    }
    prove(announced, bytes);
    job.renamed(subjectOf(announced));
    using locks = new DisposableStack();
    const { library } = this.#parts;
    locks.use(await library.locks.acquire(assetLock(announced)));
    locks.use(await library.locks.acquire(`bytes ${bytes.sha256}`));
    return (
      (await this.#recognise(announced, bytes, job)) ??
      (await this.#store(announced, staged, bytes, job))
    );
  }

  async #recognise(
    announced: ResourceAnnouncement,
    bytes: StagedBytes,
    job: JobUpload,
  ): Promise<StoredOutcome | undefined> {
    const { library, catalog, ledger, clock, onLinked, onReread } = this.#parts;
    const known = await recogniseHash(library, catalog, announced, bytes.sha256, onReread);
    if (!known) return undefined;
    const { receipt } = known;
    // What stays in the trash may be given up any moment: these bytes are then kept for themselves.
    if (known.result === 'duplicate' && !(await this.#isOutOfTrash(receipt))) return undefined;
    const assetId = this.#assetFor(announced) ?? assetOfDuplicate(announced, receipt);
    if (known.result === 'duplicate') {
      await ledger.record({
        entry: 'link',
        linkId: randomUUID(),
        linkedAt: clock.now(),
        receiptId: receipt.receiptId,
        assetId,
        deviceId: announced.deviceId,
        assetKey: announced.assetKey,
        resourceType: announced.resourceType,
        told: announced.told,
        ...(bytes.sha1 !== undefined && { sha1: bytes.sha1 }),
        jobId: job.jobId,
        startedAt: job.startedAt,
      });
      this.#tell(() => onLinked(receipt));
    }
    return {
      result: known.result,
      receipt: movedOn(catalog, receipt) ?? receipt,
      assetId,
    };
  }

  async #store(
    announced: ResourceAnnouncement,
    staged: StagedFile,
    bytes: StagedBytes,
    job: JobUpload,
  ): Promise<StoredOutcome> {
    const { library, catalog, ledger, clock, readHeader, onRecorded, offsetAt } = this.#parts;
    staged.flush();
    const header = await readHeader(staged.path);
    const captureTime = chooseCaptureTime(header ?? {}, announced.told, clock.now(), offsetAt);
    const draft = {
      assetId: this.#assetFor(announced) ?? randomUUID(),
      deviceId: announced.deviceId,
      assetKey: announced.assetKey,
      resourceType: announced.resourceType,
      captureTime,
      told: announced.told,
      ...(header && { seen: seenInFile(header) }),
      ...(bytes.sha1 !== undefined && { sha1: bytes.sha1 }),
      jobId: job.jobId,
      startedAt: job.startedAt,
    };
    const facts = groupingFacts(draft);
    using locks = new DisposableStack();
    // Files of one asset under several keys may arrive at once; the later one must see where the first went.
    for (const shared of locksOfShot(facts)) locks.use(await library.locks.acquire(shared));
    const kin = kinOf(catalog, facts);
    const placeOf = (file: ReceiptDraft, siblings: readonly Receipt[]): OriginalPlace =>
      originalPlace({
        template: this.#parts.template(),
        camera: file.seen?.camera,
        deviceFolder: announced.deviceFolder,
        resourceType: file.resourceType,
        fileName: file.told.fileName,
        captureTime: file.captureTime,
        extension: extensionOf(file.seen?.mediaType ?? file.told.contentType),
        siblings,
      });
    const place = placeOf(draft, siblingsFor(draft, kin.receipts));
    const receipt = await placeResource(library, staged, bytes, draft, place, {
      mayUsePath: (path) =>
        isPathFree(catalog, path, bytes.sha256) &&
        isStemFree(catalog, folderOf(path), path, kin.assetIds),
      isNewStem: kin.receipts.length === 0,
      record: async (placed) => {
        const durable = { ...placed, storedAt: clock.now() };
        await ledger.record({ entry: 'receipt', ...durable });
        return durable;
      },
      onRecordedLate: (late) => this.#tell(() => onRecorded(late, header)),
    });
    // Only the first anchor gives a home to what came before it; a recipe may have been placed while its photo was.
    const mayMove = anchorGrade(draft) === 'anchor' || facts.role === 'recipe';
    if (mayMove && !anchorOf(kin.receipts)) {
      await this.#bringTogether(receipt, (file, anchor) => placeOf(file, [anchor]));
    }
    this.#tell(() => onRecorded(receipt, header));
    return { result: 'stored', receipt, assetId: receipt.assetId };
  }

  /** What came before its photo is moved beside it now. Where the disk refuses, it stays where it is, as safe. */
  async #bringTogether(
    { assetId }: Receipt,
    placeBeside: TogetherParts['placeBeside'],
  ): Promise<void> {
    const { catalog, mover, log } = this.#parts;
    try {
      await bringTogether({ catalog, mover, placeBeside }, assetOfPart(catalog, assetId));
    } catch (error) {
      log?.warn({ err: error }, 'files of an asset could not be brought together');
    }
  }

  /** Brings a file back that lies in the trash; it was sent by somebody who has it still. */
  async #isOutOfTrash(receipt: Receipt): Promise<boolean> {
    if (!isInTrash(receipt.path)) return true;
    const { catalog, restore, log } = this.#parts;
    try {
      await restore?.(receipt);
    } catch (error) {
      log?.warn({ err: error }, 'a photo that was sent again stays in the trash');
    }
    const now = receiptById(catalog, receipt.receiptId);
    return now !== undefined && !isInTrash(now.path);
  }

  /** Lets others know of what is durable already: whatever they make of it, the upload ended well. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#parts.log?.error({ err: error }, 'a stored resource could not be shown yet');
    }
  }

  #assetFor(announced: ResourceAnnouncement): string | undefined {
    return assetOfKey(this.#parts.catalog, announced.deviceId, announced.assetKey);
  }
}

/** What is kept of a header beside the receipt. */
function seenInFile({ mediaType, contentId, burstId, camera }: SeenHeader): SeenInFile {
  return {
    mediaType,
    ...(contentId !== undefined && { contentId }),
    ...(burstId !== undefined && { burstId }),
    ...(camera !== undefined && { camera }),
  };
}

/** The assets that a resource will belong to, with their files, oldest first: its own key's, and what ties it to others. */
function kinOf(
  catalog: CatalogReader,
  facts: GroupingFacts,
): { readonly assetIds: readonly string[]; readonly receipts: readonly Receipt[] } {
  const own = assetOfPart(catalog, facts.partId);
  const ownReceipts = firstReceiptsOfAsset(catalog, own);
  const tied = tiedAssets(catalog, facts);
  // What a person took out of an asset is not put back beside it.
  const parted = new Set(
    partedFrom(catalog, facts.partId).map(({ other }) => assetOfPart(catalog, other)),
  );
  const others = [...new Set(tied)].filter((id) => id !== own && !parted.has(id));
  return {
    assetIds: [own, ...others],
    receipts: [...ownReceipts, ...others.flatMap((id) => firstReceiptsOfAsset(catalog, id))],
  };
}

/** What was only sent with it counts where nothing else could be meant. */
function tiedAssets(catalog: CatalogReader, facts: GroupingFacts): string[] {
  const relatives = relativesOf(catalog, facts).map(({ partId, why }) => ({
    assetId: assetOfPart(catalog, partId),
    isGuess: why === 'sent-with',
  }));
  const sure = relatives.filter(({ isGuess }) => !isGuess).map(({ assetId }) => assetId);
  const guessed = new Set(relatives.filter(({ isGuess }) => isGuess).map(({ assetId }) => assetId));
  if (facts.role === 'recipe') return sure.length === 0 && guessed.size === 1 ? [...guessed] : sure;
  const alone = [...guessed].filter((assetId) => partsOfAsset(catalog, assetId).length <= 1);
  return [...sure, ...alone];
}

function prove(announced: ResourceAnnouncement, bytes: StagedBytes): void {
  if (bytes.byteCount === 0) throw new RoostError('upload/empty-body');
  const { expectedByteCount, digests } = announced;
  if (expectedByteCount !== undefined && expectedByteCount !== bytes.byteCount) {
    throw new RoostError(
      'upload/length-mismatch',
      `${bytes.byteCount} bytes arrived instead of ${expectedByteCount}.`,
    );
  }
  const wrongSha256 = digests.sha256 !== undefined && digests.sha256 !== bytes.sha256;
  const wrongSha512 = digests.sha512 !== undefined && digests.sha512 !== bytes.sha512;
  const wrongSha1 = digests.sha1 !== undefined && digests.sha1 !== bytes.sha1;
  if (wrongSha256 || wrongSha512 || wrongSha1) throw new RoostError('upload/digest-mismatch');
}

/**
 * The asset of a key whose first resource is here already. Only the picture itself says that it is the same asset:
 * an edit recipe or the movie half may be alike in two, whose photos would then count as versions of one another.
 * Else the key gets an asset of its own, which is seen once something is stored for it. A key that shares an
 * asset and later sends another picture adds a version to it: the newest is shown, the others stay.
 */
function assetOfDuplicate(announced: ResourceAnnouncement, receipt: Receipt): string {
  const { resourceType: type } = announced;
  const isPicture = type === 'photo' || type === 'video';
  return isPicture && type === receipt.resourceType ? receipt.assetId : randomUUID();
}
