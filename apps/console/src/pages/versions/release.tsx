import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type JSX, type SyntheticEvent } from 'react';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { useReasonWithout } from '../../api/session.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import { Button, ConfirmDialog, Icon, Link, QueryView, TextArea, TextField, toast } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { AddTrigger } from './add-trigger.tsx';
import { ErrorSummary } from './error-summary.tsx';
import {
  bodyOf,
  EMPTY,
  errorsIn,
  errorsOnFields,
  triggerForm,
  type FormErrors,
  type ReleaseForm,
} from './release-form.ts';
import { TriggerFields, type FieldRefs } from './trigger-fields.tsx';
import { WhatFollows } from './what-follows.tsx';
import './release.css';

const NONE: FormErrors = new Map();

export default function ReleaseVersion(): JSX.Element {
  const navigate = useNavigate();
  const client = useQueryClient();
  const lacking = useReasonWithout('versions:write');
  const catalog = useQuery({
    queryKey: keys.triggers({}),
    queryFn: ({ signal }) => read(api.GET('/triggers', { signal })),
  });
  const versions = useQuery({
    queryKey: keys.versions({ limit: 200 }),
    queryFn: ({ signal }) => read(api.GET('/versions', { params: { query: { limit: 200 } }, signal })),
  });
  const [form, setForm] = useState<ReleaseForm>(EMPTY);
  const [errors, setErrors] = useState(NONE);
  const [isAdding, setAdding] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const isReleased = useRef(false);
  const fields = useRef(new Map<string, HTMLElement>());
  const summary = useRef<HTMLDivElement>(null);
  const isDirty = form !== EMPTY;
  const leaving = useBlocker({
    shouldBlockFn: () => isDirty && !isReleased.current,
    enableBeforeUnload: () => isDirty && !isReleased.current,
    withResolver: true,
  });
  const known = versions.data?.items ?? [];
  const current = known.find(({ status }) => status === 'current')?.name;
  useEffect(() => {
    if (errors.size > 0) summary.current?.focus();
  }, [errors]);
  const refs: FieldRefs = (field) => (element) => {
    if (element) fields.current.set(field, element);
    else fields.current.delete(field);
  };
  const change = (next: Partial<ReleaseForm>): void => setForm((now) => ({ ...now, ...next }));
  const review = (event: SyntheticEvent): void => {
    event.preventDefault();
    const found = errorsIn(
      form,
      known.map(({ name }) => name),
    );
    setErrors(found);
    if (found.size === 0) setAsking(true);
  };
  const release = async (): Promise<void> => {
    const body = bodyOf(form);
    try {
      await api.POST('/versions', { body });
    } catch (problem) {
      if (!(problem instanceof ApiProblem) || problem.errors.length === 0) throw problem;
      setErrors(errorsOnFields(problem.errors, form));
      return;
    }
    isReleased.current = true;
    toast(`Version ${body.name} is released`, { detail: 'Who is on the version before is being told.' });
    await client.invalidateQueries({ queryKey: ['versions'] });
    await navigate({ to: '/installation/versions', search: { open: current, tab: 'notices' } });
  };
  const labels = new Map(catalog.data?.items.map(({ type, label }) => [type, label]));
  return (
    <Page
      title="Release version"
      back={
        <Link to="/installation/versions" className="small">
          ‹ Versions
        </Link>
      }
    >
      <ErrorSummary ref={summary} errors={errors} onGo={(field) => fields.current.get(field)?.focus()} />
      <QueryView query={catalog} errorTitle="The trigger catalog could not be read" lines={10}>
        {({ items }) => (
          <div className="columns">
            <form className="stack gap-5" noValidate onSubmit={review}>
              <TextField
                label="Name"
                value={form.name}
                onChange={(name) => change({ name })}
                error={errors.get('name')}
                description="Never used before, such as the day: 2026-12-01. A name stays used for ever."
                isRequired
                maxLength={64}
                ref={refs('name')}
              />
              <TextArea
                label="Notes"
                value={form.notes}
                onChange={(notes) => change({ notes })}
                error={errors.get('notes')}
                description="What changes, for whoever has to move their webhooks."
                maxLength={10_000}
                ref={refs('notes')}
              />
              <section className="stack gap-4" aria-labelledby="release-triggers">
                <h2 id="release-triggers">Triggers that change</h2>
                {form.triggers.map((trigger) => (
                  <TriggerFields
                    key={trigger.type}
                    trigger={trigger}
                    label={labels.get(trigger.type) ?? trigger.type}
                    errors={errors}
                    refs={refs}
                    onChange={(next) =>
                      change({ triggers: form.triggers.map((each) => (each.type === next.type ? next : each)) })
                    }
                    onRemove={() => change({ triggers: form.triggers.filter(({ type }) => type !== trigger.type) })}
                  />
                ))}
                <div className="stack gap-1">
                  <div>
                    <Button icon="add" onPress={() => setAdding(true)} ref={refs('triggers')}>
                      Add trigger…
                    </Button>
                  </div>
                  {errors.has('triggers') && (
                    <p className="field-error">
                      <Icon name="alert" />
                      <span>{errors.get('triggers')}</span>
                    </p>
                  )}
                </div>
                {isAdding && (
                  <AddTrigger
                    catalog={items.filter(({ type }) => !form.triggers.some((added) => added.type === type))}
                    onClose={() => setAdding(false)}
                    onAdd={(trigger) => {
                      change({ triggers: [...form.triggers, triggerForm(trigger)] });
                      setAdding(false);
                    }}
                  />
                )}
                <p className="muted small">Triggers that are not named keep their shape.</p>
              </section>
              <div className="row">
                <Button kind="primary" type="submit" disabledReason={lacking}>
                  Review and release…
                </Button>
              </div>
            </form>
            <aside className="card is-padded stack gap-3" aria-label="What follows">
              <h2>What follows</h2>
              <WhatFollows current={current} name={form.name} />
            </aside>
          </div>
        )}
      </QueryView>
      <ConfirmDialog
        title={`Release version ${form.name.trim()}?`}
        action="Release"
        cancel="Not yet"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={release}
      >
        <p className="strong">
          It changes {count(form.triggers.length, ['trigger', 'triggers'])}:{' '}
          {form.triggers.map(({ type }) => type).join(', ')}.
        </p>
        <WhatFollows current={current} name={form.name} />
      </ConfirmDialog>
      <ConfirmDialog
        title="Leave without releasing?"
        action="Leave"
        cancel="Stay"
        isDanger
        isOpen={leaving.status === 'blocked'}
        onClose={() => leaving.reset?.()}
        onConfirm={async () => leaving.proceed?.()}
      >
        <p>What you have entered is lost.</p>
      </ConfirmDialog>
    </Page>
  );
}
