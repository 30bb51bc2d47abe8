import { afterEach, expect, it } from 'vitest';

import { failure, type HeaderResult } from '../decoder/decoder-protocol.ts';
import type { Exiftool, ExiftoolAnswer } from '../decoder/metadata/start-exiftool.ts';

import {
  type MetadataQueue,
  type MetadataQueueOptions,
  startMetadataQueue,
} from './metadata-queue.ts';
import type { MetadataReading, MetadataStore, WaitingMetadata } from './metadata-store.ts';

/** A store in memory, whose files are named by one word each. */
class MemoryMetadataStore implements MetadataStore {
  readonly waiting: string[] = [];
  readonly saved = new Map<string, MetadataReading>();
  readonly versions: string[] = [];

  nextWaiting(): WaitingMetadata | undefined {
    const sha256 = this.waiting.at(-1);
    if (sha256 === undefined) return undefined;
    return { sha256, absolutePath: `/${sha256}`, told: {}, storedAt: Date.UTC(2026, 10, 21) };
  }

  enqueue(sha256: string): void {
    this.waiting.push(sha256);
  }

  save(sha256: string, reading: MetadataReading): void {
    this.waiting.splice(this.waiting.indexOf(sha256), 1);
    this.saved.set(sha256, reading);
  }

  hasReasons(): boolean {
    return [...this.saved.values()].some(({ reason }) => reason !== undefined);
  }

  requeueForVersion(version: string): void {
    this.versions.push(version);
  }
}

const HEADER: HeaderResult = {
  ok: true,
  header: {
    mediaType: 'image/jpeg',
    kind: 'photo',
    width: 40,
    height: 30,
    capturedAt: { local: '2021-06-05T04:03:02', source: 'exif' },
  },
};
const TAGS: ExiftoolAnswer = { ok: true, tags: { 'ExifIFD:ISO': 80, 'IFD0:Make': 'Canon' } };

function exiftoolThat(
  read: (path: string) => ExiftoolAnswer | Promise<ExiftoolAnswer>,
): Pick<Exiftool, 'read' | 'version'> {
  return {
    read: (path) => Promise.resolve(read(path)),
    version: () => Promise.resolve({ ok: true, version: '13.59' }),
  };
}

const open: MetadataQueue[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
});

interface Started {
  readonly queue: MetadataQueue;
  readonly store: MemoryMetadataStore;
  /** Resolves when so many files in all were read. */
  readonly read: (count: number) => Promise<string[]>;
}

function started(
  options: Partial<MetadataQueueOptions> = {},
  waiting: readonly string[] = [],
): Started {
  const store = new MemoryMetadataStore();
  store.waiting.push(...waiting);
  const told: string[] = [];
  let notify = (): void => undefined;
  const queue = startMetadataQueue({
    readHeader: () => Promise.resolve(HEADER),
    exiftool: exiftoolThat(() => TAGS),
    store,
    onRead: (sha256) => {
      told.push(sha256);
      notify();
    },
    isLibraryPresent: () => Promise.resolve(true),
    offsetAt: () => 60,
    retryAfterMs: 1,
    ...options,
  });
  open.push(queue);
  const read = (count: number): Promise<string[]> =>
    new Promise((resolve) => {
      notify = () => {
        if (told.length >= count) resolve(told);
      };
      notify();
    });
  return { queue, store, read };
}

it('reads what was left waiting, the last first, and tells of each', async () => {
  const { read, store } = started({}, ['a', 'b', 'c']);
  expect(await read(3)).toEqual(['c', 'b', 'a']);
  expect(store.saved.get('a')).toEqual({
    state: 'ready',
    toolVersion: '13.59',
    metadata: {
      mediaType: 'image/jpeg',
      imageWidth: 40,
      imageHeight: 30,
      dates: [{ tag: 'exif:dateTimeOriginal', local: '2021-06-05T04:03:02' }],
      iso: 80,
      make: 'Canon',
      camera: 'Canon',
    },
    captureTime: { local: '2021-06-05T04:03:02', source: 'exif' },
  });
  expect(store.versions).toEqual(['13.59']);
});

it('reads what comes later', async () => {
  const { queue, read } = started();
  queue.enqueue('a');
  await read(1);
  queue.enqueue('b');
  expect(await read(2)).toEqual(['a', 'b']);
});

it('starts no program when there is nothing to do', async () => {
  let askedCount = 0;
  const exiftool = {
    ...exiftoolThat(() => TAGS),
    version: () => {
      askedCount += 1;
      return Promise.resolve({ ok: true, version: '13.59' } as const);
    },
  };
  const { queue } = started({ exiftool });
  await queue.close();
  expect(askedCount).toBe(0);
});

