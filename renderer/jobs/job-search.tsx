import { useEffect, useEffectEvent, useRef, useState } from 'react';

import { navigate } from '../app/navigation.ts';
import { jobText } from '../text/job-text.ts';
import { IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { type JobFilter, jobsAddress } from './job-filter.ts';
import { isTyping } from './use-row-focus.ts';

/** A pause in typing, after which the address follows. */
const TYPING_MS = 250;

/** The search over names, devices and reasons; `/` leads to it. It is part of the address. */
export function JobSearch({ filter }: { readonly filter: JobFilter }) {
  const told = filter.text ?? '';
  const [text, setText] = useState(told);
  const [known, setKnown] = useState(told);
  const input = useRef<HTMLInputElement>(null);
  // Going back, or a link that clears the filter, changes the address without a key.
  if (told !== known) {
    setKnown(told);
    if (told !== text.trim()) setText(told);
  }

  const search = (next: string) => {
    const wanted = next.trim();
    if (wanted === told) return;
    // Typing on leaves one entry in the history, not one for each letter.
    navigate(jobsAddress({ ...filter, text: wanted }), { replace: told !== '' && wanted !== '' });
  };
  const settle = useEffectEvent(() => search(text));
  useEffect(() => {
    const timer = setTimeout(() => settle(), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.defaultPrevented || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <form
      role="search"
      className="job-search"
      onSubmit={(event) => {
        event.preventDefault();
        search(text);
      }}
    >
      <input
        ref={input}
        type="search"
        className="field__input"
        aria-label={jobText.filters.search}
        placeholder={jobText.filters.searchPlaceholder}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || text === '') return;
          event.preventDefault();
          setText('');
          search('');
        }}
      />
      {text !== '' && (
        <IconButton
          label={jobText.filters.clearSearch}
          icon={CloseIcon}
          size={16}
          onPress={() => {
            setText('');
            search('');
            input.current?.focus();
          }}
        />
      )}
    </form>
  );
}
