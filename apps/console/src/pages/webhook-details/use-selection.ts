import { useState } from 'react';

/** The API takes as many by their ids. */
export const MOST_SELECTED = 200;

type State = { readonly key: string; readonly ids: ReadonlySet<string>; readonly isAll: boolean };
const none = (key: string): State => ({ key, ids: new Set(), isAll: false });

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** Everything that matches, also what is on no page yet. */
  readonly isAll: boolean;
  readonly select: (ids: readonly string[], isSelected: boolean, ofPage?: readonly string[]) => void;
  readonly selectAll: () => void;
  readonly clear: () => void;
};

/** What is ticked, across pages. Another filter (`key`) is another list, and nothing of it is ticked. */
export function useSelection(key: string): Selection {
  const [state, setState] = useState<State>(() => none(key));
  const now = state.key === key ? state : none(key);
  return {
    ids: now.ids,
    isAll: now.isAll,
    // Unticking one of all leaves those of the page that are still ticked.
    select: (ids, isSelected, ofPage = []) => {
      const next = new Set(now.isAll ? ofPage : now.ids);
      for (const id of ids) {
        if (!isSelected) next.delete(id);
        else if (next.size < MOST_SELECTED) next.add(id);
      }
      setState({ key, ids: next, isAll: false });
    },
    selectAll: () => setState({ key, ids: new Set(), isAll: true }),
    clear: () => setState(none(key)),
  };
}
