import type { VNode } from 'preact';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The view's search; the key `/` leads to it. */
export function SearchBox({ label, value, onChange }: SearchBoxProps): VNode {
  return (
    <label class="field search">
      <span>{label}</span>
      <input
        type="search"
        data-search
        spellcheck={false}
        autocomplete="off"
        value={value}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value);
        }}
      />
    </label>
  );
}
