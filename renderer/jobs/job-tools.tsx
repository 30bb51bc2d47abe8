import { useState } from 'react';

import { navigate } from '../app/navigation.ts';
import { jobText } from '../text/job-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { DownloadIcon } from '../ui/icons.tsx';
import { isJobDay, jobExportPath, type JobFilter, jobsAddress } from './job-filter.ts';

/** The latest day whose year has the four digits that a person types; without it there would be room for six. */
const LAST_DAY = '9999-12-31';

/**
 * The day to show; the empty field is every day. What is typed stays in the field until it is a day: each digit of a
 * year makes another one, such as the year 2, which no job is of.
 */
export function DayFilter({ filter }: { readonly filter: JobFilter }) {
  const told = filter.day ?? '';
  const [draft, setDraft] = useState(told);
  const [known, setKnown] = useState(told);
  // Going back, or a link that clears the filter, changes the address without a key.
  if (told !== known) {
    setKnown(told);
    setDraft(told);
  }

  function follow({ value, validity }: HTMLInputElement): void {
    setDraft(value);
    // Empty and bad is a day of which a part is still to come.
    const isSettled = isJobDay(value) || (value === '' && !validity.badInput);
    if (!isSettled || value === told) return;
    const isOneMore = told === '' || value === '';
    navigate(jobsAddress({ ...filter, day: value || undefined }), { replace: !isOneMore });
  }
  return (
    <label className="job-day-filter field field--inline">
      <span className="field__label">{jobText.filters.day}</span>
      <input
        type="date"
        className="field__input"
        max={LAST_DAY}
        value={draft}
        onChange={(event) => follow(event.currentTarget)}
        // Half a day filters nothing: the field says again what is shown.
        onBlur={() => setDraft(told)}
      />
    </label>
  );
}

/** The shown history as a file. Plain links: the browser keeps the file and shows how far it is. */
export function JobExport({ filter }: { readonly filter: JobFilter }) {
  return (
    <div className="job-export" role="group" aria-label={jobText.filters.export}>
      <span className="quiet small" aria-hidden="true">
        {jobText.filters.export}
      </span>
      <a className={buttonClass('quiet', true)} href={jobExportPath('csv', filter)} download>
        <DownloadIcon size={16} />
        <span>{jobText.filters.exportCsv}</span>
      </a>
      <a className={buttonClass('quiet', true)} href={jobExportPath('json', filter)} download>
        <DownloadIcon size={16} />
        <span>{jobText.filters.exportJson}</span>
      </a>
    </div>
  );
}