it('begins nothing while it is paused', async () => {
  let letGo = (): void => undefined;
  let isAsked = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const { queue, read, store } = started(
    {
      exiftool: exiftoolThat(async () => {
        isAsked();
        await held;
        return TAGS;
      }),
    },
    ['b', 'a'],
  );
  await asked;
  queue.pause();
  letGo();
  expect(await read(1)).toEqual(['a']);
  queue.enqueue('c');
  expect(store.waiting).toEqual(['b', 'c']);
  queue.resume();
  expect(await read(3)).toEqual(['a', 'c', 'b']);
});

it('goes by the header, and says why, where there is no Perl', async () => {
  const exiftool: Pick<Exiftool, 'read' | 'version'> = {
    read: () => Promise.resolve({ ok: false, reason: 'no-perl', detail: 'none' }),
    version: () => Promise.resolve({ ok: false, reason: 'no-perl', detail: 'none' }),
  };
  const warnings: string[] = [];
  const log = { warn: (_: object, message: string) => warnings.push(message) };
  const { read, store } = started({ exiftool, log }, ['b', 'a']);
  await read(2);
  expect(warnings).toHaveLength(1);
  expect(store.saved.get('a')).toMatchObject({
    state: 'ready',
    reason: 'no-perl',
    metadata: { imageWidth: 40 },
    captureTime: { local: '2021-06-05T04:03:02' },
  });
  expect(store.saved.get('a')?.toolVersion).toBeUndefined();
});

it('tries a file twice that exiftool fails at, keeps what its header says, and goes on', async () => {
  const asked: string[] = [];
  const exiftool = exiftoolThat((path) => {
    asked.push(path);
    return path === '/b' ? { ok: false, reason: 'took-too-long', detail: 'long' } : TAGS;
  });
  const { read, store } = started({ exiftool }, ['a', 'b', 'c']);
  await read(3);
  expect(store.saved.get('b')).toMatchObject({
    state: 'failed',
    reason: 'took-too-long',
    toolVersion: '13.59',
    metadata: { imageWidth: 40 },
  });
  expect(store.saved.get('a')?.state).toBe('ready');
  expect(asked).toEqual(['/c', '/b', '/b', '/a']);
});

it('reads with exiftool what the header reader cannot', async () => {
  const { read, store } = started(
    { readHeader: () => Promise.resolve(failure('decoder-crashed', 'crash')) },
    ['a'],
  );
  await read(1);
  expect(store.saved.get('a')).toMatchObject({ state: 'ready', metadata: { iso: 80 } });
});

it('asks exiftool nothing about an edit recipe', async () => {
  const asked: string[] = [];
  const { read, store } = started(
    {
      readHeader: () =>
        Promise.resolve({ ok: true, header: { mediaType: 'application/x-plist', kind: 'file' } }),
      exiftool: exiftoolThat((path) => {
        asked.push(path);
        return TAGS;
      }),
    },
    ['a'],
  );
  await read(1);
  expect(asked).toEqual([]);
  expect(store.saved.get('a')).toMatchObject({
    state: 'ready',
    captureTime: { source: 'arrival' },
  });
});

it('waits while the drive is gone, and says so of a file that is gone alone', async () => {
  let isPresent = false;
  let askedCount = 0;
  const { read, store } = started(
    {
      readHeader: () => Promise.resolve(failure('file-unreadable', 'ENOENT')),
      isLibraryPresent: () => {
        askedCount += 1;
        isPresent = askedCount > 3;
        return Promise.resolve(isPresent);
      },
    },
    ['a'],
  );
  await read(1);
  expect(askedCount).toBe(4);
  expect(store.saved.get('a')).toMatchObject({ state: 'failed', reason: 'file-unreadable' });
});

it('tries again after something failed that nobody foresaw', async () => {
  let failureCount = 2;
  const { queue, read } = started({
    readHeader: () => {
      failureCount -= 1;
      if (failureCount >= 0) throw new Error('unforeseen');
      return Promise.resolve(HEADER);
    },
  });
  queue.enqueue('a');
  expect(await read(1)).toEqual(['a']);
});

it('saves nothing of a file in work when it closes', async () => {
  let letGo = (): void => undefined;
  let isAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const { queue, store } = started(
    {
      exiftool: exiftoolThat(
        () =>
          new Promise((resolve) => {
            letGo = () => resolve({ ok: false, reason: 'no-exiftool', detail: 'closing' });
            isAsked();
          }),
      ),
    },
    ['a'],
  );
  await asked;
  const closed = queue.close();
  letGo();
  await closed;
  expect(store.saved.size).toBe(0);
  expect(store.waiting).toEqual(['a']);
});
