import type { ReactNode, SVGProps } from 'react';

export type IconProps = SVGProps<SVGSVGElement> & {
  /** Edge length in pixels; 20 when left out. */
  readonly size?: number;
};

/** A component of this file. Icons are decoration: the words beside them, or the control's label, say it. */
export type Icon = (props: IconProps) => ReactNode;

/** All icons are drawn on a 24-pixel grid with round 1.75-pixel strokes. */
function stroked(shape: ReactNode): Icon {
  return function StrokedIcon({ size = 20, ...rest }: IconProps) {
    return (
      <svg
        viewBox="0 0 24 24"
        width={size}
        height={size}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        {...rest}
      >
        {shape}
      </svg>
    );
  };
}

export const RoostIcon = stroked(
  <>
    <path d="M4 12.5 12 5.5l8 7" />
    <circle cx="12" cy="15.5" r="3" fill="currentColor" stroke="none" />
  </>,
);
export const HomeIcon = stroked(
  <path d="M4 11.5 12 4.5l8 7v8a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z" />,
);
export const PhotosIcon = stroked(
  <>
    <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
    <circle cx="9" cy="10" r="1.6" />
    <path d="m4 17 4.6-4 3.4 2.8 4-4.3 4.2 4.2" />
  </>,
);
export const VideoIcon = stroked(
  <>
    <rect x="3" y="6" width="12.5" height="12" rx="2.5" />
    <path d="m15.5 11 5-3v8l-5-3" />
  </>,
);
export const FileIcon = stroked(
  <>
    <path d="M6 3.5h7.5L18.5 8.5v12H6z" />
    <path d="M13.5 3.5v5h5" />
  </>,
);
export const JobsIcon = stroked(
  <>
    <path d="M12 3.5v11" />
    <path d="m7.5 10 4.5 4.5 4.5-4.5" />
    <path d="M4 15v3.5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V15" />
  </>,
);
export const DeviceIcon = stroked(
  <>
    <rect x="7" y="2.75" width="10" height="18.5" rx="2.5" />
    <path d="M11 18h2" />
  </>,
);
export const SettingsIcon = stroked(
  <>
    <path d="M4 7h9M17.5 7H20M4 17h2.5M11 17h9" />
    <circle cx="15.2" cy="7" r="2.2" />
    <circle cx="8.8" cy="17" r="2.2" />
  </>,
);
export const SearchIcon = stroked(
  <>
    <circle cx="10.75" cy="10.75" r="6.25" />
    <path d="m15.5 15.5 4.75 4.75" />
  </>,
);
export const FilterIcon = stroked(<path d="M4 7h16M7 12h10M10.5 17h3" />);
export const MoreIcon = stroked(
  <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" strokeWidth={3} strokeLinecap="round" />,
);
export const CloseIcon = stroked(<path d="m6 6 12 12M18 6 6 18" />);
export const BackIcon = stroked(<path d="m14.5 5.5-6.5 6.5 6.5 6.5" />);
export const ForwardIcon = stroked(<path d="m9.5 5.5 6.5 6.5-6.5 6.5" />);
export const ArrowUpIcon = stroked(<path d="M12 19V5.5m-5.5 6L12 5.5l5.5 6" />);
export const ChevronDownIcon = stroked(<path d="m6.5 9.5 5.5 5.5 5.5-5.5" />);
export const CheckIcon = stroked(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const CopyIcon = stroked(
  <>
    <rect x="8.5" y="8.5" width="12" height="12" rx="2" />
    <path d="M15.5 8.5V5.5a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3" />
  </>,
);
export const DownloadIcon = stroked(<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14" />);
export const ExportIcon = stroked(
  <path d="M12 14.5V4M8 7.5 12 4l4 3.5M7.5 10.5h-2v9.5h13v-9.5h-2" />,
);
export const InfoIcon = stroked(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 11v5.5M12 7.6v.1" />
  </>,
);
export const WarningIcon = stroked(
  <>
    <path d="M12 4 2.9 19.5h18.2z" />
    <path d="M12 10v4.5M12 17v.1" />
  </>,
);
export const RetryIcon = stroked(
  <>
    <path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5" />
    <path d="M19.5 3.5v4h-4" />
  </>,
);
export const PlusIcon = stroked(<path d="M12 5v14M5 12h14" />);
export const MinusIcon = stroked(<path d="M5 12h14" />);
export const FitIcon = stroked(
  <path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9m6 0h3.5A1.5 1.5 0 0 1 20 5.5V9m0 6v3.5a1.5 1.5 0 0 1-1.5 1.5H15m-6 0H5.5A1.5 1.5 0 0 1 4 18.5V15" />,
);
export const QrIcon = stroked(
  <>
    <rect x="4" y="4" width="6" height="6" rx="1" />
    <rect x="14" y="4" width="6" height="6" rx="1" />
    <rect x="4" y="14" width="6" height="6" rx="1" />
    <path d="M14 14h2.5v2.5M20 14v2.5M14 20h2M20 20h-1" />
  </>,
);
export const EditIcon = stroked(<path d="M4.5 19.5h3.5L19 8.5 15.5 5 4.5 16zM13 7.5l3.5 3.5" />);
export const RevokeIcon = stroked(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="m6.5 17.5 11-11" />
  </>,
);
export const FolderIcon = stroked(
  <path d="M3.5 7.5a2 2 0 0 1 2-2h4l2.2 2.5h6.8a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z" />,
);
export const PlayIcon = stroked(<path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />);
export const LiveIcon = stroked(
  <>
    <circle cx="12" cy="12" r="2.4" fill="currentColor" stroke="none" />
    <circle cx="12" cy="12" r="5.6" />
    <circle cx="12" cy="12" r="9.2" strokeDasharray="0.1 3.51" strokeWidth={2} />
  </>,
);
export const BurstIcon = stroked(
  <>
    <rect x="3.5" y="8.5" width="12" height="12" rx="2" />
    <path d="M7.5 5.5h9a2 2 0 0 1 2 2v9M11.5 2.75h7.75a2 2 0 0 1 2 2v7.75" />
  </>,
);
export const PanoramaIcon = stroked(<path d="M3.5 6.5c5.5 2 11.5 2 17 0v11c-5.5-2-11.5-2-17 0z" />);
export const ScreenshotIcon = stroked(
  <>
    <path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8m8 0h2.5A1.5 1.5 0 0 1 20 5.5V8m0 8v2.5a1.5 1.5 0 0 1-1.5 1.5H16m-8 0H5.5A1.5 1.5 0 0 1 4 18.5V16" />
    <rect x="9" y="7.5" width="6" height="9" rx="1" />
  </>,
);
export const AdjustedIcon = stroked(
  <>
    <path d="M4 6.5h16M4 12h16M4 17.5h16" />
    <circle cx="8.5" cy="6.5" r="1.9" fill="currentColor" stroke="none" />
    <circle cx="15.5" cy="12" r="1.9" fill="currentColor" stroke="none" />
    <circle cx="10" cy="17.5" r="1.9" fill="currentColor" stroke="none" />
  </>,
);
export const SlowMotionIcon = stroked(
  <>
    <circle cx="12" cy="12" r="8.8" strokeDasharray="0.1 3.35" strokeWidth={2} />
    <path d="M10 8.2v7.6l5.8-3.8z" fill="currentColor" />
  </>,
);
export const StopIcon = stroked(
  <rect x="6.5" y="6.5" width="11" height="11" rx="1.5" fill="currentColor" />,
);
export const TrashIcon = stroked(
  <>
    <path d="M4.5 6.5h15M9.5 6.5v-2a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2" />
    <path d="m6.5 6.5.8 12.2a1.9 1.9 0 0 0 1.9 1.8h5.6a1.9 1.9 0 0 0 1.9-1.8l.8-12.2M10.2 10.5v6M13.8 10.5v6" />
  </>,
);
export const SplitIcon = stroked(
  <>
    <path d="M12 20v-6.5L5.5 7M12 13.5 18.5 7" />
    <path d="M5.5 11V7h4M18.5 11V7h-4" />
  </>,
);
export const HeartIcon = stroked(
  <path d="M12 19.5 5.2 12.7a4.3 4.3 0 0 1 6.1-6.1l.7.7.7-.7a4.3 4.3 0 0 1 6.1 6.1z" />,
);
export const FullHeartIcon = stroked(
  <path
    fill="currentColor"
    d="M12 19.5 5.2 12.7a4.3 4.3 0 0 1 6.1-6.1l.7.7.7-.7a4.3 4.3 0 0 1 6.1 6.1z"
  />,
);
export const SelectAllIcon = stroked(
  <>
    <rect x="7.5" y="7.5" width="13" height="13" rx="2" />
    <path d="M16.5 3.5h-11a2 2 0 0 0-2 2v11m7.5-2.3 2 2 4-4.5" />
  </>,
);
export const SquaresIcon = stroked(
  <>
    <rect x="4.5" y="4.5" width="6.3" height="6.3" rx="1" />
    <rect x="13.2" y="4.5" width="6.3" height="6.3" rx="1" />
    <rect x="4.5" y="13.2" width="6.3" height="6.3" rx="1" />
    <rect x="13.2" y="13.2" width="6.3" height="6.3" rx="1" />
  </>,
);
export const JustifiedIcon = stroked(
  <>
    <rect x="4.5" y="4.5" width="9" height="6.3" rx="1" />
    <rect x="16" y="4.5" width="3.5" height="6.3" rx="1" />
    <rect x="4.5" y="13.2" width="4" height="6.3" rx="1" />
    <rect x="11" y="13.2" width="8.5" height="6.3" rx="1" />
  </>,
);
