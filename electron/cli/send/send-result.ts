import type { ResourceFile } from './find-files.ts';

/** Why a file is not stored: a code (of the catalogue, or of the platform) and words. */
export interface SendFailure {
  readonly code: string;
  readonly detail: string;
}

/**
 * What became of one file. `here` and the three answers of an upload are safe, with a receipt;
 * `not-sent` is everything that was not come to when the run ended early.
 */
export type FileResult =
  | {
      readonly state: 'stored' | 'duplicate' | 'repeated' | 'here';
      readonly file: ResourceFile;
      readonly sha256: string;
      readonly receiptId: string | undefined;
      readonly assetId: string | undefined;
    }
  | {
      readonly state: 'failed' | 'not-sent';
      readonly file: ResourceFile;
      readonly failure: SendFailure;
    };

export type FileState = FileResult['state'];

export interface SendSummary {
  /** The first failures, for people; every one was told to the reporter. */
  readonly failures: readonly FileResult[];
  readonly counts: Readonly<Record<FileState, number>>;
  /** Bytes of the files that are stored now and were not before. */
  readonly storedByteCount: number;
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** Why the run ended before everything was tried. */
  readonly stopped: SendFailure | undefined;
}

/** Is told how a run goes. */
export interface SendReporter {
  begin(totals: { readonly fileCount: number; readonly byteCount: number }): void;
  /** Bytes of the file handed to the connection in this try. */
  sent(file: ResourceFile, sentByteCount: number): void;
  settled(result: FileResult): void;
  /** Something worth knowing that is no result, e.g. that the connection is lost. */
  note(text: string): void;
}
