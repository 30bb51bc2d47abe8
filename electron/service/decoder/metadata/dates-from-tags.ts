import { isPlausibleInstant } from '../../../../shared/capture-time.ts';
import type { FileDate } from '../../../../shared/media-metadata.ts';
import { parseExifTime } from '../header/exif-facts.ts';
import type { TagValues } from './tag-values.ts';

type DateTag = FileDate['tag'];

/** Tag and groups of wall clocks, and the tag that tells the offset of some. Most trusted first. */
const WALL_CLOCKS: readonly (readonly [
  DateTag,
  name: string,
  groups: readonly string[],
  offsetName?: string,
])[] = [
  ['exif:dateTimeOriginal', 'DateTimeOriginal', ['ExifIFD', 'IFD0'], 'OffsetTimeOriginal'],
  ['exif:createDate', 'CreateDate', ['ExifIFD', 'IFD0'], 'OffsetTimeDigitized'],
  ['quickTime:creationDate', 'CreationDate', ['Keys']],
  ['quickTime:creationDate', 'ContentCreateDate', ['ItemList', 'UserData']],
  ['xmp:dateTimeOriginal', 'DateTimeOriginal', ['XMP-exif']],
  ['xmp:dateCreated', 'DateCreated', ['XMP-photoshop']],
  ['xmp:createDate', 'CreateDate', ['XMP-xmp']],
];

const INSTANTS: readonly (readonly [DateTag, name: string, group: string])[] = [
  ['gps:dateTime', 'GPSDateTime', 'Composite'],
  ['movie:createDate', 'CreateDate', 'QuickTime'],
];

/** All dates of a file that can be capture times; defaults of writers without a clock are none. */
export function datesFromTags(values: TagValues): FileDate[] {
  const dates: FileDate[] = [];
  for (const [tag, name, groups, offsetName] of WALL_CLOCKS) {
    const text = values.text(name, ...groups);
    const told = offsetName === undefined ? undefined : values.text(offsetName, 'ExifIFD', 'IFD0');
    const date = text === undefined ? undefined : wallClock(tag, text, told);
    if (date) dates.push(date);
  }
  for (const [tag, name, group] of INSTANTS) {
    const time = parseExifTime(values.text(name, group), undefined);
    const at = time && Date.parse(`${time.local}Z`);
    if (at !== undefined && isPlausibleInstant(at)) dates.push({ tag, at });
  }
  return dates;
}

function wallClock(
  tag: DateTag,
  text: string,
  toldOffset: string | undefined,
): FileDate | undefined {
  const suffix = /(Z|[+-]\d{2}:?\d{2})$/.exec(text)?.[1];
  const time = parseExifTime(text, toldOffset ?? suffix);
  if (!time) return undefined;
  const { local, offsetMinutes } = time;
  // Programs write `Z` to say that a clock was turned to UTC: then the wall clock at the place is lost.
  if (suffix === 'Z' && toldOffset === undefined) return { tag, at: Date.parse(`${local}Z`) };
  return { tag, local, ...(offsetMinutes !== undefined && { offsetMinutes }) };
}
