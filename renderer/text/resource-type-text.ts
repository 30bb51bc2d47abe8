import { isKnownResourceType, type KnownResourceType } from '../../shared/resource-type.ts';
import { inLanguage } from './language.ts';

const words = inLanguage<{
  readonly types: Readonly<Record<KnownResourceType, string>>;
  readonly other: (resourceType: string) => string;
}>({
  en: {
    types: {
      photo: 'Photo',
      video: 'Video',
      audio: 'Sound',
      'alternate-photo': 'RAW photo',
      'full-size-photo': 'Edited photo',
      'full-size-video': 'Edited video',
      'adjustment-data': 'Edits',
      'adjustment-base-photo': 'Photo before the edits',
      'paired-video': 'Live Photo movie',
      'full-size-paired-video': 'Edited Live Photo movie',
      'adjustment-base-paired-video': 'Live Photo movie before the edits',
      'adjustment-base-video': 'Video before the edits',
      'photo-proxy': 'Smaller copy of the photo',
    },
    other: (resourceType) => `File (${resourceType})`,
  },
  de: {
    types: {
      photo: 'Foto',
      video: 'Video',
      audio: 'Ton',
      'alternate-photo': 'RAW-Foto',
      'full-size-photo': 'Bearbeitetes Foto',
      'full-size-video': 'Bearbeitetes Video',
      'adjustment-data': 'Bearbeitungsschritte',
      'adjustment-base-photo': 'Foto vor der Bearbeitung',
      'paired-video': 'Film des Live Photos',
      'full-size-paired-video': 'Bearbeiteter Film des Live Photos',
      'adjustment-base-paired-video': 'Film des Live Photos vor der Bearbeitung',
      'adjustment-base-video': 'Video vor der Bearbeitung',
      'photo-proxy': 'Kleinere Kopie des Fotos',
    },
    other: (resourceType) => `Datei (${resourceType})`,
  },
});

/** What a resource is, in plain words; an unknown type is shown as the device wrote it. */
export function resourceTypeText(resourceType: string): string {
  return isKnownResourceType(resourceType) ? words.types[resourceType] : words.other(resourceType);
}
