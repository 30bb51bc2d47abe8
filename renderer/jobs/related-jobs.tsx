import type { JobDetails } from '../../shared/window-views.ts';
import { jobDetailsText, relationText } from '../text/job-details-text.ts';
import { Panel } from '../ui/panel.tsx';
import { JobRow } from './job-row.tsx';

/** Other jobs about the same photo: its other files, the same bytes from elsewhere, earlier and later tries. */
export function RelatedJobs({ related }: Pick<JobDetails, 'related'>) {
  if (related.length === 0) return null;
  return (
    <Panel title={jobDetailsText.related} description={jobDetailsText.relatedHint}>
      <ul className="related-jobs">
        {related.map(({ relation, job }) => (
          <li key={job.jobId}>
            <p className="quiet small">{relationText[relation]}</p>
            <JobRow job={job} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
