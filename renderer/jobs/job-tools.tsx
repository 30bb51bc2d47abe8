import { navigate } from '../app/navigation.ts';
import { jobText } from '../text/job-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { DownloadIcon } from '../ui/icons.tsx';
import { jobExportPath, type JobFilter, jobsAddress } from './job-filter.ts';

/** The day to show; the empty field is every day. */
export function DayFilter({ filter }: { readonly filter: JobFilter }) {
  return (
    <label className="job-day-filter field field--inline">
      <span className="field__label">{jobText.filters.day}</span>
      <input
        type="date"
        className="field__input"
        value={filter.day ?? ''}
        onChange={(event) =>
          navigate(jobsAddress({ ...filter, day: event.target.value || undefined }))
        }
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
