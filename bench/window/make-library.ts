import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

import { catalogPath } from '../../electron/service/catalog/catalog-files.ts';
import { foldName, stemKey } from '../../electron/service/library/folder-names.ts';
import { folderOf } from '../../electron/service/library/library-layout.ts';
import { withFacts } from '../../electron/service/previews/preview-file.ts';
import { eachInTurn } from './each-in-turn.ts';
import { assetAt, capturedLocals, type SyntheticAsset } from './synthetic-assets.ts';

/** Of ext4, which allows 65,000 names of one file. */
const NAMES_PER_FILE = 50_000;

interface TilePicture {
  readonly file: Buffer;
  readonly width: number;
  readonly height: number;
  readonly thumbhash: string;
}

/**
 * Fills the catalog of a service that is not running with assets over twenty years, and the folder of its previews with
 * their tiles. Journal and originals know nothing of them: the timeline looks at neither. Every asset has bytes of its
 * own, as in life, and a tile under its own name; the tiles are a bounded number of pictures that go by many names.
 */
export async function fillTimeline(options: {
  readonly dataFolder: string;
  readonly deviceId: string;
  readonly assetCount: number;
  /** Different pictures; each is the tile of many assets. */
  readonly pictureCount: number;
}): Promise<void> {
  const { dataFolder, deviceId, assetCount, pictureCount } = options;
  const pictures = await drawTiles(pictureCount);
  const tiles = new TileNames(join(dataFolder, 'previews'), pictures);
  const database = new Database(catalogPath(dataFolder));
  try {
    // Nothing is lost when this is cut off: the folder is made anew.
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -800000']) {
      database.pragma(pragma);
    }
    const later = setAside(database);
    const record = recorder(database, pictures);
    database.exec('BEGIN');
    for (const [index, local] of capturedLocals(assetCount).entries()) {
      const asset = assetAt(index, local, deviceId, pictures.length);
      record(asset);
      tiles.name(asset);
    }
    database.exec('COMMIT');
    for (const sql of later) database.exec(sql);
    database.exec(`DELETE FROM day_counts;
      INSERT INTO day_counts
        SELECT substr(captured_local, 1, 10) AS day, count(*) FROM assets GROUP BY day;
      DELETE FROM arrivals;
      INSERT INTO arrivals SELECT stored_at / 900000, count(*), sum(byte_count) FROM resources GROUP BY 1;`);
    database.pragma('journal_mode = WAL');
  } finally {
    database.close();
  }
}

/** Takes away what is made in a fraction of the time when the rows are there, and gives what makes it. */
function setAside(database: Database.Database): string[] {
  const rows = database
    .prepare(
      `SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
       AND tbl_name IN ('assets', 'resources', 'previews', 'media', 'asset_parts')`,
    )
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of rows) database.exec(`DROP ${type} ${name}`);
  return rows.map(({ sql }) => sql);
}

