import { pageLanguage } from '../text/language.ts';
import type { DateContext } from './read-date.ts';

type WeekLocale = Intl.Locale & {
  readonly getWeekInfo?: () => { readonly firstDay: number };
  readonly weekInfo?: { readonly firstDay: number };
};

/** What "last week" means to the person here and now: by this computer's clock and the browser's region. */
export function dateContextNow(): DateContext {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return {
    today: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
    weekStart: firstDayOfWeek(navigator.language),
    language: pageLanguage,
  };
}

/** 0 for Sunday; Monday where the browser does not know. */
function firstDayOfWeek(region: string): number {
  const locale: WeekLocale = new Intl.Locale(region);
  const info = locale.getWeekInfo?.() ?? locale.weekInfo;
  return (info?.firstDay ?? 1) % 7;
}
