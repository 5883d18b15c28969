import type { JSX } from 'react';
import type { Paging } from '../api/pages.ts';
import { count } from '../words/numbers.ts';
import { Button } from './button.tsx';

type Props = {
  readonly paging: Pick<Paging<unknown>, 'items' | 'pageNumber' | 'previous' | 'next' | 'total'>;
  /** Singular and plural: `['webhook', 'webhooks']`. */
  readonly noun: readonly [string, string];
};

/** Previous and next of a list by cursor, and how many there are where that is known. */
export function Pagination({ paging, noun }: Props): JSX.Element | null {
  const { items, pageNumber, previous, next, total } = paging;
  if (previous === undefined && next === undefined) {
    return items.length === 0 ? null : <p className="pagination">{count(total ?? items.length, noun)}</p>;
  }
  return (
    <nav className="pagination" aria-label="Pages">
      <span>{total === undefined ? `Page ${pageNumber}` : `Page ${pageNumber}, ${count(total, noun)}`}</span>
      <span className="row push">
        <Button
          size="small"
          icon="chevronLeft"
          onPress={previous}
          disabledReason={previous ? undefined : 'This is the first page.'}
        >
          Previous
        </Button>
        <Button size="small" onPress={next} disabledReason={next ? undefined : 'This is the last page.'}>
          Next
        </Button>
      </span>
    </nav>
  );
}
