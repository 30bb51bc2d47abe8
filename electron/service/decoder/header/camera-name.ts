const MAX_LENGTH = 100;

/**
 * Maker and model in one, without saying the maker twice: `Apple iPhone 11`, `Canon EOS 350D`, `NIKON D70`.
 * `undefined` when the file names neither.
 */
export function cameraName(
  make: string | undefined,
  model: string | undefined,
): string | undefined {
  const maker = plain(make);
  const name = plain(model);
  const [brand = ''] = maker.split(' ');
  const repeats = name.toLowerCase().split(/[ -]/)[0] === brand.toLowerCase();
  return (repeats ? name : `${maker} ${name}`).trim() || undefined;
}

function plain(text: string | undefined): string {
  const printable = (text ?? '').replace(/[\p{C}\p{Z}]+/gu, ' ');
  return printable.trim().slice(0, MAX_LENGTH).trim();
}