/** Writes what the service would know of an asset. */
function recorder(
  database: Database.Database,
  pictures: readonly TilePicture[],
): (asset: SyntheticAsset) => void {
  const assets = database.prepare(
    `INSERT INTO assets (asset_id, captured_local, capture_source, shown_receipt_id, kinds)
     VALUES (?, ?, 'exif', ?, ?)`,
  );
  const parts = database.prepare('INSERT INTO asset_parts (part_id, asset_id) VALUES (?, ?)');
  const resources = database.prepare(
    `INSERT INTO resources (receipt_id, asset_id, device_id, asset_key, resource_type, path, path_key, folder_key,
       stem_key, byte_count, sha256, stored_at, receipt, part_id, role, taken_local)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const media = database.prepare(
    `INSERT INTO media (sha256, kind, media_type, width, height, duration_ms, thumbhash)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const previews = database.prepare(
    `INSERT INTO previews (sha256, kind, state, priority, queued_at, attempts)
     VALUES (?, 'tile', 'ready', 0, ?, 1)`,
  );
  return ({ receipt, picture, durationMs }) => {
    const { assetId, receiptId, sha256, path } = receipt;
    const isVideo = durationMs !== undefined;
    const { width, height, thumbhash } = eachInTurn(pictures, picture);
    const { local } = receipt.captureTime;
    assets.run(assetId, local, receiptId, isVideo ? '["video"]' : '["photo"]');
    parts.run(assetId, assetId);
    resources.run(
      receiptId,
      assetId,
      receipt.deviceId,
      receipt.assetKey,
      receipt.resourceType,
      path,
      foldName(path),
      foldName(folderOf(path)),
      stemKey(path),
      receipt.byteCount,
      sha256,
      receipt.storedAt,
      JSON.stringify(receipt),
      assetId,
      isVideo ? 'movie' : 'still',
      local,
    );
    media.run(
      sha256,
      isVideo ? 'video' : 'photo',
      isVideo ? 'video/quicktime' : 'image/heic',
      width * 6,
      height * 6,
      durationMs ?? null,
      thumbhash,
    );
    previews.run(sha256, receipt.storedAt);
  };
}

/** Gives tiles the names that the preview cache looks for. */
class TileNames {
  readonly #folder: string;
  readonly #pictures: readonly TilePicture[];
  readonly #uses = new Map<number, { count: number; path: string }>();

  constructor(folder: string, pictures: readonly TilePicture[]) {
    this.#folder = folder;
    this.#pictures = pictures;
    mkdirSync(join(folder, 'made'), { recursive: true });
    for (let first = 0; first < 256; first++) {
      mkdirSync(join(folder, first.toString(16).padStart(2, '0')), { recursive: true });
    }
  }

  name({ receipt: { sha256 }, picture }: SyntheticAsset): void {
    let use = this.#uses.get(picture);
    if (use === undefined || use.count === NAMES_PER_FILE) {
      this.#uses.set(picture, (use = { count: 0, path: this.#write(sha256, picture) }));
    }
    use.count += 1;
    linkSync(use.path, join(this.#folder, sha256.slice(0, 2), `${sha256}-tile.webp`));
  }

  #write(sha256: string, picture: number): string {
    const { file, width, height, thumbhash } = eachInTurn(this.#pictures, picture);
    const source = { sourceWidth: width * 6, sourceHeight: height * 6 };
    const path = join(this.#folder, 'made', `${sha256}.webp`);
    writeFileSync(path, withFacts(file, { width, height, ...source, thumbhash, quality: 'full' }));
    return path;
  }
}

const SHAPES = [
  [640, 480],
  [640, 480],
  [480, 640],
  [640, 360],
  [640, 640],
] as const;

/** Pictures with as much in them as photos of this size have: soft colours with noise over them. */
async function drawTiles(count: number): Promise<readonly TilePicture[]> {
  const tiles: TilePicture[] = [];
  for (let number = 0; number < count; number++) {
    const [width, height] = eachInTurn(SHAPES, number);
    const seeds = createHash('sha256').update(`picture ${number}`).digest();
    const soft = sharp(seeds.subarray(0, 27), { raw: { width: 3, height: 3, channels: 3 } });
    const noise = { type: 'gaussian', mean: 128, sigma: 14 } as const;
    const background = await soft
      .resize(width, height, { fit: 'fill', kernel: 'cubic' })
      .composite([
        {
          input: await sharp({
            create: { width, height, channels: 3, background: '#808080', noise },
          })
            .blur(0.8)
            .png()
            .toBuffer(),
          blend: 'soft-light',
        },
      ])
      .png()
      .toBuffer();
    const file = await sharp(background).webp({ quality: 75, effort: 2 }).toBuffer();
    const small = await sharp(background)
      .resize(100, 100, { fit: 'inside' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data);
    tiles.push({ file, width, height, thumbhash: Buffer.from(hash).toString('base64') });
  }
  return tiles;
}
