import type { Shortcut } from '../ui/shortcut.ts';
import { inLanguage } from './language.ts';

const words = inLanguage({
  en: {
    search: 'Search',
    rows: 'One row up or down',
    ends: 'To the newest and the oldest photo',
    years: 'To the next older year, and back',
    zoomIn: 'Larger pictures',
    zoomOut: 'Smaller pictures, up to whole years',
    play: 'Play a Live Photo or a movie in its place',
    choose: 'Select or deselect',
    extend: 'Select on from the photo with the focus',
    sweep: 'Add what the mouse is drawn over; without Ctrl select only that',
    all: 'Select everything that is shown',
    favourite: 'Mark what is selected as a favourite, or no longer',
    trash: 'Move what is selected to the trash',
    clear: 'Select nothing',
  },
  de: {
    search: 'Suchen',
    rows: 'Eine Zeile nach oben oder unten',
    ends: 'Zum neuesten und zum ältesten Foto',
    years: 'Zum nächstälteren Jahr und zurück',
    zoomIn: 'Größere Bilder',
    zoomOut: 'Kleinere Bilder, bis zu ganzen Jahren',
    play: 'Ein Live Photo oder einen Film an seinem Platz abspielen',
    choose: 'Auswählen oder abwählen',
    extend: 'Vom Foto mit dem Fokus aus weiter auswählen',
    sweep: 'Hinzunehmen, worüber die Maus gezogen wird; ohne Strg nur das auswählen',
    all: 'Alles Gezeigte auswählen',
    favourite: 'Das Ausgewählte als Favoriten markieren oder nicht mehr',
    trash: 'Das Ausgewählte in den Papierkorb verschieben',
    clear: 'Nichts auswählen',
  },
});

/** The keys of the timeline, as the overlay of keys lists them. */
export const timelineShortcuts: readonly Shortcut[] = [
  { keys: ['/'], text: words.search },
  { keys: ['ArrowUp'], text: words.rows },
  { keys: ['ArrowDown'], text: words.rows },
  { keys: ['Home'], text: words.ends },
  { keys: ['End'], text: words.ends },
  { keys: ['Shift+PageDown'], text: words.years },
  { keys: ['Shift+PageUp'], text: words.years },
  { keys: ['+'], text: words.zoomIn },
  { keys: ['-'], text: words.zoomOut },
  { keys: [' '], text: words.play },
  { keys: ['x'], text: words.choose },
  { keys: ['Shift+ArrowRight'], text: words.extend },
  { keys: ['Shift+ArrowDown'], text: words.extend },
  { keys: ['Control+Drag'], text: words.sweep },
  { keys: ['Control+a'], text: words.all },
  { keys: ['f'], text: words.favourite },
  { keys: ['Delete'], text: words.trash },
  { keys: ['Escape'], text: words.clear },
];
