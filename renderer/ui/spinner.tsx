import './spinner.css';

/** A turning ring. Decoration: whoever shows it also says in words what is going on. */
export function Spinner({ size = 20 }: { readonly size?: number }) {
  return (
    <svg className="spinner" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <circle className="spinner__track" cx="12" cy="12" r="9" />
      <path className="spinner__turn" d="M12 3a9 9 0 0 1 9 9" />
    </svg>
  );
}
