import { useId, type JSX, type ReactNode } from 'react';

/** One line of a list of facts. */
export const Fact = ({ term, children }: { term: string; children: ReactNode }): JSX.Element => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

type SectionProps = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode };

export function Section({ title, actions, children }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div className="row push">{actions}</div>}
      </div>
      <div className="card-body stack gap-4">{children}</div>
    </section>
  );
}
