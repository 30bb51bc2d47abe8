/** To be raised with each change of the decoder's own code that may bring pictures of files that had none. */
const OWN_VERSION = 2;

/**
 * The media libraries as they are installed; each brings its codecs in its own package (libvips with sharp, FFmpeg
 * with node-av), so their versions say it all. A test compares them with package.json.
 */
export const DECODER_LIBRARIES = {
  sharp: '0.35.5',
  'node-av': '6.1.1',
  'libheif-js': '1.23.2',
  'libraw-wasm': '1.6.0',
} as const;

/** Says which decoder a file failed with: what one of another version could not show is tried once more. */
export const DECODER_VERSION = [
  OWN_VERSION,
  ...Object.entries(DECODER_LIBRARIES).map(([name, version]) => `${name}@${version}`),
].join(' ');
