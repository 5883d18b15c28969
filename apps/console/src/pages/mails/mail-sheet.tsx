import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { Code, Copyable, PlainText, QueryView, Segments, Sheet, Time } from '../../ui/index.ts';
import { linksIn } from './links.ts';

const route = getRouteApi('/installation/mails');
type Mail = Answer<'/mails/{id}', 'get'>;

/** One mail, as text or as HTML. */
export function MailSheet({ id, onClose }: { id: string; onClose: () => void }): JSX.Element {
  const query = useQuery({
    queryKey: keys.mail(id),
    queryFn: ({ signal }) => read(api.GET('/mails/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={query.data ? <PlainText text={query.data.subject || 'No subject'} /> : 'Mail'}
    >
      <QueryView query={query} errorTitle="The mail could not be read">
        {(mail) => <Content mail={mail} />}
      </QueryView>
    </Sheet>
  );
}

function Content({ mail }: { mail: Mail }): JSX.Element {
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const links = linksIn(mail.text);
  const shown = mail.html === null ? 'text' : (view ?? 'html');
  return (
    <>
      <dl className="facts is-rows">
        <div>
          <dt>To</dt>
          <dd>
            <Copyable text={mail.to} label="Copy address">
              <PlainText text={mail.to} />
            </Copyable>
          </dd>
        </div>
        <div>
          <dt>Written</dt>
          <dd>
            <Time at={mail.at} as="both" />
          </dd>
        </div>
        <div>
          <dt>Message id</dt>
          <dd>
            <Copyable text={mail.messageId} label="Copy message id" />
          </dd>
        </div>
        {links.length > 0 && (
          <div>
            <dt>{links.length === 1 ? 'Link' : 'Links'}</dt>
            <dd className="stack gap-1">
              {links.map((link) => (
                <Copyable key={link} text={link} label="Copy link" />
              ))}
            </dd>
          </div>
        )}
      </dl>
      {mail.html !== null && (
        <Segments
          label="Form of the mail"
          options={[
            { value: 'html', label: 'HTML' },
            { value: 'text', label: 'Text' },
          ]}
          value={shown}
          onChange={(next) => void navigate({ search: (now) => ({ ...now, view: next }), replace: true })}
        />
      )}
      {shown === 'text' ? (
        <Code label="Text of the mail" text={mail.text} isWrapped />
      ) : (
        // Nothing in it runs or is fetched: its answer says so as well.
        <iframe
          className="mail-frame"
          title={`HTML of ${mail.subject}`}
          src={`/mails/${encodeURIComponent(mail.id)}/html`}
          sandbox=""
          referrerPolicy="no-referrer"
        />
      )}
    </>
  );
}
