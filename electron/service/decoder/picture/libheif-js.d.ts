/** The part of libheif-js that Roost uses; the package's own types describe only its generated inside. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface HeifImage {
    is_primary(): boolean;
    get_width(): number;
    get_height(): number;
    /** Fills `target.data` with RGBA pixels, or hands over `null`. */
    display(
      target: { data: Uint8ClampedArray; width: number; height: number },
      done: (filled: { data: Uint8ClampedArray } | null) => void,
    ): void;
    free(): void;
  }

  interface Libheif {
    HeifDecoder: new () => { decode(file: Uint8Array): HeifImage[] };
  }

  /** Makes a WebAssembly instance with memory of its own. */
  const createLibheif: () => Libheif;
  export default createLibheif;
}
