/**
 * The part of libraw-wasm that Roost uses. Its main file runs LibRaw in a browser's worker; the file below that, which
 * its own types do not describe, runs anywhere when it is given the WebAssembly code.
 */
declare module 'libraw-wasm/dist/libraw.js' {
  interface RawSettings {
    readonly halfSize?: boolean;
    readonly useCameraWb?: boolean;
    readonly outputBps?: 8 | 16;
    /** 1: sRGB. */
    readonly outputColor?: number;
  }

  interface RawMetadata {
    /** Upright. */
    readonly width: number;
    readonly height: number;
    readonly raw_width: number;
    readonly raw_height: number;
    /** 0: upright; 3: half a turn; 5: a quarter turn anticlockwise; 6: clockwise. */
    readonly flip: number;
  }

  /** Pixels lie in WebAssembly's memory or in a copy, row after row without padding. */
  interface RawPicture {
    readonly width: number;
    readonly height: number;
    readonly colors: number;
    readonly bits: number;
    readonly data: Uint8Array | Uint16Array;
  }

  interface RawThumbnail {
    readonly data: Uint8Array;
    readonly format: 'jpeg' | 'bitmap' | 'unknown';
  }

  /** Every method throws what LibRaw threw, which may be no Error. */
  interface RawFile {
    /** Reads the headers; the pixels are unpacked by the methods that give them. */
    open(file: Uint8Array, settings: RawSettings): void;
    metadata(): RawMetadata;
    imageData(): RawPicture | undefined;
    thumbnailData(): RawThumbnail | undefined;
    delete(): void;
  }

  interface LibrawModule {
    readonly LibRaw: new () => RawFile;
  }

  /** Makes an instance with memory of its own. */
  export default function createLibraw(options: {
    readonly wasmBinary: Uint8Array;
    /** A `WebAssembly.Memory`. */
    readonly wasmMemory: object;
    readonly print: (line: string) => void;
    readonly printErr: (line: string) => void;
  }): Promise<LibrawModule>;
}
