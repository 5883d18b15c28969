import { createContext, useContext, useMemo, type JSX, type MouseEventHandler, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icons.tsx';

export type Sort = { readonly by: string; readonly direction: 'ascending' | 'descending' };

export type Column = {
  readonly id: string;
  /** Also shown beside the value on narrow screens. */
  readonly label: string;
  readonly isSortable?: boolean;
  readonly align?: 'number';
  readonly width?: 'shrink';
  /** The label is for screen readers alone, as of actions. */
  readonly isHidden?: boolean;
};

type TableProps = {
  /** Its accessible name. */
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
  readonly sort?: Sort | undefined;
  readonly onSort?: (sort: Sort) => void;
  /** The next page is on its way; the old one stays, paler. */
  readonly isBusy?: boolean;
  /** Stays a table on narrow screens. For two or three short columns. */
  readonly isKept?: boolean;
};

const Columns = createContext<ReadonlyMap<string, Column>>(new Map());

/** A plain table. On narrow screens each row is a card; the roles are given since such a layout takes them away. */
export function Table({ label, columns, children, sort, onSort, isBusy, isKept }: TableProps): JSX.Element {
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  return (
    <Columns.Provider value={byId}>
      <div className={classNames('table-box', isKept && 'is-kept')} aria-busy={isBusy ? 'true' : undefined}>
        <table className="table" role="table" aria-label={label}>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">{children}</tbody>
        </table>
      </div>
    </Columns.Provider>
  );
}

function HeaderCell({ column, sort, onSort }: { column: Column } & Pick<TableProps, 'sort' | 'onSort'>): JSX.Element {
  const sorted = sort?.by === column.id ? sort.direction : undefined;
  const isSortable = column.isSortable === true && onSort !== undefined;
  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={isSortable ? (sorted ?? 'none') : undefined}
      className={classNames(column.align === 'number' && 'is-number', column.width === 'shrink' && 'is-shrink')}
    >
      {isSortable ? (
        <button
          type="button"
          className={classNames('sort-button', sorted !== undefined && 'is-sorted')}
          onClick={() => onSort({ by: column.id, direction: sorted === 'ascending' ? 'descending' : 'ascending' })}
        >
          {column.label}
          <Icon name={sorted === 'descending' ? 'arrowDown' : 'arrowUp'} />
        </button>
      ) : (
        <span className={column.isHidden ? 'visually-hidden' : undefined}>{column.label}</span>
      )}
    </th>
  );
}

type RowProps = {
  readonly children: ReactNode;
  /** For tests: `webhook-row`, `delivery-row`. */
  readonly testId?: string;
  /** Becomes `data-id` and `data-state`. */
  readonly id?: string;
  readonly state?: string;
  readonly isSelected?: boolean;
  /** Of something that is over, such as an expired webhook. */
  readonly isGray?: boolean;
  /** A comfort for the mouse besides a button in the row; clicks on controls and on selected text do not count. */
  readonly onClick?: () => void;
};

export function Row({ children, testId, id, state, isSelected, isGray, onClick }: RowProps): JSX.Element {
  const click: MouseEventHandler<HTMLElement> = (event) => {
    const inControl = (event.target as Element).closest('a, button, input, label, select, textarea, [role="menuitem"]');
    if (inControl || String(getSelection() ?? '') !== '') return;
    onClick?.();
  };
  return (
    <tr
      role="row"
      className={classNames('is-row', isGray && 'is-gray')}
      data-testid={testId}
      data-id={id}
      data-state={state}
      data-selected={isSelected ? 'true' : undefined}
      onClick={onClick && click}
    >
      {children}
    </tr>
  );
}

type CellProps = { readonly column: string; readonly children?: ReactNode; readonly className?: string };

/** The cell that names the row. */
export function RowHeader({ column, children, className }: CellProps): JSX.Element {
  const { align, width } = useContext(Columns).get(column) ?? {};
  return (
    <th scope="row" role="rowheader" className={cellClass(align, width, className)}>
      {children}
    </th>
  );
}

export function Cell({ column, children, className }: CellProps): JSX.Element {
  const { align, width, label, isHidden } = useContext(Columns).get(column) ?? {};
  return (
    <td role="cell" className={cellClass(align, width, className)} data-label={isHidden ? undefined : label}>
      {children}
    </td>
  );
}

/** The last cell of a row: its menu, its arrow. */
export function ActionsCell({ children }: { children: ReactNode }): JSX.Element {
  return (
    <td role="cell" className="is-actions is-shrink">
      <div className="row is-nowrap gap-1">{children}</div>
    </td>
  );
}

/** What a row opens in place, below it. */
export function DetailsRow({ children, id }: { children: ReactNode; id?: string }): JSX.Element {
  const columns = useContext(Columns);
  return (
    <tr role="row" className="is-details" id={id}>
      <td role="cell" colSpan={columns.size}>
        {children}
      </td>
    </tr>
  );
}

const cellClass = (align: Column['align'], width: Column['width'], own: string | undefined): string | undefined =>
  classNames(align === 'number' && 'is-number', width === 'shrink' && 'is-shrink', own) || undefined;
