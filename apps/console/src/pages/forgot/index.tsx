import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { api } from '../../api/client.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Link } from '../../ui/link.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Front } from '../../front/front.tsx';

/** The answer is the same for every address: it does not tell who has an account. */
export default function Forgot(): JSX.Element {
  const [email, setEmail] = useState('');
  const [isWrong, setWrong] = useState(false);
  const ask = useMutation({ mutationFn: () => api.POST('/password-links', { body: { email: email.trim() } }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const looksRight = /^\S+@\S+$/.test(email.trim());
    setWrong(!looksRight);
    if (looksRight) ask.mutate();
  };
  return (
    <Front title="Forgot your password?">
      {ask.isSuccess ? (
        <Banner tone="ok" role="status" title="Look into your mailbox">
          If {email.trim()} has an account, a link to set a new password is on its way. It is good for a short time.
        </Banner>
      ) : (
        <>
          {ask.isError && <ErrorPanel error={ask.error} />}
          <p className="muted">Enter your e-mail address. You get a link to set a new password.</p>
          <form className="stack gap-4" onSubmit={submit} noValidate>
            <TextField
              label="E-mail"
              type="email"
              name="email"
              autoComplete="username"
              value={email}
              onChange={setEmail}
              error={isWrong ? 'Enter an e-mail address, for example ana@example.com.' : undefined}
              isRequired
              autoFocus
            />
            <Button type="submit" kind="primary" isPending={ask.isPending}>
              Send link
            </Button>
          </form>
        </>
      )}
      <p className="small">
        <Link to="/sign-in">Back to sign in</Link>
      </p>
    </Front>
  );
}
